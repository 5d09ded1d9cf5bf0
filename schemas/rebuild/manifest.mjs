/**
 * Brings the sha256 sums of `manifest.json` up to date:
 *
 *     node schemas/rebuild/manifest.mjs
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readJson, schemasFolder } from './packages.mjs';

/**
 * The sum of a schema's files, one after the other.
 *
 * @param {readonly string[]} files relative to `schemas/`
 */
export function schemaSum(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(schemasFolder, file)));
  return hash.digest('hex');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = join(schemasFolder, 'manifest.json');
  const manifest = readJson(file);
  for (const schema of Object.values(manifest.schemas)) schema.sha256 = schemaSum(schema.files);
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
