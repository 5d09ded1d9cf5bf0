/** Pause after an answer that came at once and held nothing, milliseconds; doubled each time. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

/**
 * When to let the server speak over HTTP. A server that answers every wait at once, with nothing, is asked more and
 * more rarely.
 */
export class Poller {
  #dueAt: number | null = null;
  #lastAt: number | null = null;
  #pause = 0;
  #heard = true;

  /** Something of worth was received. */
  heard(): void {
    this.#heard = true;
    this.#pause = 0;
    if (this.#dueAt !== null) this.#dueAt = this.#lastAt;
  }

  /** No request is under way. */
  idle(steady: number): void {
    if (this.#dueAt !== null) return;
    if (!this.#heard) this.#pause = Math.min(Math.max(this.#pause * 2, FIRST_PAUSE), LONGEST_PAUSE);
    this.#dueAt = Math.max(steady, (this.#lastAt ?? -Infinity) + this.#pause);
  }

  /** @returns whether to send a wait now. */
  step(steady: number): boolean {
    if (this.#dueAt === null || steady < this.#dueAt) return false;
    this.#dueAt = null;
    this.#lastAt = steady;
    this.#heard = false;
    return true;
  }

  stop(): void {
    this.#dueAt = null;
  }

  deadline(): number | null {
    return this.#dueAt;
  }
}
