import { checkFault } from './check.js';
import type { ActiveFault, Fault, FaultSubject } from './types.js';

type Kind = Fault['kind'];
type FaultOf<K extends Kind> = Extract<Fault, { kind: K }>;

class Entry implements ActiveFault {
  count = 0;
  #skipped = 0;

  constructor(
    readonly fault: Fault,
    private readonly board: Set<Entry>,
  ) {}

  remove(): void {
    this.board.delete(this);
  }

  /** Whether it happens to this subject; counts it if so. */
  happens(subject: FaultSubject, random: () => number): boolean {
    const { fault } = this;
    if ('on' in fault && fault.on !== subject.direction) return false;
    if (fault.match && !fault.match(subject)) return false;
    if (this.#skipped < (fault.skip ?? 0)) {
      this.#skipped++;
      return false;
    }
    if (fault.probability !== undefined && random() >= fault.probability) return false;
    this.count++;
    if (fault.times !== undefined && this.count >= fault.times) this.remove();
    return true;
  }
}

/**
 * The faults of a data center, as `dc.faults`.
 *
 * ```ts
 * dc.faults.add({ kind: 'drop', on: 'outgoing', times: 1 });
 * const skew = dc.faults.add({ kind: 'clock-skew', ms: 3_600_000 });
 * skew.remove();
 * ```
 */
export class FaultBoard {
  readonly #entries = new Set<Entry>();
  readonly #random: () => number;

  /** @param random - a number from 0 up to 1: a seeded source makes faults repeatable. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * Adds a fault.
   *
   * @throws TypeError for what cannot be: an unknown kind or direction, a probability outside 0 … 1, negative times.
   */
  add(fault: Fault): ActiveFault {
    checkFault(fault);
    const entry = new Entry(fault, this.#entries);
    this.#entries.add(entry);
    return entry;
  }

  /** Removes all faults. */
  clear(): void {
    this.#entries.clear();
  }

  /** Whether there is nothing that could happen to packets. */
  get quiet(): boolean {
    return this.#entries.size === 0;
  }

  /** Milliseconds that the server's clock is off. */
  get skew(): number {
    let sum = 0;
    for (const { fault } of this.#entries) if (fault.kind === 'clock-skew') sum += fault.ms;
    return sum;
  }

  /** The first fault of one of these kinds that happens to the subject; it counts as having happened. */
  strike<K extends Kind>(subject: FaultSubject, ...kinds: K[]): FaultOf<K> | null {
    for (const entry of this.#entries) {
      if (!(kinds as Kind[]).includes(entry.fault.kind)) continue;
      if (entry.happens(subject, this.#random)) return entry.fault as FaultOf<K>;
    }
    return null;
  }

  /** All faults of these kinds that happen to the subject: several may, such as a delay and a duplicate. */
  strikes<K extends Kind>(subject: FaultSubject, ...kinds: K[]): FaultOf<K>[] {
    const found: FaultOf<K>[] = [];
    for (const entry of this.#entries) {
      if (!(kinds as Kind[]).includes(entry.fault.kind)) continue;
      if (entry.happens(subject, this.#random)) found.push(entry.fault as FaultOf<K>);
    }
    return found;
  }

  /** Milliseconds out of a range. */
  draw(ms: number | readonly [least: number, most: number]): number {
    if (typeof ms === 'number') return ms;
    return ms[0] + (ms[1] - ms[0]) * this.#random();
  }
}
