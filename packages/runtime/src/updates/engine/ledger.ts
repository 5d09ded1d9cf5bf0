interface Line<S> {
  readonly id: number;
  acknowledged: boolean;
  mark: S | null;
}

/**
 * What of a box may be saved: the position lags behind the deliveries until each of them was acknowledged, so that
 * whatever was not handled when the process ended is delivered again (at least once).
 */
export class Ledger<S> {
  #lines: Line<S>[] = [];
  #head = 0;
  #lastId = 0;
  #covered = 0;
  #pinned = false;

  /** @param saved - the position before the first delivery. */
  constructor(public saved: S) {}

  /** Lines it holds, some of them done. */
  get size(): number {
    return this.#lines.length;
  }

  /** Whether {@link Ledger.saved} goes past an acknowledged delivery: it won't come again. */
  covers(id: number): boolean {
    return id <= this.#covered;
  }

  /** What goes out from now on is never saved; nothing is noted of it. */
  pin(): void {
    this.#pinned = true;
  }

  /** A delivery went out; ids ascend. */
  delivered(id: number): void {
    if (this.#pinned) return;
    this.#lastId = id;
    this.#lines.push({ id, acknowledged: false, mark: null });
  }

  /** With all deliveries so far the box has come to `mark`. */
  reached(mark: S): void {
    if (this.#pinned) return;
    const last = this.#lines[this.#lines.length - 1];
    if (this.#head === this.#lines.length || last === undefined) {
      this.saved = mark;
      this.#covered = this.#lastId;
    } else last.mark = mark;
  }

  acknowledge(id: number): void {
    const line = this.#find(id);
    if (line === undefined) return;
    line.acknowledged = true;
    for (let next = this.#lines[this.#head]; next?.acknowledged; next = this.#lines[this.#head]) {
      if (next.mark !== null) {
        this.saved = next.mark;
        this.#covered = next.id;
      }
      this.#head++;
    }
    if (this.#head > 64 && this.#head * 2 > this.#lines.length) {
      this.#lines = this.#lines.slice(this.#head);
      this.#head = 0;
    }
  }

  #find(id: number): Line<S> | undefined {
    let low = this.#head;
    let high = this.#lines.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const line = this.#lines[middle] as Line<S>;
      if (line.id === id) return line;
      if (line.id < id) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  }
}
