/** A map that forgets its oldest entries. */
export class Recent<K, V> {
  readonly #entries = new Map<K, V>();

  constructor(private readonly size: number) {}

  set(key: K, value: V): void {
    this.#entries.set(key, value);
    if (this.#entries.size <= this.size) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      break;
    }
  }

  /** Gives an entry away: it is asked for once. */
  take(key: K): V | undefined {
    const value = this.#entries.get(key);
    this.#entries.delete(key);
    return value;
  }

  clear(): void {
    this.#entries.clear();
  }
}
