import type { Combinator } from '../syntax/ast.js';
import { detectDialect, expectedId } from './crc.js';
import type { Schema } from './types.js';

/** One line of an id report. */
export interface IdEntry {
  readonly name: string;
  readonly kind: Combinator['kind'];
  readonly layer: number | null;
  readonly line: number;
  /** As written; null when the line has no id. */
  readonly explicit: number | null;
  readonly computed: number;
}

/** Every declaration of a schema, built-in ones included, by how its id relates to the CRC32 of its line. */
export interface IdReport {
  /** Written and right. */
  readonly ok: readonly IdEntry[];
  /** Not written. */
  readonly computed: readonly IdEntry[];
  /** Written and different. The written one counts. */
  readonly mismatched: readonly IdEntry[];
}

/** Compares explicit ids with the CRC32 of their lines, by Telegram's recipe or TDLib's. */
export function verifyIds(schema: Pick<Schema, 'tree'>): IdReport {
  const { combinators } = schema.tree;
  const dialect = detectDialect(combinators);
  const report = { ok: [] as IdEntry[], computed: [] as IdEntry[], mismatched: [] as IdEntry[] };
  for (const combinator of combinators) {
    const { name, kind, layer, id: explicit, span } = combinator;
    const computed = expectedId(combinator, dialect);
    const list = explicit === null ? 'computed' : explicit === computed ? 'ok' : 'mismatched';
    report[list].push({ name, kind, layer, line: span.line, explicit, computed });
  }
  return report;
}
