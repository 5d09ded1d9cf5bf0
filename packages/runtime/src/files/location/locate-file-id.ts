import type { ApiSchema } from '@tlgen/codec';
import { fileKindOf, inputLocationOf, parseFileId } from '../file-id/index.js';
import { FileError } from '../errors.js';
import { Fields } from './fields.js';
import { identityOf } from './identity.js';
import { noFile } from './no-file.js';
import type { LocateOptions, RemoteFile } from './types.js';

/**
 * The file that a Bot API file id names.
 *
 * @throws FileError `BAD_FILE_ID`, `NO_FILE`; SchemaError.
 */
export function locateFileId(
  schema: ApiSchema,
  id: string,
  { thumb, origin }: LocateOptions,
): RemoteFile {
  const fileId = parseFileId(id);
  const { dc, location, thumbSize, media } = inputLocationOf(schema, fileId);
  if (thumb && thumb !== thumbSize) {
    throw noFile(
      'A file id names one size of a file: leave thumb out, or use the file id of that size',
    );
  }
  const fields = Fields.of(location);
  const identity = fields && identityOf(fields);
  if (identity === undefined) {
    throw new FileError(
      'BAD_FILE_ID',
      'The file id names no place at the server: give the message or the media that it came with',
    );
  }
  return {
    kind: fileKindOf(fileId.type),
    dc,
    location,
    size: undefined,
    name: undefined,
    mimeType: undefined,
    date: undefined,
    media,
    thumbSize,
    origin,
    identity,
  };
}
