import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from './errors.js';

/**
 * Makes a folder and the ones above it. Node's own `recursive` never returns where a file system has folders that
 * nothing can be made in, such as /proc; here every step is tried once.
 *
 * @throws the system's error.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  for (let at = folder; !isFolder(at); at = dirname(at)) {
    missing.push(at);
    if (dirname(at) === at) break;
  }
  for (const one of missing.reverse()) {
    try {
      mkdirSync(one);
    } catch (thrown) {
      // Someone else may have been faster.
      if (systemCode(thrown) !== 'EEXIST' || !isFolder(one)) throw thrown;
    }
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
