import type { Clock, Timer } from '../../platform/types.js';
import { StorageError } from '../../storage/types.js';

/** Milliseconds after the first change until it is written. */
const INTERVAL = 1000;
/** The longest pause after writes that failed, milliseconds. */
const LONGEST = 64_000;

/** What a saver needs. */
export interface SaverOptions {
  readonly clock: Clock;
  /** Writes what has changed, as one commit; nothing when nothing has. */
  write(): Promise<void>;
  /** A write that nobody asked for failed; told once until one succeeds. */
  fail(error: unknown): void;
}

/** When changes are written: many as one, one write at a time, again when one fails. */
export class Saver {
  #timer: Timer | null = null;
  #writing: Promise<void> | null = null;
  /** Something has changed since the write under way began. */
  #again = false;
  #failures = 0;
  #told = false;
  #last = false;
  #ended = false;

  constructor(private readonly options: SaverOptions) {}

  /** Something may have changed. */
  touch(): void {
    if (this.#writing !== null) this.#again = true;
    else this.#arm(INTERVAL);
  }

  /**
   * Writes what has changed so far.
   *
   * @throws what the write throws; it is tried again then, but not after {@link Saver.finish}: whoever asked is told.
   */
  async save(): Promise<void> {
    try {
      await this.#writeAll();
    } catch (error) {
      if (this.#last) this.#disarm();
      throw error;
    }
  }

  /** Writes what has changed so far; when that fails, it is tried again, and told if that fails too. Never rejects. */
  async flush(): Promise<void> {
    await this.#writeAll().catch(() => undefined);
  }

  /** Writes as soon as possible. */
  soon(): void {
    if (this.#writing !== null) this.#again = true;
    else if (!this.#ended) this.#write().catch((error: unknown) => this.#tell(error));
  }

  /** No more changes are taken on; those left are still written. A storage that is closed by then is no failure. */
  finish(): void {
    this.#last = true;
  }

  /** Writes nothing more. */
  end(): void {
    this.#ended = true;
    this.#disarm();
  }

  async #writeAll(): Promise<void> {
    while (this.#writing !== null) await this.#writing.catch(() => undefined);
    if (!this.#ended) await this.#write();
  }

  #arm(milliseconds: number): void {
    if (this.#timer !== null || this.#ended) return;
    this.#timer = this.options.clock.after(milliseconds, () => {
      this.#timer = null;
      this.#write().catch((error: unknown) => this.#tell(error));
    });
  }

  #disarm(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #write(): Promise<void> {
    this.#disarm();
    this.#again = false;
    const writing = this.#attempt().finally(() => {
      this.#writing = null;
      if (this.#failures > 0) this.#arm(Math.min(INTERVAL * 2 ** (this.#failures - 1), LONGEST));
      else if (this.#again) this.#arm(INTERVAL);
    });
    this.#writing = writing;
    return writing;
  }

  async #attempt(): Promise<void> {
    try {
      await this.options.write();
      this.#failures = 0;
      this.#told = false;
    } catch (error) {
      this.#failures = Math.min(this.#failures + 1, 16);
      if (this.#last && error instanceof StorageError && error.code === 'closed') this.end();
      throw error;
    }
  }

  #tell(error: unknown): void {
    if (this.#told || this.#ended) return;
    this.#told = true;
    this.options.fail(error);
  }
}
