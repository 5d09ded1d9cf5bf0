import type { base } from '@tlgen/telegram';
import { FileError } from '../errors.js';
import { openSource } from '../source/index.js';
import { uploadFile } from '../upload/index.js';
import { uploadedOf } from './file-of.js';
import type { PlanOptions } from './plan-types.js';
import type { MediaContext, ThumbLike } from './types.js';

/** Bytes that Telegram takes as a thumbnail. */
const LIMIT = 200 * 1024;

/** A thumbnail that was looked at; each call uploads it. */
export type Thumb = () => Promise<base.TypeInputFile>;

/**
 * Reads a thumbnail, all of it, and checks that it is one.
 *
 * @throws FileError `BAD_SOURCE` when it is no JPEG, `TOO_LARGE` above 200 KiB, or that it cannot be read.
 */
export async function thumbOf(
  context: MediaContext,
  thumb: ThumbLike,
  { signal, fetch }: PlanOptions,
): Promise<Thumb> {
  const uploaded = uploadedOf(context.schema, thumb);
  if (uploaded) return () => Promise.resolve(uploaded.inputFile);
  const source = await openSource(thumb as Exclude<ThumbLike, { inputFile: unknown }>, context, {
    signal,
    fetch,
  });
  let bytes: Uint8Array;
  try {
    // One more than there may be.
    bytes = (await source.read(LIMIT + 1)).slice();
  } finally {
    await source.close();
  }
  if (bytes.length > LIMIT) {
    throw new FileError(
      'TOO_LARGE',
      `The thumbnail has more than ${LIMIT / 1024} KiB: Telegram takes no larger ones. Scale it down to 320 pixels`,
    );
  }
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) {
    throw new FileError(
      'BAD_SOURCE',
      'The thumbnail is no JPEG: Telegram takes nothing else. Convert it, or leave it out',
    );
  }
  const options = { signal, name: 'thumb.jpg', mimeType: 'image/jpeg' };
  return async () => (await uploadFile(context, bytes, options)).inputFile;
}
