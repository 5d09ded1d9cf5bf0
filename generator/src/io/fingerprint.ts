import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf } from './compare-output.js';
import { readManifest } from './out-manifest.js';
import { packageRoot } from './version.js';

let own: string | null = null;

/** Hash of the generator itself: its code and its templates. */
function ownHash(): string {
  if (own !== null) return own;
  const hash = createHash('sha256');
  const here = dirname(dirname(fileURLToPath(import.meta.url)));
  const root = packageRoot();
  // In the repository the templates stand beside the generator, in the npm package inside it.
  for (const folder of [here, join(root, 'templates'), join(dirname(root), 'templates')]) {
    for (const file of filesOf(folder)) hash.update(file).update(readFileSync(join(folder, file)));
  }
  return (own = hash.digest('hex'));
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(
        (one) => one.isFile() && /\.(?:js|hbs|ts)$/.test(one.name) && !one.name.endsWith('.d.ts'),
      )
      .map((one) => join(one.parentPath, one.name).slice(folder.length))
      .sort();
  } catch {
    return [];
  }
}

/** Names a run by everything that goes in: inputs, options, and the generator's own code and templates. */
export function fingerprintOf(
  inputs: readonly (string | Uint8Array)[],
  options: Readonly<Record<string, unknown>>,
): string {
  const hash = createHash('sha256').update(ownHash()).update(JSON.stringify(options));
  for (const input of inputs) hash.update(`\0${input.length}\0`).update(input);
  return hash.digest('hex');
}

/** Whether a folder holds exactly what a run with this fingerprint wrote. */
export function isUpToDate(folder: string, fingerprint: string): boolean {
  const manifest = readManifest(folder);
  if (manifest.fingerprint !== fingerprint) return false;
  return Object.entries(manifest.files).every(([path, hash]) => hashOf(folder, path) === hash);
}
