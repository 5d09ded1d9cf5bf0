import type { CallOptions, TlObject } from '@tlgen/codec';
import { downloadParts } from '../download/index.js';
import { FileError } from '../errors.js';
import { Fields } from '../location/fields.js';
import { suggestedName, type RemoteFile } from '../location/index.js';
import { uploadFile, type UploadedFile } from '../upload/index.js';
import type { FileConverterContext } from './context.js';

const INPUT_FILES: ReadonlySet<string> = new Set([
  'inputFile',
  'inputFileBig',
  'inputFileStoryDocument',
]);

/**
 * What was uploaded before: an object of type `InputFile`, or one that has it in `inputFile`.
 *
 * @returns undefined for what is none.
 * @throws FileError `NO_FILE` for a file that was encrypted for a secret chat.
 */
export function uploadedBefore(value: unknown): TlObject | undefined {
  const fields = Fields.of(value);
  if (!fields) return undefined;
  if (INPUT_FILES.has(fields.name)) return value as TlObject;
  const held = fields.object('inputFile');
  if (!held) return undefined;
  if (INPUT_FILES.has(held.name)) return fields.raw('inputFile') as TlObject;
  throw new FileError(
    'NO_FILE',
    `${held.name} was uploaded for a secret chat: upload the file again, without encryption`,
  );
}

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
