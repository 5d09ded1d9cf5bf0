import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the file in which a run notes what it wrote. */
export const OUT_MANIFEST = '.tlgen-manifest.json';

/** What a run wrote into a folder. It holds no times and no machine's paths: same input, same bytes. */
export interface OutManifest {
  /** Of everything that went in; null when the files were not written by `generate`. */
  readonly fingerprint: string | null;
  /** Path inside the folder (with `/`) → sha256. */
  readonly files: Readonly<Record<string, string>>;
}

const NOTHING: OutManifest = { fingerprint: null, files: {} };

/** Reads a folder's manifest; an absent or broken one counts as empty. */
export function readManifest(folder: string, name = OUT_MANIFEST): OutManifest {
  try {
    const value = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Partial<OutManifest>;
    if (typeof value.files !== 'object' || value.files === null) return NOTHING;
    // A path that leaves the folder is not ours, whoever wrote it there.
    const files = Object.entries(value.files).filter(([path]) => isInside(path));
    return { fingerprint: value.fingerprint ?? null, files: Object.fromEntries(files) };
  } catch {
    return NOTHING;
  }
}

/** The manifest as text, its paths sorted. */
export function manifestText({ fingerprint, files }: OutManifest): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ fingerprint, files: Object.fromEntries(sorted) }, null, 1)}\n`;
}

/** Whether a path with `/` stays inside the folder it is relative to. */
export function isInside(path: string): boolean {
  return path !== '' && !/^[/\\]|^[A-Za-z]:|\\/.test(path) && !path.split('/').includes('..');
}
