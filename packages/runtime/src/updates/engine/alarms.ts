/** When which box wants to be looked at. An alarm may ring for nothing: whoever is woken looks again. */
export class Alarms<K> {
  readonly #times = new Map<K, number>();
  #first: number | null = null;

  /** Rings at `at` at the latest. */
  set(key: K, at: number): void {
    const known = this.#times.get(key);
    if (known !== undefined && known <= at) return;
    this.#times.set(key, at);
    if (this.#first === null || at < this.#first) this.#first = at;
  }

  /** The next time, or null. */
  get next(): number | null {
    return this.#first;
  }

  /** Takes those whose time has come. */
  due(now: number): K[] {
    if (this.#first === null || now < this.#first) return [];
    const due: K[] = [];
    this.#first = null;
    for (const [key, at] of this.#times) {
      if (at <= now) {
        due.push(key);
        this.#times.delete(key);
      } else if (this.#first === null || at < this.#first) this.#first = at;
    }
    return due;
  }

  delete(key: K): void {
    this.#times.delete(key);
  }
}
