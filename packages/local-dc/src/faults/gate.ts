import type { FaultBoard } from './board.js';
import type { FaultSubject } from './types.js';

/** What a gate needs from its connection. */
export interface GateHost {
  /** Runs something later. @param ms - milliseconds. */
  after(ms: number, run: () => void): { cancel(): void };
  /** Closes the connection. */
  cut(): void;
  /** A packet was lost. */
  lost(): void;
}

interface Held {
  readonly deliver: () => void;
  readonly timer: { cancel(): void };
}

/** Milliseconds that a packet is held back for another one to overtake it. */
const HOLD = 200;

/** One direction of one connection, where packets meet the faults that concern packets as a whole. */
export class FaultGate {
  #held: Held[] = [];
  #delayed = 0;

  constructor(
    private readonly board: FaultBoard,
    private readonly host: GateHost,
  ) {}

  /** Whether packets are on their way that will still be delivered. */
  get holding(): boolean {
    return this.#held.length > 0 || this.#delayed > 0;
  }

  /** Lets a packet pass: now, later, several times, or not at all. */
  pass(subject: FaultSubject | null, deliver: () => void): void {
    if (subject === null) {
      this.#deliver(deliver);
      return;
    }
    const { board, host } = this;
    const cut = board.strike(subject, 'cut');
    if (cut?.when === 'before') {
      host.cut();
      return;
    }
    if (board.strike(subject, 'drop')) {
      host.lost();
    } else {
      const copies = board
        .strikes(subject, 'duplicate')
        .reduce((sum, one) => sum + (one.copies ?? 1), 1);
      for (let i = 0; i < copies; i++) this.#one(subject, deliver);
    }
    if (cut) host.cut();
  }

  #one(subject: FaultSubject, deliver: () => void): void {
    const { board, host } = this;
    const delays = board.strikes(subject, 'delay');
    const reorder = board.strike(subject, 'reorder');
    if (delays.length > 0) {
      const ms = delays.reduce((sum, one) => sum + board.draw(one.ms), 0);
      this.#delayed++;
      host.after(ms, () => {
        this.#delayed--;
        this.#deliver(deliver);
      });
    } else if (reorder) {
      const held: Held = {
        deliver,
        timer: host.after(reorder.ms ?? HOLD, () => this.#release(held)),
      };
      this.#held.push(held);
    } else this.#deliver(deliver);
  }

  #deliver(deliver: () => void): void {
    const held = this.#held;
    this.#held = [];
    deliver();
    for (const one of held) {
      one.timer.cancel();
      one.deliver();
    }
  }

  #release(held: Held): void {
    this.#held = this.#held.filter((one) => one !== held);
    held.deliver();
  }
}
