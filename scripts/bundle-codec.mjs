import { rolldown } from 'rolldown';
import { root } from './tools.mjs';

const folder = `${root}packages/codec/`;

/**
 * Puts the codec into one file: every generated module imports it first, and a program starts several times as fast
 * with one file as with twenty.
 *
 * @param {(source: string, file: string) => string} [change] alters sources on their way: for mutation tests.
 */
export async function bundleCodec(change) {
  const plugins = change ? [{ name: 'change', transform: change }] : [];
  const input = `${folder}src/index.ts`;
  const bundle = await rolldown({ input, platform: 'neutral', plugins, logLevel: 'warn' });
  await bundle.write({ file: `${folder}dist/index.js`, format: 'esm', sourcemap: !change });
  await bundle.close();
}
