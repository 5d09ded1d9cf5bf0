import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { loadConfig } from '../io/config.js';
import type { LoadedConfig, SchemaEntry } from '../io/config-types.js';
import { InputError } from '../io/errors.js';
import { loadSchema, type LoadedSchema } from '../io/load-schema.js';
import { suggest } from '../schema/suggest.js';
import { packageRoot } from '../io/version.js';
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
  const root = packageRoot();
  const bundled = [dirname(root), root].map((folder) => join(folder, 'schemas', 'manifest.json'));
  const file = bundled.find((one) => existsSync(one));
  return file === undefined ? null : loadConfig(context.cwd, file);
}

/** Finds the schema that `--schema` names (files, or one name of the config); without it telegram's. */
export async function selectSchema(
  context: Context,
  given: readonly string[] = [],
): Promise<Selection> {
  const config = await configOf(context);
  const entries = config?.entries ?? [];
  if (given.length === 0) {
    const entry = entries.find(({ key }) => key === 'telegram') ?? entries[0];
    if (entry !== undefined) return selectionOf(entry);
    throw new InputError('no-schema', 'there is no schema here', {
      hint: 'give one with --schema FILE, or run `tlgen init`',
    });
  }
  const [only = ''] = given;
  const named = entries.find(({ key }) => key === only);
  if (given.length === 1 && named && !existsSync(resolve(context.cwd, only))) {
    return selectionOf(named);
  }
  const files = given.map((file) => resolve(context.cwd, file));
  files.forEach((file, i) => {
    if (!existsSync(file)) throw missing(given[i] as string, entries);
  });
  const entry = entries.find((one) => one.files.join('\n') === files.join('\n')) ?? null;
  return { label: given.join(', '), files, entry };
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
