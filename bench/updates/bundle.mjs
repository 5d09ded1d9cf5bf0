import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { generated } from '../prepare.mjs';
import { here } from '../run-process.mjs';

const source = join(here, '../packages/runtime/src/updates');

/** Where {@link bundleUpdates} puts it. */
export const updatesFile = join(generated, 'updates.js');

/** @type {Promise<void> | null} */
let made = null;

/** Our engine, hub and filters as a module of their own, once: the runtime keeps the first two to itself. */
export const bundleUpdates = () => (made ??= make());

async function make() {
  const build = await rolldown({
    input: 'updates',
    platform: 'neutral',
    // Other packages stay imports.
    external: /^(?![./]|updates$)/,
    logLevel: 'warn',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'updates' ? join(source, 'bench-entry.ts') : null),
        load: (id) =>
          id.endsWith('bench-entry.ts')
            ? `export { UpdateEngine } from './engine/index.js';
               export { UpdateHub } from './hub/index.js';
               export { filters } from './filters/index.js';`
            : null,
      },
    ],
  });
  await build.write({ file: updatesFile, format: 'esm' });
  await build.close();
}
