import { endOf } from './nesting/order.js';
import type { FormattedText, TextEntity } from './types.js';

/** One step of printing a text: some of its characters, or the border of an entity. */
export type PrintEvent =
  | { readonly kind: 'text'; readonly from: number; readonly to: number }
  | { readonly kind: 'open' | 'close'; readonly entity: TextEntity };

/** Walks a normalised text from its beginning to its end. */
export function* printEvents(formatted: FormattedText): Generator<PrintEvent> {
  const open: TextEntity[] = [];
  let at = 0;
  const { text, entities } = formatted;
  for (const entity of entities) {
    for (let top = open.at(-1); top && endOf(top) <= entity.offset; top = open.at(-1)) {
      if (endOf(top) > at) yield { kind: 'text', from: at, to: endOf(top) };
      at = endOf(top);
      open.pop();
      yield { kind: 'close', entity: top };
    }
    if (entity.offset > at) yield { kind: 'text', from: at, to: entity.offset };
    at = entity.offset;
    open.push(entity);
    yield { kind: 'open', entity };
  }
  for (let top = open.pop(); top; top = open.pop()) {
    if (endOf(top) > at) yield { kind: 'text', from: at, to: endOf(top) };
    at = endOf(top);
    yield { kind: 'close', entity: top };
  }
  if (text.length > at) yield { kind: 'text', from: at, to: text.length };
}
