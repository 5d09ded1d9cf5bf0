import type { Clock, Now, Timer } from '../../platform/types.js';
import type { UpdateEngine, UpdatesOutput } from '../engine/index.js';

/** Milliseconds before a difference is asked for after something threw; doubles up to the second. */
const FIRST_RECOVERY = 1000;
const LONGEST_RECOVERY = 64_000;

/** Who carries out what an engine wants. */
export interface DriverHandlers {
  output(output: UpdatesOutput): void;
  /** The engine was told something: what may be saved may have changed. */
  changed(): void;
  fail(error: unknown): void;
}

/** Gives an engine its clock and its alarms, and hands on what it wants, in order. Nothing that throws stops it. */
export class Driver {
  #timer: Timer | null = null;
  #timerAt = Infinity;
  #recovery: Timer | null = null;
  #failures = 0;
  #pumping = false;
  #closed = false;

  constructor(
    readonly engine: UpdateEngine,
    private readonly clock: Clock,
    private readonly handlers: DriverHandlers,
  ) {}

  /** Tells the engine something, and does what it wants then. */
  call(tell: (engine: UpdateEngine, now: Now) => void): void {
    this.guard(() => tell(this.engine, this.clock.now()));
    this.#pump();
  }

  /** Does something that must not throw; if it does, updates may have been missed. */
  guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.handlers.fail(error);
      this.#recover();
    }
  }

  /** An answer was understood. */
  recovered(): void {
    if (this.#recovery === null) this.#failures = 0;
  }

  /** From now on the engine is told, and what it wants is not done. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#recovery?.cancel();
  }

  #pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let wanted = this.engine.take(); wanted.length > 0; wanted = this.engine.take()) {
      for (const output of wanted) {
        // closed by what came before it: what was not given out comes again
        if (!this.#closed) this.guard(() => this.handlers.output(output));
      }
    }
    this.#pumping = false;
    this.handlers.changed();
    this.#wake();
  }

  /** An alarm that rings too early does no harm: most of what comes only moves the deadline. */
  #wake(): void {
    const deadline = this.engine.deadline() ?? Infinity;
    if (this.#closed || deadline >= this.#timerAt || deadline === Infinity) return;
    this.#timer?.cancel();
    this.#timerAt = deadline;
    const wait = Math.max(0, deadline - this.clock.now().steady);
    this.#timer = this.clock.after(wait, () => {
      this.#timerAt = Infinity;
      this.call((engine, now) => engine.tick(now));
    });
  }

  #recover(): void {
    if (this.#closed || this.#recovery !== null) return;
    const wait = Math.min(FIRST_RECOVERY * 2 ** Math.min(this.#failures++, 16), LONGEST_RECOVERY);
    this.#recovery = this.clock.after(wait, () => {
      this.#recovery = null;
      this.call((engine, now) => engine.missed(now));
    });
  }
}
