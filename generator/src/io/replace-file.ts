import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from './errors.js';
import { makeFolder } from './make-folder.js';

/** Writes a file so that there is always either the old or the new one, whole. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const staged = `${file}.tlgen-${process.pid}`;
  try {
    makeFolder(dirname(file));
    await writeFile(staged, text);
    await rename(staged, file);
  } catch (thrown) {
    await rm(staged, { force: true });
    const reason = (thrown as Error).message;
    throw new InputError('output-failed', `cannot write ${file}: ${reason}`, { cause: thrown });
  }
}
