import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from './version.js';

/** The folder of the schemas that come with tlgen, beside or inside its package; null where they were taken away. */
export function bundledFolder(): string | null {
  const root = packageRoot();
  const folders = [dirname(root), root].map((folder) => join(folder, 'schemas'));
  return folders.find((folder) => existsSync(join(folder, 'manifest.json'))) ?? null;
}
