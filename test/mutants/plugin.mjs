import { fileURLToPath } from 'node:url';
import { mutants } from './named/index.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replaceAll('\\', '/');

/**
 * Puts a named mutant into the source it concerns, on its way to the tests.
 *
 * @param {string | undefined} name - from TLGEN_MUTANT; nothing is changed without one.
 * @returns {import('vite').Plugin[]}
 */
export function mutantPlugin(name) {
  if (!name) return [];
  const mutant = mutants.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`there is no mutant called "${name}"`);
  const path = root + mutant.file;
  const transform = (/** @type {string} */ code, /** @type {string} */ id) =>
    id.split('?')[0] === path ? code.replace(mutant.from, () => mutant.to) : undefined;
  return [{ name: 'mutant', enforce: 'pre', transform }];
}
