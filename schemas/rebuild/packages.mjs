import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

/** The folder `schemas/`. */
export const schemasFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The folder of an installed npm package, looked for in the `node_modules` of this repository (also of its
 * workspaces). Not by `require.resolve`: most packages do not export their data files.
 *
 * @param {string} name
 * @returns {string | null}
 */
export function findPackage(name) {
  const root = dirname(schemasFolder);
  const places = ['', 'test', 'bench', 'generator'].map((room) =>
    join(root, room, 'node_modules', name),
  );
  return places.find((place) => existsSync(join(place, 'package.json'))) ?? null;
}

/**
 * @param {string} folder
 * @returns {{ name: string, version: string }}
 */
export const packageInfo = (folder) => readJson(join(folder, 'package.json'));

/**
 * @param {string} file
 * @returns {any}
 */
export const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * A CommonJS module of data, by its file.
 *
 * @param {string} file
 * @returns {any}
 */
export const readModule = (file) => require(file);
