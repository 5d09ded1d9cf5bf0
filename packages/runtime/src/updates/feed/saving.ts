import type { StoredUpdates } from '../engine/index.js';
import type { DoneKey } from './done-keys.js';
import { Saver } from './saver.js';
import type { StateStore } from './state-store.js';
import type { FeedContext } from './types.js';

/** What is to be saved, and what the server is told of it. */
export interface SavingOptions {
  readonly self: { readonly id: bigint; readonly bot: boolean };
  readonly states: StateStore;
  /** qts that was stored before the start; null: none was. */
  readonly qts: number | null;
  snapshot(): StoredUpdates | null;
  keys(): readonly DoneKey[];
  /** Tells the server that it need not keep what it sent up to there. */
  confirm(maxQts: number): Promise<void>;
}

/** Saves how far updates are done, and then confirms secret messages. */
export class Saving {
  readonly #saver: Saver;
  /** The qts that the server knows of; null: not known where this account begins. */
  #confirmed: number | null;
  #confirming = false;
  #closed = false;

  constructor(
    private readonly context: Pick<FeedContext, 'clock' | 'log' | 'store' | 'fail'>,
    private readonly options: SavingOptions,
  ) {
    this.#confirmed = options.qts;
    this.#saver = new Saver({
      clock: context.clock,
      write: () => this.#write(),
      fail: (error) => context.fail(error),
    });
  }

  /** Something may have changed. */
  touch(): void {
    this.#confirmed ??= this.options.snapshot()?.qts ?? null;
    this.#saver.touch();
  }

  /** @throws StorageError. */
  save(): Promise<void> {
    return this.#saver.save();
  }

  /** Tries to save; what fails is tried again. Never rejects. */
  flush(): Promise<void> {
    return this.#saver.flush();
  }

  /** Saves without waiting for more to change. */
  soon(): void {
    this.#saver.soon();
  }

  /** What is still done is saved; the server hears of nothing. */
  close(): void {
    this.#closed = true;
    this.#saver.finish();
  }

  /** Saves nothing more. */
  end(): void {
    this.#saver.end();
  }

  async #write(): Promise<void> {
    const { options } = this;
    const snapshot = options.snapshot();
    if (snapshot === null) return;
    const plan = options.states.plan(options.self.id, snapshot, options.keys());
    if (plan !== null) {
      await this.context.store.commit(plan.changes);
      plan.written();
    }
    this.#confirm(snapshot.qts);
  }

  /** Only users have secret chats; bots number other things by qts, and may not confirm them. */
  #confirm(qts: number): void {
    const { bot } = this.options.self;
    const known = this.#confirmed ?? qts;
    if (bot || qts <= known || this.#closed || this.#confirming) return;
    this.#confirming = true;
    this.options
      .confirm(qts)
      .then(
        () => (this.#confirmed = qts),
        () => this.context.log.log('warning', 'updates: secret messages are not confirmed yet'),
      )
      .finally(() => (this.#confirming = false));
  }
}
