import type { Input } from './input.js';

/** Inputs that may wait; beyond, they are dropped, and a difference has to bring them. */
const LIMIT = 1000;

/** What an inbox does with what comes. */
export interface InboxOptions {
  /** Gets ready for an input; null: it can be taken at once. Never rejects. */
  prepare(input: Input): Promise<void> | null;
  take(input: Input): void;
  /** Some were dropped. */
  dropped(): void;
}

/** Brings inputs to the engine one by one, in the order they came, also when one of them has to wait for storage. */
export class Inbox {
  #waiting: Input[] = [];
  #busy = false;
  #dropped = false;
  #closed = false;

  constructor(private readonly options: InboxOptions) {}

  put(input: Input): void {
    if (this.#closed) return;
    if (this.#busy) {
      if (this.#waiting.length < LIMIT) this.#waiting.push(input);
      else this.#dropped = true;
      return;
    }
    const loading = this.options.prepare(input);
    if (loading === null) this.options.take(input);
    else this.#wait(loading, input);
  }

  /** Takes nothing more. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  #wait(loading: Promise<void>, input: Input): void {
    this.#busy = true;
    void loading.then(() => {
      if (this.#closed) return;
      this.options.take(input);
      this.#goOn();
    });
  }

  #goOn(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const loading = this.options.prepare(next);
      if (loading !== null) {
        this.#wait(loading, next);
        return;
      }
      this.options.take(next);
    }
    this.#busy = false;
    if (!this.#dropped || this.#closed) return;
    this.#dropped = false;
    this.options.dropped();
  }
}
