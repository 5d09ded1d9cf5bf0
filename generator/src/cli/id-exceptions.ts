import { bundledExceptions } from '../io/bundled.js';
import type { IdEntry } from '../schema/verify.js';

/** The exceptions that hold for a schema's files; those of the bundled schemas are looked up only when there is need. */
export async function exceptionsFor(
  files: readonly string[],
  own: Readonly<Record<string, string>>,
  odd: readonly IdEntry[],
): Promise<Readonly<Record<string, string>>> {
  const unexplained = odd.some((one) => exceptionFor(one, own) === null);
  return unexplained ? { ...(await bundledExceptions(files)), ...own } : own;
}

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
