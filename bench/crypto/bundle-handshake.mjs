import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { generated } from '../prepare.mjs';
import { here } from '../run-process.mjs';

const session = join(here, '../packages/runtime/src/session');
const file = join(generated, 'handshake.js');

/** Our key exchange as a module of its own: the runtime keeps it to itself. */
export async function bundleHandshake() {
  const build = await rolldown({
    input: 'handshake',
    platform: 'neutral',
    // Other packages stay imports.
    external: /^(?![./]|handshake$)/,
    logLevel: 'warn',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'handshake' ? join(session, 'handshake-entry.ts') : null),
        load: (id) =>
          id.endsWith('handshake-entry.ts')
            ? `export { Handshake } from './handshake/index.js'; export { MessageIds } from './message-ids.js';`
            : null,
      },
    ],
  });
  await build.write({ file, format: 'esm' });
  await build.close();
}
