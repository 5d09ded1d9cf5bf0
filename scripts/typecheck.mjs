// Checks every package, the generated ones included, with TypeScript 7 and with TypeScript 6.
import { node, tsc6, tsc7 } from './tools.mjs';
import './build.mjs';

for (const tsc of [tsc7, tsc6]) {
  node(tsc, '-p', 'packages/codec', '--noEmit');
  node(tsc, '-p', 'generator', '--noEmit');
  node(tsc, '-p', 'packages/runtime', '--noEmit');
  node(tsc, '-p', 'packages/local-dc', '--noEmit');
  for (const name of ['mtproto', 'secret', 'calls', 'telegram'])
    node(tsc, '-p', `packages/${name}`);
  node(tsc, '-p', 'docs-site', '--noEmit');
  node(tsc, '-p', 'docs-site/theme');
  node(tsc, '-p', 'test');
}
console.log('Types are right, by TypeScript 6 and 7.');
