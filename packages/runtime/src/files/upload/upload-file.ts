import type { FileSource } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import type { FilesContext } from '../types.js';
import { transfer } from './transfer.js';
import type { UploadOptions } from './types.js';
import { UploadedFile } from './uploaded-file.js';

/**
 * Uploads a file: parts of 512 KiB, several at one time. Up to 10 MiB with a checksum, else as a big file; a stream of
 * unknown size is held back, up to 10 MiB of it, to know which. Beside that, memory holds one part more than are under
 * way. ("Uploading and downloading files" of the protocol documents.)
 *
 * @throws FileError `EMPTY` before anything is sent; `TOO_LARGE`, `BAD_SOURCE`, `FILE_ACCESS`, `SOURCE_CHANGED`,
 * `FETCH`, `UNSUPPORTED`; what `invoke` throws: RpcError `FILE_PARTS_INVALID` for more than this account may send;
 * AbortError, TimeoutError; CallOptionError; StorageError with `resume`; what the source or `onProgress` throws.
 */
export async function uploadFile(
  context: FilesContext,
  source: FileSource,
  options: UploadOptions = {},
): Promise<UploadedFile> {
  const done = await transfer(context, source, options, false);
  const { record, parts, md5, name, mimeType, size, head } = done;
  const { fileId: id, small } = record;
  const inputFile = small
    ? constructObject<base.InputFile>(context.schema, 'inputFile', {
        id,
        parts,
        name,
        md5Checksum: md5,
      })
    : constructObject<base.InputFileBig>(context.schema, 'inputFileBig', { id, parts, name });
  return new UploadedFile(inputFile, name, mimeType, size, head);
}
