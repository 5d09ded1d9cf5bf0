import type { TextEntity } from '../types.js';
import { endOf } from './order.js';
import { EntityQueue } from './queue.js';

/** Splits what crosses what began before it (by now, only styles can), and sorts. */
export function nest(entities: readonly TextEntity[]): TextEntity[] {
  const queue = new EntityQueue(entities);
  const result: TextEntity[] = [];
  const open: TextEntity[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    let top = open.at(-1);
    while (top !== undefined && endOf(top) <= next.offset) {
      open.pop();
      top = open.at(-1);
    }
    let one = next;
    if (top !== undefined && endOf(top) < endOf(one)) {
      const end = endOf(top);
      queue.push({ ...one, offset: end, length: endOf(one) - end });
      one = { ...one, length: end - one.offset };
    }
    result.push(one);
    open.push(one);
  }
  return result;
}
