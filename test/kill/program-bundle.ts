import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProgram } from '../support/kill.js';

/**
 * Starts a bundle from compiled code that lies beside it: two hundred lives that each compile the schema anew would
 * take minutes. Without such a file it is compiled, and with `--compile` the file is written when the life ends.
 */
const LOADER = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const vm = require('node:vm');
const filename = __filename.replace('load.cjs', 'killed.cjs');
const compiled = filename + '.compiled';
const script = new vm.Script(require('node:module').wrap(readFileSync(filename, 'utf8')), {
  filename,
  cachedData: existsSync(compiled) ? readFileSync(compiled) : undefined,
});
if (script.cachedDataRejected) throw new Error('The compiled program is of no use');
script.runInThisContext()(exports, require, module, filename, __dirname);
if (process.argv[2] === '--compile')
  void exports.life.then(() => writeFileSync(compiled, script.createCachedData()));
`;

/**
 * Puts the program, with the sources of the runtime that it imports, into files that plain Node runs.
 *
 * @returns the path of what has to be run.
 */
export async function compiledProgram(folder: string): Promise<string> {
  await bundleProgram(new URL('program/killed.ts', import.meta.url), folder, 'cjs');
  const loader = join(folder, 'load.cjs');
  writeFileSync(loader, LOADER);
  return loader;
}
