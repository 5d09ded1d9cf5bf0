import { toBase64 } from '@tlgen/codec';
import { roleOf, wordsOf } from '../../model/fields.js';
import type { ExampleObject, ExampleValue } from './example-value.js';
import { layOut, type Layout } from './layout.js';
import { listLayout } from './list-layout.js';
import { propertyOf } from './property-of.js';

/** The example as the codec's `toJson` gives it. */
export function printJson(value: ExampleObject): string {
  return `${layOut({ ...objectLayout(value), broken: true })}\n`;
}

function valueLayout(value: ExampleValue): Layout {
  switch (value.kind) {
    case 'number':
    case 'double':
    case 'boolean':
      return String(value.value);
    case 'bigint':
      return `"${value.value}"`;
    case 'string':
      return JSON.stringify(value.value);
    case 'bytes':
      return `"${toBase64(value.value)}"`;
    case 'list':
      return listLayout(value, '', valueLayout);
    case 'object':
      return objectLayout(value);
  }
}

function objectLayout({ of, fields }: ExampleObject) {
  const given = new Map(fields.map((field) => [field.name, field.value]));
  const words = wordsOf(of);
  const items: Layout[] = [{ key: '"_":', value: JSON.stringify(of.key) }];
  for (const field of of.fields) {
    const value = given.get(field.name);
    // A flag that is not set reads as false.
    const isUnset = value === undefined && roleOf(field, words) === 'flag';
    if (value === undefined && !isUnset) continue;
    items.push({
      key: `${JSON.stringify(propertyOf(of, field.name))}:`,
      value: value === undefined ? 'false' : valueLayout(value),
      joined: true,
    });
  }
  return { open: '{', close: '}', items, padding: ' ', trailing: '' } as const;
}
