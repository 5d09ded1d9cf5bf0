import type { Clock, Now, Timer } from '../../../packages/runtime/src/platform/types.js';

/** Time of clients and servers runs so much faster than real time: pauses of seconds do not slow tests down. */
const SPEED = 10;

/** A clock for clients, and by {@link wall} for the data center, that knows which timers are still set. */
export class FastClock implements Clock {
  private static readonly wallStart = Date.now();
  private static readonly steadyStart = performance.now();
  private readonly timers = new Set<object>();

  /** Milliseconds since 1970, the same for all of these clocks. */
  static wall(): number {
    return FastClock.wallStart + FastClock.passed();
  }

  private static passed(): number {
    return (performance.now() - FastClock.steadyStart) * SPEED;
  }

  /** Timers that are set: none after a client was closed. */
  get pending(): number {
    return this.timers.size;
  }

  now(): Now {
    return { wall: FastClock.wall(), steady: FastClock.passed() };
  }

  after(milliseconds: number, callback: () => void): Timer {
    const timer = {};
    this.timers.add(timer);
    // Never early: a deadline that is not reached would be waited for again.
    const delay = Math.min(Math.ceil(milliseconds / SPEED) + 1, 0x7fff_ffff);
    const handle = setTimeout(() => {
      this.timers.delete(timer);
      callback();
    }, delay);
    return {
      cancel: () => {
        clearTimeout(handle);
        this.timers.delete(timer);
      },
    };
  }
}
