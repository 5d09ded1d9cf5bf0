/** Something that takes the numbers `pts - count + 1` to `pts` of a sequence. */
export interface Entry<T> {
  readonly pts: number;
  /** 0: takes no number; it waits until the sequence has come to `pts`. */
  readonly count: number;
  /** null: an own action of which only the number is known. */
  value: T | null;
}

/** One thing that is due; `reached`: what the sequence has come to with it, null in the middle of a set. */
export interface Step<T> {
  readonly value: T | null;
  readonly reached: number | null;
}

/**
 * What became of an entry: it waits (perhaps for nothing: see {@link Sequence.drain}), was there before, takes numbers
 * of which some were taken before, or there is no room.
 */
export type Offered = 'queued' | 'old' | 'conflict' | 'full';

/** The numbers of one box: what is due, what waits for a gap to fill ("Handling of updates with pts"). */
export class Sequence<T> {
  /** What it has come to; null until that is known. */
  position: number | null = null;
  /** Since when it waits, a reading of the steady clock. */
  since: number | null = null;
  #pending: Entry<T>[] = [];
  #sum = 0;
  #highest = 0;

  /** @param limit - how many entries may wait. */
  constructor(private readonly limit: number) {}

  get waiting(): number {
    return this.#pending.length;
  }

  /** The number before the first that waits. */
  get lowest(): number | null {
    const first = this.#pending[0];
    return first ? first.pts - first.count : null;
  }

  /** Whether all numbers of an entry were taken before. */
  isOld(pts: number, count: number): boolean {
    return this.position !== null && count > 0 && pts <= this.position;
  }

  offer(entry: Entry<T>): Offered {
    const { pts, count } = entry;
    if (this.isOld(pts, count)) return 'old';
    if (this.position !== null && pts - count < this.position && count > 0) return 'conflict';
    const at = this.#placeOf(entry);
    const before = this.#pending[at - 1];
    if (count > 0 && before?.pts === pts && before.count === count) {
      before.value ??= entry.value;
      return 'old';
    }
    if (this.#pending.length >= this.limit) return 'full';
    this.#pending.splice(at, 0, entry);
    this.#sum += count;
    this.#highest = Math.max(this.#highest, pts);
    return 'queued';
  }

  /** Takes what is due; `conflict`: something that waited took numbers of which some are taken by now. */
  drain(now: number): { readonly steps: Step<T>[]; readonly conflict: boolean } {
    const steps: Step<T>[] = [];
    let conflict = false;
    let position = this.position;
    if (position === null || this.#pending.length === 0) return { steps, conflict };
    let taken = 0;
    for (const { pts, count, value } of this.#pending) {
      const start = pts - count;
      if (start > position) break;
      taken++;
      this.#sum -= count;
      if (count === 0) steps.push({ value, reached: null });
      else if (start === position) {
        position = pts;
        steps.push({ value, reached: pts });
      } else if (pts > position) conflict = true;
    }
    this.#pending.splice(0, taken);
    this.position = position;
    if (this.#pending.length > 0 && this.#highest - this.#sum === position) this.#takeAll(steps);
    if (this.#pending.length === 0) this.clear();
    else this.since ??= now;
    return { steps, conflict };
  }

  /** Forgets what waits. */
  clear(): void {
    this.#pending = [];
    this.#sum = 0;
    this.#highest = 0;
    this.since = null;
  }

  /** The counts of all that waits make up the whole way: nothing is missing, however they are numbered inside. */
  #takeAll(steps: Step<T>[]): void {
    const all = this.#pending.sort((a, b) => a.pts - b.pts);
    all.forEach(({ value }, at) => {
      steps.push({ value, reached: at === all.length - 1 ? this.#highest : null });
    });
    this.position = this.#highest;
    this.#pending = [];
  }

  /** After all that begin earlier, or begin there and end no later. */
  #placeOf({ pts, count }: Entry<T>): number {
    const start = pts - count;
    let low = 0;
    let high = this.#pending.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const one = this.#pending[middle] as Entry<T>;
      const from = one.pts - one.count;
      if (from < start || (from === start && one.pts <= pts)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
