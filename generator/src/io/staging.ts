import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './make-folder.js';
import { manifestText, readManifest, type OutManifest } from './out-manifest.js';

const PREFIX = '.tlgen-staging-';
const JOURNAL = 'journal.json';

/** A folder inside the output folder where a run writes before anything is touched. */
export class Staging {
  private readonly made = new Set<string>();

  private constructor(private readonly folder: string) {}

  /** Makes a staging folder. */
  static create(out: string): Staging {
    const folder = join(out, `${PREFIX}${process.pid}`);
    rmSync(folder, { recursive: true, force: true });
    makeFolder(join(folder, 'new'));
    return new Staging(folder);
  }

  /**
   * Removes what runs that died left behind.
   *
   * @returns sha256 by path of the files they may have put into place already: those are ours.
   */
  static clean(out: string): Readonly<Record<string, string>> {
    const ours: Record<string, string> = {};
    for (const name of listOf(out)) {
      if (!name.startsWith(PREFIX) || isAlive(Number(name.slice(PREFIX.length)))) continue;
      Object.assign(ours, readManifest(join(out, name), JOURNAL).files);
      rmSync(join(out, name), { recursive: true, force: true });
    }
    return ours;
  }

  /** Where replaced files wait. */
  get backup(): string {
    return join(this.folder, 'old');
  }

  /** Writes a file; returns where it is. Synchronous: thousands of small files take half the time so. */
  write(path: string, content: string): string {
    const file = join(this.folder, 'new', path);
    const folder = dirname(file);
    if (!this.made.has(folder)) makeFolder(folder);
    this.made.add(folder);
    writeFileSync(file, content);
    return file;
  }

  /** Notes what is about to be put into place, for `clean` of a later run. */
  note(manifest: OutManifest): void {
    writeFileSync(join(this.folder, JOURNAL), manifestText(manifest));
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
