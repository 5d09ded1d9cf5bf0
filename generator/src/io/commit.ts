import { existsSync, renameSync, rmSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from './make-folder.js';

/** One file to put into place or, without `staged`, to take away. */
export interface Change {
  readonly path: string;
  /** The file that holds the new content. */
  readonly staged: string | null;
}

/** File operations that a commit uses; tests make them fail. */
export interface CommitOps {
  rename(from: string, to: string): void;
}

export const realOps: CommitOps = { rename: renameSync };

/**
 * Puts all changes into place, or none: what is replaced waits in `backup` until the last rename is done, and goes back
 * when one fails. All calls are synchronous, so that a signal handler cannot run in between.
 */
export function commit(
  folder: string,
  changes: readonly Change[],
  backup: string,
  ops: CommitOps,
): void {
  const undo: (() => void)[] = [];
  try {
    for (const { path, staged } of changes) {
      const target = join(folder, path);
      if (existsSync(target)) {
        const kept = join(backup, path);
        makeFolder(dirname(kept));
        ops.rename(target, kept);
        undo.push(() => renameSync(kept, target));
      }
      if (staged === null) continue;
      makeFolder(dirname(target));
      ops.rename(staged, target);
      undo.push(() => rmSync(target, { force: true }));
    }
  } catch (thrown) {
    for (const step of undo.reverse()) step();
    throw thrown;
  }
  for (const { path, staged } of changes) if (staged === null) dropEmpty(folder, dirname(path));
}

/** Removes folders that pruning left empty. */
function dropEmpty(folder: string, path: string): void {
  for (let at = path; at !== '.' && at !== ''; at = dirname(at)) {
    try {
      rmdirSync(join(folder, at));
    } catch {
      return;
    }
  }
}
