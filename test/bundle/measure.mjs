import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const here = dirname(fileURLToPath(import.meta.url));
const ENTRY = '\0entry';

/**
 * @typedef {object} Bundle
 * @property {string} code minified
 * @property {number} min bytes of `code`
 * @property {number} gzip bytes of `code`, compressed
 */

/**
 * Bundles a program as a web application would: one file, minified, unused code dropped.
 *
 * @param {string} source
 * @param {{ external?: readonly string[] }} [options] packages left out
 * @returns {Promise<Bundle>}
 */
export async function bundle(source, { external = [] } = {}) {
  const build = await rolldown({
    input: ENTRY,
    cwd: here,
    external: [...external],
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? ENTRY : null),
        load: (id) => (id === ENTRY ? source : null),
      },
    ],
  });
  const { output } = await build.generate({ format: 'esm', minify: true });
  await build.close();
  const code = output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n');
  return { code, min: Buffer.byteLength(code), gzip: gzipSync(code, { level: 9 }).length };
}

/** Programs whose size people care about. */
export const PROGRAMS = {
  'one method, without the codec': {
    source: `export { SendEncryptedRequest } from '@tlgen/telegram/messages';`,
    external: ['@tlgen/codec'],
  },
  'one method and `encode`': {
    source: `export { encode } from '@tlgen/codec';
export { SendEncryptedRequest } from '@tlgen/telegram/messages';`,
    external: [],
  },
  'every constructor, without the codec': {
    source: `export { constructors } from '@tlgen/telegram/constructors';`,
    external: ['@tlgen/codec'],
  },
  '`decode` and every constructor': {
    source: `export { decode } from '@tlgen/codec';
export { constructors } from '@tlgen/telegram/constructors';`,
    external: [],
  },
  '`decode` and every constructor and method': {
    source: `export { decode } from '@tlgen/codec';
export { registry } from '@tlgen/telegram/registry';`,
    external: [],
  },
};

/** Imports whose time people care about. */
export const IMPORTS = {
  'one namespace': '@tlgen/telegram/messages',
  'the whole package': '@tlgen/telegram',
  'every constructor': '@tlgen/telegram/constructors',
  'every constructor and method': '@tlgen/telegram/registry',
};

/**
 * CPU time of importing a module in a process of its own, beyond that of an empty process: median of several.
 *
 * @param {string} module
 * @param {number} [runs]
 * @returns {number} milliseconds
 */
export function importTime(module, runs = 7) {
  const program = `const t = process.cpuUsage();
await import(${JSON.stringify(module)});
const { user, system } = process.cpuUsage(t);
console.log((user + system) / 1000);`;
  const times = Array.from({ length: runs }, () => {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      cwd: here,
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr);
    return Number(run.stdout);
  });
  return times.sort((a, b) => a - b)[runs >> 1] ?? NaN;
}
