import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledFolder } from './bundled-folder.js';
import { loadConfig } from './config.js';
import type { LoadedConfig } from './config-types.js';
import { packageRoot } from './version.js';

/** The schemas that come with tlgen; null where they were taken away. */
export async function loadBundled(): Promise<LoadedConfig | null> {
  const folder = bundledFolder();
  return folder === null ? null : loadConfig(packageRoot(), join(folder, 'manifest.json'));
}

/** What is known of odd ids in these files, when they are a bundled schema or a copy of one: `name#id` → reason. */
export async function bundledExceptions(
  files: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const config = await loadBundled();
  for (const entry of config?.entries ?? []) {
    if (await haveSameContent(entry.files, files)) return entry.idExceptions;
  }
  return {};
}

async function haveSameContent(a: readonly string[], b: readonly string[]): Promise<boolean> {
  if (a.length !== b.length) return false;
  for (const [i, file] of a.entries()) {
    const other = b[i] as string;
    if (file !== other && !(await readFile(file)).equals(await readFile(other))) return false;
  }
  return true;
}
