import type { base } from '@tlgen/telegram';
import type { Log } from '../../core/logger.js';
import type { Clock, Timer } from '../../platform/types.js';
import type { Delivery } from '../engine/index.js';
import type { SecretJournal } from '../journal.js';

/** Milliseconds before a message is offered again; doubles up to the second. */
const FIRST_RETRY = 1000;
const LONGEST_RETRY = 64_000;
/** Messages that wait for a journal; beyond, the next start brings them again. */
const LIMIT = 10_000;

/** A secret message on its way to the journal. */
export interface JournalEntry {
  readonly delivery: Delivery;
  readonly update: base.UpdateNewEncryptedMessage;
  readonly key: string;
}

/** What a queue needs. */
export interface JournalQueueOptions {
  readonly clock: Clock;
  readonly log: Log;
  journal(): SecretJournal | null;
  /** The journal holds it. */
  stored(delivery: Delivery): void;
  fail(error: unknown): void;
}

/** Brings secret messages to the journal one by one, in order; one that it refuses is offered again. */
export class JournalQueue {
  readonly #waiting: JournalEntry[] = [];
  #busy = false;
  #failures = 0;
  #full = false;
  #closed = false;
  #timer: Timer | null = null;

  constructor(private readonly options: JournalQueueOptions) {}

  add(entry: JournalEntry): void {
    if (this.#full) return;
    if (this.#waiting.length >= LIMIT) {
      // those after it have to wait as well: the order counts
      this.#full = true;
      const text =
        'too many secret messages wait for the journal: later ones come after the next start';
      this.options.log.log('warning', `updates: ${text}`);
      return;
    }
    this.#waiting.push(entry);
    if (!this.#busy) void this.#run();
  }

  /** Stores nothing more; what is not stored comes again. */
  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    this.#timer?.cancel();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const stored = await this.#store(next);
      if (this.#closed) return;
      if (!stored) {
        await this.#pause();
        continue;
      }
      this.#waiting.shift();
      this.options.stored(next.delivery);
    }
    this.#busy = false;
  }

  async #store({ update, key }: JournalEntry): Promise<boolean> {
    try {
      // it may have been taken away meanwhile: then nothing is confirmed, and the message waits for the next one
      const journal = this.options.journal();
      if (journal === null) return false;
      await journal.store(update, key);
      this.#failures = 0;
      return true;
    } catch (error) {
      if (!this.#closed) this.options.fail(error);
      return false;
    }
  }

  #pause(): Promise<void> {
    const wait = Math.min(FIRST_RETRY * 2 ** Math.min(this.#failures++, 16), LONGEST_RETRY);
    return new Promise((resolve) => {
      this.#timer = this.options.clock.after(wait, resolve);
    });
  }
}
