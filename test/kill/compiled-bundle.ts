import { existsSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundleProgram } from '../support/kill.js';

/**
 * Starts a bundle from compiled code that lies beside it: two hundred lives that each compile the schema anew would
 * take minutes. Without such a file it is compiled, and with `--compile` the file is written when the life ends.
 */
const LOADER = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const vm = require('node:vm');
const filename = __filename.replace('load-', '');
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

/** A program that starts quickly once a life with `--compile` has ended. */
export interface Compiled {
  /** What has to be run. */
  readonly path: string;
  readonly isCompiled: boolean;
}

/** @param entry - a module that exports its `life`: a promise that resolves at the end. */
export async function compiledBundle(entry: URL, folder: string): Promise<Compiled> {
  const file = await bundleProgram(entry, folder, 'cjs');
  const path = join(folder, `load-${basename(file)}`);
  writeFileSync(path, LOADER);
  return {
    path,
    get isCompiled() {
      return existsSync(`${file}.compiled`);
    },
  };
}
