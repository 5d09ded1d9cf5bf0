import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { loadConfig } from '../io/config.js';
import type { SchemaEntry } from '../io/config-types.js';
import { InputError, UsageError } from '../io/errors.js';
import { overlayChoice } from '../io/overlay-choice.js';
import { suggest } from '../schema/suggest.js';
import type { BuildSwitches } from '../io/build-inputs.js';
import { listOption, textOption, type Options } from './command.js';
import type { Context } from './context.js';
import { checkPackageName } from './package-name.js';

/** `--format` and `--no-compile`. */
export function switchesOf(options: Options): BuildSwitches {
  return { compile: options['compile'] !== false, format: options['format'] === true };
}

/** The packages that `generate` and `check` are to make: from `--schema` or from the config. */
export async function selectEntries(
  context: Context,
  names: readonly string[],
  options: Options,
): Promise<readonly SchemaEntry[]> {
  const files = listOption(options, 'schema');
  if (files.length > 0) return [entryOfFiles(context, names, files, options)];
  for (const only of ['name', 'out', 'layer', 'overlay']) {
    if (options[only] !== undefined) throw new UsageError(`--${only} goes with --schema FILE`);
  }
  const config = await loadConfig(context.cwd, textOption(options, 'config'));
  if (config === null) {
    throw new InputError('no-schema', 'there is no tlgen.config.ts and no schemas/manifest.json', {
      hint: 'run `tlgen init`, or give --schema FILE --name NAME --out FOLDER',
    });
  }
  const keys = config.entries.map(({ key }) => key);
  for (const name of names) {
    if (keys.includes(name)) continue;
    const [near] = suggest(name, keys);
    const hint = near ? `did you mean ${near}?` : `there are ${keys.join(', ')}`;
    throw new InputError('not-found', `no schema ${name} in ${context.shown(config.file)}`, {
      hint,
    });
  }
  return config.entries.filter(({ key }) => names.length === 0 || names.includes(key));
}

function entryOfFiles(
  context: Context,
  names: readonly string[],
  files: readonly string[],
  options: Options,
): SchemaEntry {
  if (names.length > 0) {
    throw new UsageError(`${names.join(' ')}: give names from the config or --schema, not both`);
  }
  const name = textOption(options, 'name');
  const out = textOption(options, 'out');
  if (name === undefined) throw new UsageError('--schema needs --name NAME: the package to write');
  if (out === undefined) throw new UsageError('--schema needs --out FOLDER: where to write it');
  checkPackageName(name);
  const { layer } = options;
  const paths = files.map((file) => resolve(context.cwd, file));
  paths.forEach((path, i) => {
    if (existsSync(path)) return;
    throw new InputError('file-not-found', `there is no schema file ${files[i]}`);
  });
  return {
    key: basename(files[0] as string),
    files: paths,
    package: name,
    out: resolve(context.cwd, out),
    layer: typeof layer === 'number' ? layer : null,
    docs: null,
    errors: null,
    ...overlayChoice(textOption(options, 'overlay'), (file) => resolve(context.cwd, file)),
    standalone: true,
    idExceptions: {},
  };
}
