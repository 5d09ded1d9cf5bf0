import type { IdEntry } from '../schema/verify.js';

/** Why an id is known not to be the CRC32 of its line; null when nothing is known. */
export function exceptionFor(
  { name, explicit }: IdEntry,
  known: Readonly<Record<string, string>>,
): string | null {
  for (const [key, reason] of Object.entries(known)) {
    const [knownName, hex = ''] = key.split('#');
    // Ids count as numbers: `#dbaeae9` is `#0dbaeae9`.
    if (knownName === name && Number.parseInt(hex, 16) === explicit) return reason;
  }
  return null;
}
