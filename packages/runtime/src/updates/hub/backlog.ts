import type { Entry } from './entry.js';

/** Updates of interest only now that may wait in one place. */
const EPHEMERAL_LIMIT = 100;
/** Places left empty at the front before the rest moves up. */
const SLACK = 256;

/** Updates that wait, first come first served. Those of interest only now never fill it: the oldest of them go. */
export class Backlog {
  private entries: (Entry | null)[] = [];
  private head = 0;
  private ephemeral = 0;

  get size(): number {
    return this.entries.length - this.head;
  }

  push(entry: Entry): void {
    this.entries.push(entry);
    if (!entry.ephemeral) return;
    this.ephemeral++;
    if (this.ephemeral > EPHEMERAL_LIMIT) this.take((one) => one.ephemeral)?.release();
  }

  /** The oldest; it stays. */
  peek(): Entry | null {
    return this.entries[this.head] ?? null;
  }

  /** Takes the oldest. */
  shift(): Entry | null {
    const entry = this.peek();
    if (entry === null) return null;
    this.entries[this.head++] = null;
    if (this.size === 0) this.reset([]);
    else if (this.head >= SLACK && this.head * 2 > this.entries.length) {
      this.reset(this.entries.slice(this.head));
    }
    if (entry.ephemeral) this.ephemeral--;
    return entry;
  }

  /** Takes the oldest that is wanted. */
  take(wanted: (entry: Entry) => boolean): Entry | null {
    for (let at = this.head; at < this.entries.length; at++) {
      const entry = this.entries[at];
      if (!entry || !wanted(entry)) continue;
      this.entries.splice(at, 1);
      if (entry.ephemeral) this.ephemeral--;
      return entry;
    }
    return null;
  }

  /** Takes all that are wanted. */
  takeAll(wanted: (entry: Entry) => boolean): Entry[] {
    const all = this.list(this.size);
    const taken = all.filter((entry) => wanted(entry));
    if (taken.length === 0) return taken;
    const gone = new Set(taken);
    this.reset(all.filter((entry) => !gone.has(entry)));
    this.ephemeral -= taken.filter((entry) => entry.ephemeral).length;
    return taken;
  }

  /** Gives up all. */
  clear(): void {
    for (const entry of this.takeAll(() => true)) entry.release();
  }

  /** The oldest, as many as that; they stay. */
  list(limit: number): Entry[] {
    const end = Math.min(this.entries.length, this.head + limit);
    return this.entries.slice(this.head, end).filter((entry) => entry !== null);
  }

  private reset(entries: (Entry | null)[]): void {
    this.entries = entries;
    this.head = 0;
  }
}
