import type { Schema, SchemaCombinator } from '../schema/types.js';
import type { Diagnostic } from '../syntax/diagnostics.js';

type Exceptions = Readonly<Record<string, string>>;

/** Why an id is known not to be the CRC32 of its line; null when nothing is known. Ids count as numbers. */
export function exceptionFor(
  name: string,
  id: number,
  known: Exceptions,
): string | null {
  for (const [key, reason] of Object.entries(known)) {
    const [knownName, hex = ''] = key.split('#');
    if (knownName === name && Number.parseInt(hex, 16) === id >>> 0) return reason;
  }
  return null;
}

/** Whether a warning is about such an id. */
export function isException(one: Diagnostic, schema: Schema, known: Exceptions): boolean {
  if (one.code !== 'id-mismatch') return false;
  const about = (combinator: SchemaCombinator): boolean =>
    combinator.span.start <= one.span.start &&
    one.span.start < combinator.span.end &&
    exceptionFor(combinator.name, combinator.id, known) !== null;
  return schema.constructors.some(about) || schema.methods.some(about);
}
