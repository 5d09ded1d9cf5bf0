import type { Schema } from '../schema/types.js';
import { computeId, detectDialect } from '../schema/crc.js';
import { print } from '../syntax/print.js';
import { toTlJson } from '../syntax/tl-json.js';

/** A schema as TL or as TL-JSON text. */
export function schemaText(schema: Schema, to: 'tl' | 'json'): string {
  if (to === 'tl') return print(schema.tree);
  const dialect = detectDialect(schema.tree.combinators);
  const json = toTlJson(schema.tree, (combinator) => computeId(combinator, dialect));
  return `${JSON.stringify(json, null, 2)}\n`;
}
