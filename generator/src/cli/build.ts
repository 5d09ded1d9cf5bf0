import type { GenerateResult } from '../emit/options.js';
import { readFacts, type BuildSwitches } from '../io/build-inputs.js';
import type { SchemaEntry } from '../io/config-types.js';
import { withOverlay } from '../io/overlay-choice.js';
import type { Schema } from '../schema/types.js';
import { verifyIds } from '../schema/verify.js';
import type { Context } from './context.js';
import { exceptionFor, exceptionsFor } from './id-exceptions.js';
import type { Progress } from './progress.js';
import { readSelection } from './select-schema.js';

/** Parses an entry's schema and generates its package in memory. */
export async function buildEntry(
  context: Context,
  entry: SchemaEntry,
  switches: BuildSwitches,
  progress: Progress,
): Promise<GenerateResult> {
  const selection = { label: entry.key, files: entry.files, entry };
  const { schema } = await readSelection(context, selection, { warnings: true });
  const { mismatched } = verifyIds(schema);
  const known = await exceptionsFor(entry.files, entry.idExceptions, mismatched);
  const odd = mismatched.filter((one) => exceptionFor(one, known) === null);
  if (odd.length > 0) {
    progress.end();
    const count = odd.length === 1 ? '1 id is' : `${odd.length} ids are`;
    context.note(`${entry.key}: ${count} not the CRC32 of the line; \`tlgen verify\` lists them`);
  }
  return buildSchema(context, schema, withOverlay(entry, schema), switches, progress);
}

/** Generates a package from a schema that is at hand. */
export async function buildSchema(
  context: Context,
  schema: Schema,
  entry: SchemaEntry,
  switches: BuildSwitches,
  progress: Progress,
): Promise<GenerateResult> {
  const { facts, notes } = await readFacts(entry);
  for (const note of notes) {
    progress.end();
    context.note(`${entry.key}: ${note}`);
  }
  const { generate } = await import('../emit/generate.js');
  return generate({
    ...facts,
    ...switches,
    schema,
    name: entry.package,
    standalone: entry.standalone,
    onProgress: ({ what, done, total }) => progress.step(`${entry.key}: ${what}`, done, total),
  });
}
