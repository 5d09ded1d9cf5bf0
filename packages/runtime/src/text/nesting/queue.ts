import type { TextEntity } from '../types.js';
import { inOrder } from './order.js';

/** Entities in order, of which the rest of a split one may be put back: a binary heap. */
export class EntityQueue {
  readonly #heap: TextEntity[];

  constructor(entities: readonly TextEntity[]) {
    // Sorted is a heap already.
    this.#heap = [...entities].sort(inOrder);
  }

  push(entity: TextEntity): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(entity);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || inOrder(parent, entity) <= 0) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entity;
  }

  pop(): TextEntity | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      let below = heap[left];
      let next = left;
      const right = heap[left + 1];
      if (below === undefined) break;
      if (right !== undefined && inOrder(right, below) < 0) {
        below = right;
        next = left + 1;
      }
      if (inOrder(last, below) <= 0) break;
      heap[at] = below;
      at = next;
    }
    heap[at] = last;
    return first;
  }
}
