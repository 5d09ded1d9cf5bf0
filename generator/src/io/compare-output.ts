import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './hash.js';
import { readManifest } from './out-manifest.js';

/** How a folder differs from what would be written into it. All lists are sorted. */
export interface OutputDifference {
  readonly missing: readonly string[];
  readonly differing: readonly string[];
  /** Of `differing`, what tlgen did not write so: another run overwrites it only with `force`. */
  readonly edited: readonly string[];
  /** Written by an earlier run, not by this one. */
  readonly stale: readonly string[];
}

/** Compares files in memory with a folder. */
export function compareOutput(
  folder: string,
  files: ReadonlyMap<string, string>,
): OutputDifference {
  const missing: string[] = [];
  const differing: string[] = [];
  for (const [path, content] of files) {
    const now = contentOf(folder, path);
    if (now === null) missing.push(path);
    else if (!Buffer.from(content).equals(now)) differing.push(path);
  }
  const before = readManifest(folder).files;
  const edited = differing.filter((path) => hashOf(folder, path) !== before[path]);
  const stale = Object.keys(before).filter(
    (path) => !files.has(path) && contentOf(folder, path) !== null,
  );
  return {
    missing: missing.sort(),
    differing: differing.sort(),
    edited: edited.sort(),
    stale: stale.sort(),
  };
}

/** A file's content; null when there is none. */
export function contentOf(folder: string, path: string): Buffer | null {
  try {
    return readFileSync(join(folder, path));
  } catch {
    return null;
  }
}

/** A file's sha256; null when there is none. */
export function hashOf(folder: string, path: string): string | null {
  const content = contentOf(folder, path);
  return content === null ? null : sha256(content);
}
