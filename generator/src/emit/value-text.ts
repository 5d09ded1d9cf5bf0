import { literal } from '../model/literal.js';
import { WIDTH } from './layout-text.js';

/** What {@link valueText} can write. */
export type PlainValue =
  string | number | boolean | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/**
 * A value as prettier lays it out: objects one key a line, lists in one line when they fit.
 *
 * @param indent - of the line that the value begins in.
 * @param before - what stands before it in that line.
 */
export function valueText(value: PlainValue, indent = '', before = ''): string {
  if (typeof value === 'string') return literal(value);
  if (typeof value !== 'object') return String(value);
  const inner = `${indent}  `;
  if (isList(value)) {
    const line = `[${value.map((item) => valueText(item, inner)).join(', ')}]`;
    const fits = indent.length + before.length + line.length < WIDTH;
    if (value.length === 0 || (fits && !line.includes('\n'))) return line;
    return `[\n${value.map((item) => `${inner}${valueText(item, inner)},\n`).join('')}${indent}]`;
  }
  const lines = Object.entries(value).map(([key, one]) => {
    const head = `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : literal(key)}: `;
    return `${inner}${head}${valueText(one, inner, head)},\n`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
}

const isList = (value: object): value is readonly PlainValue[] => Array.isArray(value);
