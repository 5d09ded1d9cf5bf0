import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Milliseconds between times that are the same: what is lost when a file is given another's. */
const SAME = 0.01;

/**
 * The folder of the finished site. Files that stay the same are not touched, which is several times as fast as writing
 * thousands anew and lets a server go on meanwhile.
 */
export class OutFolder {
  readonly #root: string;
  /** Files that were there and have not been written. */
  readonly #stale = new Set<string>();
  readonly #made = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    if (!existsSync(root)) return;
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
      if (!entry.isDirectory())
        this.#stale.add(relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  }

  /** Writes a file below the folder, unless it has that content already. */
  write(path: string, content: Uint8Array): void {
    const file = join(this.#root, path);
    const isThere = this.#stale.delete(path);
    if (isThere && statSync(file).size === content.length && readFileSync(file).equals(content))
      return;
    this.#makeFolderOf(file);
    writeFileSync(file, content);
  }

  /**
   * Copies a file below the folder, with its time. A copy of the same time and size stays: reading thousands costs half a
   * second, and being newer proves nothing (the folder may come from a cache). Gives the size.
   */
  copy(path: string, source: string): number {
    const file = join(this.#root, path);
    const { size, mtimeMs } = statSync(source);
    if (this.#stale.delete(path)) {
      const old = statSync(file);
      if (old.size === size && Math.abs(old.mtimeMs - mtimeMs) < SAME) return size;
    }
    this.#makeFolderOf(file);
    copyFileSync(source, file);
    utimesSync(file, mtimeMs / 1000, mtimeMs / 1000);
    return size;
  }

  /** Lets a file stay that another thread wrote. */
  keep(path: string): void {
    this.#stale.delete(path);
  }

  #makeFolderOf(file: string): void {
    const folder = dirname(file);
    if (!this.#made.has(folder)) mkdirSync(folder, { recursive: true });
    this.#made.add(folder);
  }

  /** Removes files that were not written, and folders that are empty then. */
  prune(): void {
    for (const path of this.#stale) {
      rmSync(join(this.#root, path));
      let folder = dirname(join(this.#root, path));
      while (folder !== this.#root && readdirSync(folder).length === 0) {
        rmdirSync(folder);
        folder = dirname(folder);
      }
    }
    this.#stale.clear();
  }
}
