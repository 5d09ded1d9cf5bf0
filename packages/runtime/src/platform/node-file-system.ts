import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileStat, FileSystem } from './file-system.js';
import { NodeFile, statOf } from './node-file.js';

const { O_CREAT, O_EXCL, O_RDONLY, O_RDWR } = constants;
/** Not known to Windows: nothing is asked for there. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;

const FLAGS = {
  // Opening a pipe that nobody writes to would wait for ever, and keep a thread.
  read: O_RDONLY | O_NONBLOCK,
  create: O_RDWR | O_CREAT | O_EXCL,
  // What is written to is the file itself, not what somebody made it lead to.
  update: O_RDWR | O_CREAT | O_NOFOLLOW,
} as const;

/**
 * Files by node:fs. Paths of directories are absolute, so that a change of the working directory does not matter later.
 * `update` fails with `ELOOP` for symbolic links; what is neither file nor directory is not opened (`EINVAL`).
 */
export const nodeFileSystem: FileSystem = {
  async open(file, mode) {
    const handle = await fs.open(file, FLAGS[mode]);
    const found = await handle.stat().catch(() => null);
    if (found === null || found.isFile() || found.isDirectory()) return new NodeFile(handle);
    await handle.close();
    throw Object.assign(new Error('It is neither a file nor a directory'), { code: 'EINVAL' });
  },
  stat: (file) => statIfThere(file),
  rename: (from, to) => fs.rename(from, to),
  link: (from, to) => fs.link(from, to),
  remove: (file) => fs.rm(file, { force: true }),
  baseName: (file) => path.basename(file),
  directoryOf: (file) => path.dirname(path.resolve(file)),
  join: (directory, name) => path.join(directory, name),
  pathOf: (url) => fileURLToPath(url),
};

async function statIfThere(file: string): Promise<FileStat | null> {
  try {
    return statOf(await fs.stat(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
