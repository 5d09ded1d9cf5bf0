import type { Clock, Timer } from './types.js';

/** Hosts keep the delay in 31 bits; a longer one would fire at once. */
const LONGEST = 0x7fff_ffff;

/** The clocks and timers that every JavaScript host has. */
export const hostClock: Clock = {
  now: () => ({ wall: Date.now(), steady: performance.now() }),
  after(milliseconds: number, callback: () => void): Timer {
    let left = Math.max(0, milliseconds);
    let handle: ReturnType<typeof setTimeout>;
    const arm = (): void => {
      const step = Math.min(left, LONGEST);
      left -= step;
      handle = setTimeout(left > 0 ? arm : callback, step);
    };
    arm();
    return { cancel: () => clearTimeout(handle) };
  },
};
