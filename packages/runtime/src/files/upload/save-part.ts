import type { upload } from '@tlgen/telegram';
import { construct } from '../../network/construct.js';
import { FileError } from '../errors.js';
import type { FilesContext } from '../types.js';
import { ATTEMPTS } from './limits.js';

/** A part as the server gets it. */
export interface SavedPart {
  readonly fileId: bigint;
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly small: boolean;
  /** Parts in all; −1: not known yet. Says nothing of small files. */
  readonly total: number;
}

/**
 * Resolves when the server has the part. ("Uploading and downloading files" of the protocol documents.)
 *
 * @throws what `invoke` throws; FileError `REFUSED` when the server refuses it again and again without a reason.
 */
export async function savePart(
  context: Pick<FilesContext, 'schema' | 'invoke'>,
  { fileId, index, bytes, small, total }: SavedPart,
  signal: AbortSignal,
): Promise<void> {
  const { schema } = context;
  const request = small
    ? construct<upload.SaveFilePartRequest>(schema, 'upload.saveFilePart', {
        fileId,
        filePart: index,
        bytes,
      })
    : construct<upload.SaveBigFilePartRequest>(schema, 'upload.saveBigFilePart', {
        fileId,
        filePart: index,
        fileTotalParts: total,
        bytes,
      });
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await context.invoke(request, { connection: 'media', repeatable: true, signal })) return;
    signal.throwIfAborted();
  }
  const what = `The server did not take part ${index} of the file, ${ATTEMPTS} times over`;
  throw new FileError('REFUSED', `${what}, and gave no reason: upload the file anew`);
}
