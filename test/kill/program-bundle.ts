import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const packages = fileURLToPath(new URL('../../packages/', import.meta.url));

/**
 * Starts a bundle from compiled code that lies beside it: two hundred lives that each compile the schema anew would
 * take minutes. Without such a file it is compiled, and with `--compile` the file is written when the life ends.
 */
const LOADER = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const vm = require('node:vm');
const filename = __filename.replace('load.cjs', 'program.cjs');
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
export async function bundleProgram(folder: string): Promise<string> {
  const require = createRequire(`${packages}runtime/package.json`);
  const outside: Record<string, string> = {
    libsql: require.resolve('libsql'),
    ws: require.resolve('ws'),
  };
  const build = await rolldown({
    input: fileURLToPath(new URL('program/killed.ts', import.meta.url)),
    platform: 'node',
    logLevel: 'silent',
    resolve: {
      alias: {
        '#storage': `${packages}runtime/src/storage/node.ts`,
        '#platform': `${packages}runtime/src/platform/node.ts`,
      },
    },
    plugins: [
      {
        name: 'outside',
        resolveId: (name) => {
          const id = outside[name];
          return id === undefined ? null : { id, external: true };
        },
      },
    ],
  });
  await build.write({
    file: join(folder, 'program.cjs'),
    format: 'cjs',
    codeSplitting: false,
    dynamicImportInCjs: false,
  });
  await build.close();
  const loader = join(folder, 'load.cjs');
  writeFileSync(loader, LOADER);
  return loader;
}
