import type { Delivery } from '../engine/index.js';
import { DoneKeys, type DoneKey } from './done-keys.js';
import { MAX_KEYS } from './state-records.js';

/** Which updates are with their handlers, and which are done although what is saved has not come to them. */
export class Deliveries {
  /** When they were given, a reading of the steady clock; the oldest first. */
  readonly #open = new Map<number, number>();
  readonly #ahead = new DoneKeys();
  readonly #before = new DoneKeys();

  /**
   * @param before - keys of what was done before the start, and comes again; the oldest first.
   * @param covers - whether what is saved has come to one.
   */
  constructor(
    before: readonly DoneKey[],
    private readonly covers: (delivery: Pick<Delivery, 'id' | 'box'>) => boolean,
  ) {
    for (const [id, key] of before.entries()) {
      if (typeof key === 'string') this.#before.add(key, { id, box: null });
      else this.#before.addRange(key, { id, box: null });
    }
  }

  /** Whether it was done before the start; asked once for each. */
  wasDone(key: string | null): boolean {
    if (key === null || this.#before.size === 0) return false;
    const was = this.#before.delete(key);
    if (this.#before.size >= 2 * MAX_KEYS) this.#trim();
    return was;
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
    this.#ahead.add(key, { id, box });
    if (this.#ahead.size >= 2 * MAX_KEYS) this.#trim();
  }

  /** Keys of what is done and lies ahead of what is saved; the oldest first. */
  keys(): DoneKey[] {
    this.#trim();
    return [...this.#before.list(), ...this.#ahead.list()].slice(-MAX_KEYS);
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
    this.#ahead.trim(MAX_KEYS, this.covers);
    this.#before.trim(MAX_KEYS, this.covers);
  }
}
