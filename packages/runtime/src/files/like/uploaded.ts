import type { CallOptions } from '@tlgen/codec';
import { downloadParts } from '../download/index.js';
import { suggestedName, type RemoteFile } from '../location/index.js';
import { uploadFile, type UploadedFile } from '../upload/index.js';
import type { FileConverterContext } from './context.js';

/** A file of the server as a new one: downloaded and uploaded at the same time, whatever its size. */
export function uploadAgain(
  context: FileConverterContext,
  file: RemoteFile,
  { signal, timeout }: CallOptions,
): Promise<UploadedFile> {
  return context.cancellable({ signal, timeout }, 'sending a file on', (inner) =>
    uploadFile(context, downloadParts(context, file, { signal: inner }), {
      name: suggestedName(file),
      mimeType: file.mimeType,
      size: file.size,
      signal: inner,
    }),
  );
}
