import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Registry } from '@tlgen/codec';
import { generate } from '../../generator/src/emit/generate.js';
import type { Schema } from '../../generator/src/schema/types.js';
import { layerText } from '../../schemas/rebuild/layers.mjs';
import { schemaOf } from './schemas.js';

const cache = fileURLToPath(new URL('../generated/', import.meta.url));
const generator = fileURLToPath(new URL('../../generator/src/', import.meta.url));
const templates = fileURLToPath(new URL('../../templates/code/', import.meta.url));

/** A schema and the classes generated from it. */
export interface Generated {
  readonly schema: Schema;
  readonly registry: Registry;
  /** Where the generated files are. */
  readonly folder: string;
}

/** Generates and compiles a package from TL text, unless the very same was done before, and loads its registry. */
export async function generatedFrom(name: string, text: string): Promise<Generated> {
  const schema = schemaOf(text, `${name}.tl`);
  const folder = join(cache, `${name}-${await fingerprint(text)}`);
  if (!existsSync(folder)) {
    const { files } = await generate({ schema, name });
    const draft = `${folder}.${process.pid}.${performance.now()}`;
    for (const [path, content] of files) {
      await mkdir(dirname(join(draft, path)), { recursive: true });
      await writeFile(join(draft, path), content);
    }
    await dropOlder(name, folder);
    // Another worker may have been faster; then its folder serves.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  }
  const file = join(folder, 'dist/generated/registry.js');
  const { registry } = (await import(pathToFileURL(file).href)) as { registry: Registry };
  return { schema, registry, folder };
}

/** An older layer of the API, as some npm package holds it. */
export async function generatedLayer(layer: number): Promise<Generated> {
  return generatedFrom(`layer${layer}`, layerText(layer));
}

/** Removes what an older generator left; not `folder`, which another worker may just have put there. */
async function dropOlder(name: string, folder: string): Promise<void> {
  const all = existsSync(cache) ? await readdir(cache) : [];
  const older = all.filter(
    (one) => one.startsWith(`${name}-`) && !one.includes('.') && join(cache, one) !== folder,
  );
  await Promise.all(older.map((one) => rm(join(cache, one), { recursive: true, force: true })));
}

/** Changes with the text and with everything that generating depends on. */
async function fingerprint(text: string): Promise<string> {
  const hash = createHash('sha256').update(text);
  for (const folder of ['emit', 'model', 'schema', 'syntax'].map((room) => join(generator, room))) {
    await addFolder(hash, folder);
  }
  await addFolder(hash, templates);
  return hash.digest('hex').slice(0, 12);
}

async function addFolder(hash: ReturnType<typeof createHash>, folder: string): Promise<void> {
  for (const file of (await readdir(folder)).sort())
    hash.update(await readFile(join(folder, file)));
}
