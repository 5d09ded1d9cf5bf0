import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { LoadedConfig, SchemaConfig, SchemaEntry, TlgenConfig } from './config-types.js';
import { InputError } from './errors.js';
import { overlayChoice } from './overlay-choice.js';
import { readJson } from './read-file.js';
import { validateConfig } from './validate-config.js';

/** Names of config files, in the order in which they are looked for. */
export const CONFIG_FILES = [
  'tlgen.config.ts',
  'tlgen.config.mts',
  'tlgen.config.mjs',
  'tlgen.config.js',
  'tlgen.config.json',
] as const;

const MANIFEST = join('schemas', 'manifest.json');

/** The config file of a folder: `tlgen.config.*`, else `schemas/manifest.json`; null without one. */
export function findConfig(cwd: string): string | null {
  const all = [...CONFIG_FILES, MANIFEST].map((name) => join(cwd, name));
  return all.find((file) => existsSync(file)) ?? null;
}

/**
 * Loads the config: the file given, or the one of the folder.
 *
 * @returns null when the folder has none.
 * @throws InputError `bad-config` with the path of each wrong key.
 */
export async function loadConfig(cwd: string, given?: string): Promise<LoadedConfig | null> {
  const file = given === undefined ? findConfig(cwd) : resolve(cwd, given);
  if (file === null) return null;
  const shown = relative(cwd, file) || file;
  if (!existsSync(file)) {
    throw new InputError('file-not-found', `there is no config file ${shown}`, {
      hint: '`tlgen init` writes one',
    });
  }
  const value = file.endsWith('.json') ? await readJson(file, shown) : await run(file, shown);
  const config = validateConfig(value, shown);
  const isManifest = file.endsWith(join('schemas', 'manifest.json'));
  // The manifest's schemas are named from its own folder, its packages from the one above.
  const folder = dirname(file);
  const base = isManifest ? dirname(folder) : folder;
  const entries = Object.entries(config.schemas).map(([key, one]) =>
    entryOf(key, one, config, folder, base, !isManifest),
  );
  return { file, entries };
}

function entryOf(
  key: string,
  one: SchemaConfig,
  config: TlgenConfig,
  folder: string,
  base: string,
  standalone: boolean,
): SchemaEntry {
  const files = [one.files ?? one.file ?? []].flat();
  const path = (file: string): string => (isAbsolute(file) ? file : join(folder, file));
  return {
    key,
    files: files.map(path),
    package: one.package,
    out: isAbsolute(one.out) ? one.out : join(base, one.out),
    layer: one.layer ?? null,
    docs: typeof one.docs === 'string' ? path(one.docs) : (one.docs ?? null),
    errors: one.errors === undefined ? null : path(one.errors),
    ...overlayChoice(one.overlay, path),
    standalone: one.standalone ?? standalone,
    idExceptions: config.idExceptions?.[key] ?? {},
  };
}

/** Runs a config written in TypeScript or JavaScript. */
async function run(file: string, shown: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const here = import.meta.url;
  // `import { defineConfig } from 'tlgen'` works even where tlgen is not installed beside the config.
  const self = here.replace(/io\/config\.(js|ts)$/, 'io/config-types.$1');
  const jiti = createJiti(here, { alias: { tlgen: self }, fsCache: false, moduleCache: false });
  try {
    return await jiti.import(file, { default: true });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new InputError('bad-config', `${shown} cannot be run: ${reason}`, { cause: thrown });
  }
}
