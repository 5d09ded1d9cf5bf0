// Builds the codec and the generator, then lets the generator write the four packages.
import { fileURLToPath } from 'node:url';
import { installOnce, node, tsc7 } from './tools.mjs';

// Other scripts import this one: their arguments are theirs.
const args = process.argv[1] === fileURLToPath(import.meta.url) ? process.argv.slice(2) : [];

installOnce();
node(tsc7, '-b', 'packages/codec', 'generator');
const { bundleCodec } = await import('./bundle-codec.mjs');
await bundleCodec();
node('generator/bin/tlgen.mjs', 'generate', ...args);
