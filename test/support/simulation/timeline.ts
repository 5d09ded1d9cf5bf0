import { Scheduler } from '../../../packages/local-dc/src/protocol/scheduler.js';
import type { Clock, Now, Timer } from '../../../packages/runtime/src/platform/types.js';

/** 2026-01-02T03:04:05.000Z: when every simulation begins. */
export const START = 1_767_323_045_000;

/** The time that really passes, in milliseconds from 0, and what happens when. */
export class Timeline {
  time = 0;
  readonly #scheduler = new Scheduler();

  after(ms: number, run: () => void): Timer {
    return this.#scheduler.schedule(this.time + ms, run);
  }

  /** When the next thing happens; null: nothing will. */
  next(): number | null {
    return this.#scheduler.next();
  }

  /** Lets the next thing happen. */
  step(): void {
    const at = this.#scheduler.next();
    if (at === null) return;
    this.time = Math.max(this.time, at);
    this.#scheduler.runNext(this.time);
  }
}

/** The clocks of the client's host: the wall clock can be set, and both see nothing of the time the host sleeps. */
export class HostClock implements Clock {
  /** Wall clock minus real time, milliseconds. */
  wrong = 0;
  #slept = 0;
  #asleepUntil = 0;

  constructor(private readonly timeline: Timeline) {}

  now(): Now {
    const { time } = this.timeline;
    return { wall: START + time + this.wrong, steady: time - this.#slept };
  }

  after(milliseconds: number, callback: () => void): Timer {
    const due = this.now().steady + milliseconds;
    let timer: Timer;
    const fire = (): void => {
      // Timers stand still while the host sleeps.
      const left = due - this.now().steady;
      if (left > 0) timer = this.timeline.after(left, fire);
      else callback();
    };
    timer = this.timeline.after(milliseconds, fire);
    return { cancel: () => timer.cancel() };
  }

  /** Whether the host sleeps. */
  get asleep(): boolean {
    return this.timeline.time < this.#asleepUntil;
  }

  sleep(ms: number): void {
    this.#asleepUntil = Math.max(this.#asleepUntil, this.timeline.time) + ms;
    this.#slept += ms;
  }

  /** Runs what reaches the host from outside: at once, or when it wakes. */
  whenAwake(run: () => void): void {
    const left = this.#asleepUntil - this.timeline.time;
    if (left > 0) this.timeline.after(left, () => this.whenAwake(run));
    else run();
  }
}
