// Installs, generates all four packages and shows the main jobs on real input, offline: generated code at work, and two
// clients that meet in a local data center.
import { mkdirSync, writeFileSync } from 'node:fs';
import { node, root } from './tools.mjs';
import './build.mjs';

const folder = `${root}.cache/quickstart`;
const tlgen = (/** @type {string[]} */ ...args) => {
  console.log(`\n$ npx tlgen ${args.join(' ')}`);
  node('generator/bin/tlgen.mjs', ...args);
};

// An older layer, as a person would have it: a .tl file. It comes from an npm package that is installed anyway.
const { layerText } = await import('../schemas/rebuild/layers.mjs');
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/layer-227.tl`, layerText(227));

const old = '.cache/quickstart/layer-227.tl';
const own = ['--name', 'my-telegram', '--layer', '227', '--out', '.cache/quickstart/my-telegram'];
tlgen('generate', '--schema', old, ...own);

console.log('\n$ node examples/encode-decode.mjs');
node('examples/encode-decode.mjs');

console.log('\n$ node examples/two-clients.mjs');
node('examples/two-clients.mjs');

tlgen('inspect', 'messages.sendEncrypted');
tlgen('docs', 'telegram', 'secret', '--older', old, '--out', '.cache/quickstart/docs');
console.log('  one of its pages: .cache/quickstart/docs/methods/messages.sendEncrypted.md');
tlgen('diff', old, 'schemas/telegram/api.tl', '--format', 'short');
console.log(
  '\nAfter the installation nothing here used the network. Next: npm test, npm run docs:dev, or npx tlgen --help.',
);
