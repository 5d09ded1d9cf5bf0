/** Deliveries that are done together: one that is open, or neighbours that were acknowledged behind an open one. */
interface Line<S> {
  /** Of the last of them. */
  id: number;
  acknowledged: boolean;
  /** What the box has come to with them; null: nothing that may be saved. */
  mark: S | null;
  /** The delivery with which it has come there. */
  markId: number;
}

/**
 * What of a box may be saved: the position lags behind the deliveries until each of them was acknowledged, so that
 * whatever was not handled when the process ended is delivered again (at least once). Its size follows what is open,
 * not what came since the oldest of them.
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

  /** Whether a delivery was not acknowledged. */
  get isOpen(): boolean {
    return this.#head < this.#lines.length;
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
    this.#lines.push({ id, acknowledged: false, mark: null, markId: 0 });
  }

  /** With all deliveries so far the box has come to `mark`. */
  reached(mark: S): void {
    if (this.#pinned) return;
    const last = this.#lines[this.#lines.length - 1];
    if (this.#head === this.#lines.length || last === undefined) {
      this.saved = mark;
      this.#covered = this.#lastId;
    } else {
      last.mark = mark;
      last.markId = last.id;
    }
  }

  acknowledge(id: number): void {
    const at = this.#find(id);
    const line = this.#lines[at];
    if (line === undefined) return;
    line.acknowledged = true;
    if (at > this.#head) this.#merge(at, line);
    else this.#advance();
  }

  /** One line of it and its neighbours that are done as well. */
  #merge(at: number, line: Line<S>): void {
    const before = this.#lines[at - 1];
    const after = this.#lines[at + 1];
    if (after?.acknowledged) {
      join(line, after);
      this.#lines.splice(at + 1, 1);
    }
    if (before?.acknowledged) {
      join(before, line);
      this.#lines.splice(at, 1);
    }
  }

  #advance(): void {
    for (let next = this.#lines[this.#head]; next?.acknowledged; next = this.#lines[this.#head]) {
      if (next.mark !== null) {
        this.saved = next.mark;
        this.#covered = next.markId;
      }
      this.#head++;
    }
    if (this.#head > 64 && this.#head * 2 > this.#lines.length) {
      this.#lines = this.#lines.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Where the line of an open delivery is; -1: nowhere. */
  #find(id: number): number {
    let low = this.#head;
    let high = this.#lines.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const line = this.#lines[middle] as Line<S>;
      if (line.id === id) return line.acknowledged ? -1 : middle;
      if (line.id < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

function join<S>(into: Line<S>, later: Line<S>): void {
  into.id = later.id;
  if (later.mark === null) return;
  into.mark = later.mark;
  into.markId = later.markId;
}
