// Builds the codec and the generator, lets the generator write the four packages, then builds what stands on them.
import { fileURLToPath } from 'node:url';
import { buildWasm } from './build-wasm.mjs';
import { installOnce, node, tsc7 } from './tools.mjs';

// Other scripts import this one: their arguments are theirs.
const args = process.argv[1] === fileURLToPath(import.meta.url) ? process.argv.slice(2) : [];

installOnce();
node(tsc7, '-b', 'packages/codec', 'generator');
const { bundleCodec, bundleLocalDc, bundleRuntime } = await import('./bundle.mjs');
await bundleCodec();
node('generator/bin/tlgen.mjs', 'generate', ...args);
await buildWasm();
node(tsc7, '-b', 'packages/runtime', 'packages/local-dc');
await bundleRuntime();
await bundleLocalDc();
