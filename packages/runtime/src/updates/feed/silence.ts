import type { Clock, Timer } from '../../platform/types.js';
import type { Silence } from './types.js';

/** Milliseconds in which a push may still come that was on its way when a difference told the same. */
const GRACE = 1000;

/**
 * Finds out whether the server has stopped pushing: a difference that was asked for only because nothing was heard brings
 * updates, and none of them is pushed.
 */
export class SilenceWatch {
  #heardAt: number;
  /** Differences that silence led to and that are not answered. */
  readonly #asked = new Set<number>();
  #missed = 0;
  #timer: Timer | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly found: (silence: Silence) => void,
  ) {
    this.#heardAt = clock.now().steady;
  }

  /** The server pushed something. */
  heard(): void {
    this.#heardAt = this.clock.now().steady;
    this.reset();
  }

  /** A difference is asked for because of silence, or because of what such a difference told. */
  asked(id: number): void {
    this.#asked.add(id);
  }

  isAsked(id: number): boolean {
    return this.#asked.has(id);
  }

  /** Such a difference is answered, or failed. @param brought - updates that it brought. */
  answered(id: number, brought: number): void {
    if (!this.#asked.delete(id)) return;
    this.#missed += brought;
    if (this.#asked.size > 0 || this.#missed === 0) return;
    this.#timer ??= this.clock.after(GRACE, () => {
      const missed = this.#missed;
      const milliseconds = this.clock.now().steady - this.#heardAt;
      this.reset();
      this.found({ milliseconds, missed });
    });
  }

  /** What is known so far proves nothing. */
  reset(): void {
    this.#asked.clear();
    this.#missed = 0;
    this.#timer?.cancel();
    this.#timer = null;
  }
}
