// Builds the codec and the generator, then lets the generator write the four packages.
import { installOnce, node, tsc7 } from './tools.mjs';

installOnce();
node(tsc7, '-b', 'packages/codec', 'generator');
const { bundleCodec } = await import('./bundle-codec.mjs');
await bundleCodec();
node('generator/bin/tlgen.mjs', 'generate', ...process.argv.slice(2));
