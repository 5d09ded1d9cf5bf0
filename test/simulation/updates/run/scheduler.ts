import type { Clock, Now, Timer } from '../../../../packages/runtime/src/platform/types.js';

interface Job {
  readonly at: number;
  readonly order: number;
  /** Work of a life that is over is not done; null: it belongs to no life. */
  readonly life: number | null;
  cancelled: boolean;
  run(): void;
}

/** Beyond so many steps a run finds no rest. */
const MOST_STEPS = 40_000;

/** One queue of everything that happens, in virtual time: no timer of the host is used, and every seed replays. */
export class Scheduler {
  /** Steady milliseconds since the beginning. */
  time = 0;
  /** How far the wall clock has jumped. */
  jumped = 0;
  /** Lives of the client so far. */
  life = 0;
  steps = 0;
  #jobs: Job[] = [];
  #order = 0;

  now(): Now {
    return { wall: 1_760_000_000_000 + this.time + this.jumped, steady: 5_000 + this.time };
  }

  /** The clock of the life that runs. */
  clock(): Clock {
    const { life } = this;
    return {
      now: () => this.now(),
      after: (milliseconds, callback) => this.later(Math.max(0, milliseconds), life, callback),
    };
  }

  later(delay: number, life: number | null, run: () => void): Timer {
    const job: Job = { at: this.time + delay, order: ++this.#order, life, cancelled: false, run };
    let low = 0;
    let high = this.#jobs.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#jobs[middle] as Job).at <= job.at) high = middle;
      else low = middle + 1;
    }
    this.#jobs.splice(low, 0, job);
    return { cancel: () => (job.cancelled = true) };
  }

  /** Does all that happens until then. @throws Error when that is more than can be. */
  async runUntil(end: number): Promise<void> {
    // whoever called has set things off that have to settle before the next job is known
    await settled();
    for (let job = this.#jobs.at(-1); job !== undefined && job.at <= end; job = this.#jobs.at(-1)) {
      this.#jobs.pop();
      if (job.cancelled || (job.life !== null && job.life !== this.life)) continue;
      if (++this.steps > MOST_STEPS) throw new Error('no rest is found');
      this.time = Math.max(this.time, job.at);
      job.run();
      await settled();
    }
    this.time = Math.max(this.time, end);
  }
}

/** Resolves when all promises that can settle by themselves have settled. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
