import { basename, resolve } from 'node:path';
import { isFolderName } from '../docs/model/file-names.js';
import type { DocsSchema } from '../docs/types.js';
import { loadBundled } from '../io/bundled.js';
import { loadConfig } from '../io/config.js';
import type { LoadedConfig, SchemaEntry } from '../io/config-types.js';
import { readDocsFacts } from '../io/docs-inputs.js';
import { InputError, UsageError } from '../io/errors.js';
import { withOverlay } from '../io/overlay-choice.js';
import type { Schema } from '../schema/types.js';
import { suggest } from '../schema/suggest.js';
import { listOption, textOption, type Options } from './command.js';
import type { Context } from './context.js';
import { checkPackageName } from './package-name.js';
import { readSelection, selectSchema, type Selection } from './select-schema.js';

/** Titles of the schemas that everybody knows. */
const TITLES: Readonly<Record<string, string>> = {
  telegram: 'Telegram API',
  mtproto: 'MTProto',
  secret: 'Secret chats',
  calls: 'Calls',
};

/** Folders at the root of the set: no schema beside the main one may be called so. */
const TAKEN = new Set([
  'methods',
  'constructors',
  'types',
  'errors',
  'namespaces',
  'layers',
  'guide',
]);

/** The schemas that `docs` is to document, the main one first. */
export async function selectDocs(
  context: Context,
  names: readonly string[],
  options: Options,
): Promise<readonly DocsSchema[]> {
  const files = listOption(options, 'schema');
  const all =
    files.length > 0
      ? [await ofFiles(context, names, files, options)]
      : await ofConfig(context, names, options);
  const [main, ...others] = all;
  if (main === undefined) throw new InputError('no-schema', 'the config names no schema');
  checkFolders(others.map(({ key }) => key));
  const older = await readOlder(context, main, listOption(options, 'older'));
  return [older.length === 0 ? main : { ...main, older }, ...others];
}

/** The schemas beside the main one have folders of their key, which must be there for them on every file system. */
function checkFolders(keys: readonly string[]): void {
  const taken = new Set(TAKEN);
  for (const key of keys) {
    const why = !isFolderName(key)
      ? 'it is no name for a folder'
      : taken.has(key.toLowerCase())
        ? 'another folder is called so'
        : null;
    if (why !== null)
      throw new InputError(
        'bad-config',
        `no schema beside the main one can be called ${key}: ${why}`,
      );
    taken.add(key.toLowerCase());
  }
}

async function ofConfig(
  context: Context,
  names: readonly string[],
  options: Options,
): Promise<DocsSchema[]> {
  for (const only of ['name', 'layer'])
    if (options[only] !== undefined) throw new UsageError(`--${only} goes with --schema FILE`);
  const given = textOption(options, 'config');
  const config = (await loadConfig(context.cwd, given)) ?? (await loadBundled());
  const chosen = chooseEntries(config, names);
  // The main schema is Telegram's, wherever the config has it.
  const main = chosen.filter(({ key }) => key === 'telegram');
  const sorted = [...main, ...chosen.filter(({ key }) => key !== 'telegram')];
  const all: DocsSchema[] = [];
  for (const entry of sorted)
    all.push(await documented(context, { label: entry.key, files: entry.files, entry }, {}));
  return all;
}

function chooseEntries(
  config: LoadedConfig | null,
  names: readonly string[],
): readonly SchemaEntry[] {
  if (config === null)
    throw new InputError('no-schema', 'there is no schema here', { hint: 'give --schema FILE' });
  const keys = config.entries.map(({ key }) => key);
  for (const name of names) {
    if (keys.includes(name)) continue;
    const [near] = suggest(name, keys);
    const hint = near ? `did you mean ${near}?` : `there are ${keys.join(', ')}`;
    throw new InputError('not-found', `the config has no schema ${name}`, { hint });
  }
  return config.entries.filter(({ key }) => names.length === 0 || names.includes(key));
}

async function ofFiles(
  context: Context,
  names: readonly string[],
  files: readonly string[],
  options: Options,
): Promise<DocsSchema> {
  if (names.length > 0)
    throw new UsageError(`${names.join(' ')}: give names from the config or --schema, not both`);
  const name = textOption(options, 'name');
  if (name !== undefined) checkPackageName(name);
  const { layer } = options;
  return documented(context, await selectSchema(context, files), {
    ...(name === undefined ? {} : { package: name }),
    ...(typeof layer === 'number' ? { layer } : {}),
  });
}

async function documented(
  context: Context,
  selection: Selection,
  given: Partial<DocsSchema>,
): Promise<DocsSchema> {
  const { entry, files, label } = selection;
  const { schema } = await readSelection(context, selection, { warnings: true });
  const key = entry?.key ?? keyOf(files[0] ?? label);
  const { facts, notes } =
    entry === null ? { facts: {}, notes: [] } : await readDocsFacts(withOverlay(entry, schema));
  for (const note of notes) context.note(`${key}: ${note}`);
  const title = (entry && TITLES[entry.key]) ?? entry?.key ?? basename(label);
  return { key, title, package: entry?.package ?? key, schema, ...facts, ...given };
}

/** `my.tl` → `my`: a name that a folder and a package may have. */
function keyOf(file: string): string {
  const name = basename(file)
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'schema' : name;
}

async function readOlder(
  context: Context,
  main: DocsSchema,
  files: readonly string[],
): Promise<readonly Schema[]> {
  if (files.length === 0) return [];
  const layer = main.layer ?? main.schema.layer;
  if (main.schema.layers.length > 0)
    throw new InputError('schema-errors', `${main.title} holds all its layers itself`, {
      hint: 'leave --older out',
    });
  if (layer === null)
    throw new InputError('schema-errors', `the layer of ${main.title} is unknown`, {
      hint: 'give --layer N, or write `// LAYER N` into the schema',
    });
  const found = new Map<number, Schema>();
  for (const given of files) {
    const file = resolve(context.cwd, given);
    const { schema } = await readSelection(context, { label: given, files: [file], entry: null });
    if (sharedPart(schema, main.schema) < RELATED)
      context.note(`${given} has little in common with ${main.title}: is it an older layer of it?`);
    // History is about entries, not text: without their trees, older layers take half the memory.
    const tree = { ...schema.tree, combinators: [] };
    found.set(layerOf(schema, given, layer, found), { ...schema, tree });
  }
  return [...found.values()];
}

/** Part of its names that an older layer must share with the newest, or else it is asked about. */
const RELATED = 0.25;

/** How much of an older schema is still there. */
function sharedPart(older: Schema, newest: Schema): number {
  const names = (schema: Schema): string[] =>
    [...schema.methods, ...schema.constructors].map(({ name }) => name);
  const now = new Set(names(newest));
  const all = names(older);
  return all.filter((name) => now.has(name)).length / Math.max(1, all.length);
}

/** The layer of an older schema, by its own `// LAYER N`. */
function layerOf(
  { layer }: Schema,
  file: string,
  newest: number,
  found: ReadonlyMap<number, Schema>,
): number {
  if (layer === null)
    throw new InputError('schema-errors', `the layer of ${file} is unknown`, {
      hint: 'write `// LAYER N` into it',
    });
  if (layer >= newest)
    throw new InputError('schema-errors', `${file} is layer ${layer}, not older than ${newest}`);
  if (found.has(layer))
    throw new InputError('schema-errors', `${file} is layer ${layer}, which another file is too`);
  return layer;
}
