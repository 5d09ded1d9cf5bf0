import type { Plans } from './plan.js';
import { scalarWords } from './scalar.js';
import type { ObjectShape, Shape } from './shape.js';

const LOOSE_WORDS: Readonly<Record<string, string>> = {
  PeerLike: "a peer (@name, id, link, phone, 'me', or an object that names one)",
  ReplyMarkupLike: 'a keyboard as the Bot API writes it ({ inline_keyboard: … })',
  DataJsonLike: 'any JSON value',
  JsonValue: 'any JSON value',
};

/** Constructors that a message lists. */
const LISTED = 6;

/** What a field takes, in words. */
export function accepted(shape: Shape, plans: Plans): string {
  switch (shape.kind) {
    case 'object':
      return objectWords(shape.object, plans);
    case 'bare':
      return shape.one ? `an object ${shape.one.tl}` : 'an object that this schema lacks';
    case 'vector': {
      const items = shape.count === null ? 'an array' : `an array of ${shape.count} items`;
      return `${items}, each ${accepted(shape.item, plans)}`;
    }
    default:
      return scalarWords(shape);
  }
}

function objectWords({ type, loose }: ObjectShape, plans: Plans): string {
  if (type === '!X') return 'a request (an object of a method)';
  const names = plans.constructorsOf(type);
  const listed = names.slice(0, LISTED).join(', ') + (names.length > LISTED ? ' …' : '');
  const object = `an object of ${type}${listed === '' ? '' : ` (${listed})`}`;
  const words = LOOSE_WORDS[loose ?? ''];
  return words === undefined ? object : `${words}, or ${object}`;
}

/**
 * Names a wrong value without showing what is in it, which may be secret.
 *
 * @param numeric - a number was expected: then one is shown.
 */
export function described(value: unknown, numeric = false): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length} items`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : 'a Date';
  switch (typeof value) {
    case 'number':
      return numeric ? `the number ${value}` : 'a number';
    case 'undefined':
      return 'undefined';
    case 'object': {
      const name: unknown = (value as { readonly _?: unknown })._;
      return typeof name === 'string' ? `an object ${quoted(name)}` : 'an object without _';
    }
    default:
      return `a ${typeof value}`;
  }
}

/** Longest name that a message shows. */
const SHOWN = 60;

/** A name that somebody gave, for a message: no novel, no control characters. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name);
}
