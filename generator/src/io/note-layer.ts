import { join } from 'node:path';
import type { SchemaEntry } from './config-types.js';
import { findConfig } from './config.js';
import { sha256 } from './hash.js';
import { readBytes, readJson } from './read-file.js';
import { replaceFile } from './replace-file.js';

interface JsonEntry {
  layer?: number | null;
  sha256?: string;
}

/** Brings layer and checksum of a JSON config's entry up to date after its schema was replaced. */
export async function noteNewLayer(
  entry: SchemaEntry | null,
  cwd: string,
  file: string,
  layer: number | null,
): Promise<void> {
  const config = findConfig(cwd);
  if (entry === null || config === null || !config.endsWith('.json')) return;
  if (entry.files.length !== 1 || entry.files[0] !== join(file)) return;
  const json = (await readJson(config)) as { schemas: Record<string, JsonEntry> };
  const own = json.schemas[entry.key];
  if (own === undefined) return;
  if (own.layer !== undefined && layer !== null) own.layer = layer;
  if (own.sha256 !== undefined) own.sha256 = sha256(await readBytes(file));
  await replaceFile(config, `${JSON.stringify(json, null, 2)}\n`);
}
