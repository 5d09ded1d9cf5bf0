import type { FileSystem } from '../../platform/file-system.js';
import { hostCode, hostError } from '../source/host-error.js';

/** The whole file takes the place of what has its name. */
export async function replace(fs: FileSystem, partial: string, target: string): Promise<void> {
  try {
    await fs.rename(partial, target);
  } catch (error) {
    throw hostError(error, 'Putting the file at', target);
  }
}

/**
 * The whole file gets its name, if nothing has it: not even what came to be a moment ago, and no symbolic link.
 *
 * @returns false: the name is taken.
 */
export async function putNew(fs: FileSystem, partial: string, target: string): Promise<boolean> {
  try {
    await fs.link(partial, target);
  } catch (error) {
    if (hostCode(error) === 'EEXIST') return false;
    // Not all file systems know second names, and they say so in many ways.
    return putReserved(fs, partial, target);
  }
  // It has its name; that the other one stays is no reason to fail.
  await fs.remove(partial).catch(() => {});
  return true;
}

/** An empty file keeps the name until the whole one takes its place. */
async function putReserved(fs: FileSystem, partial: string, target: string): Promise<boolean> {
  try {
    await (await fs.open(target, 'create')).close();
  } catch (error) {
    if (hostCode(error) === 'EEXIST') return false;
    throw hostError(error, 'Putting the file at', target);
  }
  try {
    await replace(fs, partial, target);
  } catch (error) {
    await fs.remove(target).catch(() => {});
    throw error;
  }
  return true;
}
