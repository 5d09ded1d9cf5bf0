import type { Delivery } from '../engine/index.js';
import { MAX_KEYS } from './state-records.js';

type Named = Pick<Delivery, 'id' | 'box'> & { readonly key: string };

/** Which updates are with their handlers, and which are done although what is saved has not come to them. */
export class Deliveries {
  /** When they were given, a reading of the steady clock; the oldest first. */
  readonly #open = new Map<number, number>();
  readonly #ahead = new Map<number, Named>();
  readonly #before: Set<string>;

  /**
   * @param before - keys of what was done before the start, and comes again.
   * @param covers - whether what is saved has come to one.
   */
  constructor(
    before: readonly string[],
    private readonly covers: (delivery: Pick<Delivery, 'id' | 'box'>) => boolean,
  ) {
    this.#before = new Set(before);
  }

  /** Whether it was done before the start; asked once for each. */
  wasDone(key: string | null): boolean {
    return key !== null && this.#before.size > 0 && this.#before.delete(key);
  }

  given(id: number, now: number): void {
    this.#open.set(id, now);
  }

  ended(id: number): void {
    this.#open.delete(id);
  }

  /** It need not come again. */
  settled({ id, box, key }: Pick<Delivery, 'id' | 'box' | 'key'>): void {
    if (key === null || this.covers({ id, box })) return;
    this.#ahead.set(id, { id, box, key });
    if (this.#ahead.size >= 2 * MAX_KEYS) this.#trim();
  }

  /** Keys of what is done and lies ahead of what is saved; the oldest first. */
  keys(): string[] {
    this.#trim();
    const keys = new Set(this.#before);
    for (const { key } of this.#ahead.values()) keys.add(key);
    return [...keys].slice(-MAX_KEYS);
  }

  /** How many were given at that time or before. */
  openSince(time: number): number {
    let count = 0;
    for (const at of this.#open.values()) {
      if (at > time) break;
      count++;
    }
    return count;
  }

  /** When the one was given that waits longest; null: none waits. */
  get oldest(): number | null {
    for (const at of this.#open.values()) return at;
    return null;
  }

  #trim(): void {
    for (const one of this.#ahead.values()) if (this.covers(one)) this.#ahead.delete(one.id);
    for (const id of this.#ahead.keys()) {
      if (this.#ahead.size <= MAX_KEYS) return;
      this.#ahead.delete(id);
    }
  }
}
