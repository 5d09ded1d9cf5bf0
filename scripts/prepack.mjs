// Puts what stands beside the generator in this repository into its folder, so that the npm package is complete.
import { cpSync, rmSync } from 'node:fs';
import { root } from './tools.mjs';

for (const name of ['templates', 'schemas']) {
  const target = `${root}generator/${name}`;
  rmSync(target, { recursive: true, force: true });
  cpSync(`${root}${name}`, target, { recursive: true });
}
