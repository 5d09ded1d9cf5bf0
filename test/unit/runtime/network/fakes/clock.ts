import type { Clock, Now, Timer } from '../../../../../packages/runtime/src/platform/types.js';

/** Lets everything run that waits for no timer. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that a test moves. */
export class FakeClock implements Clock {
  private steady = 1_000;
  private readonly timers = new Set<{ at: number; callback: () => void }>();
  wallOffset = 1_700_000_000_000;

  now(): Now {
    return { wall: this.steady + this.wallOffset, steady: this.steady };
  }

  after(milliseconds: number, callback: () => void): Timer {
    const timer = { at: this.steady + Math.max(0, milliseconds), callback };
    this.timers.add(timer);
    return { cancel: () => this.timers.delete(timer) };
  }

  get pending(): number {
    return this.timers.size;
  }

  /** Moves on, timer by timer, and lets everything run that each of them set off. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.steady + milliseconds;
    await settle();
    for (;;) {
      const next = [...this.timers].toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      this.timers.delete(next);
      this.steady = Math.max(this.steady, next.at);
      next.callback();
      await settle();
    }
    this.steady = end;
    await settle();
  }
}
