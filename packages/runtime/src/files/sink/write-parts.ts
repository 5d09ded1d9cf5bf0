import type { OpenFile } from '../../platform/file-system.js';
import { FileError } from '../errors.js';
import { hostError, shownPath } from '../source/host-error.js';
import type { SaveOptions } from './types.js';

/** Bytes before the start that who goes on may need: a block of AES, and one that was written in part. */
const TAIL = 32;

/**
 * Writes what is missing, and sees to it that it is on the disk.
 *
 * @param target - for messages.
 * @returns bytes of the whole file.
 * @throws FileError `WRONG_SIZE`, `FILE_ACCESS`; what `parts` fails with.
 */
export async function writeParts(
  file: OpenFile,
  target: string,
  options: SaveOptions,
): Promise<number> {
  const { size } = options;
  const access = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw hostError(error, 'Writing', target);
    }
  };
  let position = await access(startOf(file, options));
  const tail = await access(tailBefore(file, position));
  // Also when nothing is missing: progress is told there.
  for await (const bytes of options.parts(position, tail)) {
    if (size !== undefined && position + bytes.length > size) {
      throw wrongSize(target, 'more', size);
    }
    await access(file.write(position, bytes));
    position += bytes.length;
  }
  if (size !== undefined && position !== size) throw wrongSize(target, `${position}`, size);
  await access(file.sync());
  return position;
}

/** What cannot be the beginning of the file is thrown away. */
async function startOf(file: OpenFile, { resume, size }: SaveOptions): Promise<number> {
  const there = (await file.stat()).size;
  if (resume && (size === undefined || there <= size)) return there;
  if (there > 0) await file.truncate(0);
  return 0;
}

function tailBefore(file: OpenFile, position: number): Promise<Uint8Array> {
  const length = Math.min(TAIL, position);
  if (length === 0) return Promise.resolve(new Uint8Array(0));
  return file.read(position - length, length);
}

function wrongSize(target: string, came: string, size: number): FileError {
  return new FileError(
    'WRONG_SIZE',
    `${came} bytes came for ${shownPath(target)}, which has ${size}; get it again`,
  );
}
