import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadBundled } from '../io/bundled.js';
import { loadConfig } from '../io/config.js';
import type { LoadedConfig, SchemaEntry } from '../io/config-types.js';
import { InputError } from '../io/errors.js';
import { loadSchema, type LoadedSchema } from '../io/load-schema.js';
import { suggest } from '../schema/suggest.js';
import type { Context } from './context.js';
import { formatDiagnostics } from './diagnostics.js';

/** What a command works on. */
export interface Selection {
  /** For people: `telegram`, `my.tl`. */
  readonly label: string;
  readonly files: readonly string[];
  /** The config's entry of these files, where there is one. */
  readonly entry: SchemaEntry | null;
}

/** The config of the folder, else the one that comes with tlgen. */
async function configOf(context: Context): Promise<LoadedConfig | null> {
  const own = await loadConfig(context.cwd);
  if (own !== null) return own;
  return loadBundled();
}

/** Finds the schema that `--schema` names (files, or one name of the config); without it telegram's. */
export async function selectSchema(
  context: Context,
  given: readonly string[] = [],
): Promise<Selection> {
  const files = given.map((file) => resolve(context.cwd, file));
  if (files.length > 0 && files.every((file) => existsSync(file))) {
    return { label: given.join(', '), files, entry: await entryOfFiles(context, files) };
  }
  const entries = (await configOf(context))?.entries ?? [];
  if (given.length === 0) {
    const entry = entries.find(({ key }) => key === 'telegram') ?? entries[0];
    if (entry !== undefined) return selectionOf(entry);
    throw new InputError('no-schema', 'there is no schema here', {
      hint: 'give one with --schema FILE, or run `tlgen init`',
    });
  }
  const [only = ''] = given;
  const named = entries.find(({ key }) => key === only);
  if (given.length === 1 && named) return selectionOf(named);
  throw missing(given.find((_, i) => !existsSync(files[i] as string)) ?? only, entries);
}

/** The config's entry of these files, where there is one. A command can do without: a broken config is left aside. */
export async function entryOfFiles(
  context: Context,
  files: readonly string[],
): Promise<SchemaEntry | null> {
  try {
    const entries = (await configOf(context))?.entries ?? [];
    return entries.find((one) => one.files.join('\n') === files.join('\n')) ?? null;
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    context.note(`the config is left aside: ${thrown.message}`);
    return null;
  }
}

/** All schemas of the config; with `--schema`, that one. */
export async function selectAll(
  context: Context,
  given: readonly string[],
): Promise<readonly Selection[]> {
  const config = given.length === 0 ? await configOf(context) : null;
  if (config !== null && config.entries.length > 0) return config.entries.map(selectionOf);
  return [await selectSchema(context, given)];
}

/** Reads a selection. */
export async function readSelection(
  context: Context,
  selection: Selection,
  show: { readonly warnings: boolean } = { warnings: false },
): Promise<LoadedSchema> {
  const loaded = await loadSchema(selection.files, context.cwd);
  if (show.warnings && loaded.diagnostics.length > 0 && !context.quiet) {
    context.complain(formatDiagnostics(context, loaded));
  }
  return loaded;
}

const selectionOf = (entry: SchemaEntry): Selection => ({
  label: entry.key,
  files: entry.files,
  entry,
});

function missing(name: string, entries: readonly SchemaEntry[]): InputError {
  const [near] = suggest(
    name,
    entries.map(({ key }) => key),
  );
  return new InputError('file-not-found', `there is no schema file ${name}`, {
    hint: near ? `did you mean ${near}?` : null,
  });
}
