/** Something that was scheduled. */
export interface Appointment {
  readonly at: number;
  cancel(): void;
}

class Entry implements Appointment {
  cancelled = false;

  constructor(
    readonly at: number,
    readonly order: number,
    readonly run: () => void,
  ) {}

  cancel(): void {
    this.cancelled = true;
  }

  before(other: Entry): boolean {
    return this.at < other.at || (this.at === other.at && this.order < other.order);
  }
}

/** What has to be done later, without a timer of its own: whoever drives the core asks when, and calls back. */
export class Scheduler {
  /** A binary heap: each entry is before its children 2i + 1 and 2i + 2. */
  readonly #heap: Entry[] = [];
  #order = 0;

  /** @param at - clock reading, milliseconds. Entries of one moment run in the order they were made. */
  schedule(at: number, run: () => void): Appointment {
    const entry = new Entry(at, this.#order++, run);
    const heap = this.#heap;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const up = (place - 1) >> 1;
      const parent = heap[up] as Entry;
      if (!entry.before(parent)) break;
      heap[place] = parent;
      place = up;
    }
    heap[place] = entry;
    return entry;
  }

  /** When the next entry is due; null: there is none. */
  next(): number | null {
    const heap = this.#heap;
    while (heap[0]?.cancelled) this.#pop();
    return heap[0]?.at ?? null;
  }

  /** Runs the next entry that is due; false when none is. */
  runNext(now: number): boolean {
    const at = this.next();
    if (at === null || at > now) return false;
    this.#pop().run();
    return true;
  }

  clear(): void {
    this.#heap.length = 0;
  }

  #pop(): Entry {
    const heap = this.#heap;
    const first = heap[0] as Entry;
    const last = heap.pop() as Entry;
    if (heap.length === 0) return first;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      const right = heap[child + 1];
      if (right?.before(heap[child] as Entry)) child++;
      const next = heap[child];
      if (!next?.before(last)) break;
      heap[place] = next;
      place = child;
    }
    heap[place] = last;
    return first;
  }
}
