import { rolldown } from 'rolldown';
import { root } from './tools.mjs';

/**
 * Puts a package into few files: a program starts several times as fast with one file as with a hundred.
 *
 * @param {string} name - folder in packages/.
 * @param {readonly string[]} entries - modules that package.json names, from src/, without the ending.
 * @param {(source: string, file: string) => string} [change] alters sources on their way: for mutation tests.
 */
async function bundle(name, entries, change) {
  const folder = `${root}packages/${name}/`;
  const plugins = change ? [{ name: 'change', transform: change }] : [];
  const input = Object.fromEntries(entries.map((entry) => [entry, `${folder}src/${entry}.ts`]));
  const build = await rolldown({
    input,
    platform: 'neutral',
    plugins,
    // Other packages and `#platform` stay imports: the host decides what they are.
    external: /^(?![./]|[A-Za-z]:[\\/])/,
    logLevel: 'warn',
  });
  await build.write({
    dir: `${folder}dist`,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name].js',
    format: 'esm',
    sourcemap: !change,
  });
  await build.close();
}

/** @param {(source: string, file: string) => string} [change] alters sources on their way. */
export const bundleCodec = (change) => bundle('codec', ['index'], change);

/** The client's runtime, its parts for other packages, and the platform that `#platform` chooses. */
export const bundleRuntime = () =>
  bundle('runtime', [
    'index',
    'crypto/index',
    'crypto/provider/node',
    'crypto/provider/portable',
    'transport/index',
    'platform/node',
    'platform/web',
    'storage/node',
    'storage/web',
    'terminal/index',
  ]);

export const bundleLocalDc = () => bundle('local-dc', ['index', 'cli/main']);
