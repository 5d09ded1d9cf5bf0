import { badFileId } from './bad-file-id.js';
import type { BodyReader } from './body-reader.js';
import { BodyWriter } from './body-writer.js';
import { FILE_TYPES } from './file-types.js';
import type { GeneratedFileId } from './types.js';

/** Reads the content of an id of a generated thumbnail; a unique id has the same. */
export function readGenerated(reader: BodyReader): GeneratedFileId {
  const number = reader.int('type');
  const type = FILE_TYPES[number];
  if (type !== 'thumbnail' && type !== 'encrypted-thumbnail') {
    throw badFileId(
      `The id of a generated file is of type ${number}: only thumbnails are generated`,
    );
  }
  const path = reader.string('path');
  const conversion = reader.string('conversion');
  reader.end();
  return { kind: 'generated', version: 3, type, path, conversion };
}

/** The content of an id of a generated thumbnail. */
export function printGenerated(
  id: Pick<GeneratedFileId, 'type' | 'path' | 'conversion'>,
): Uint8Array {
  if (id.type !== 'thumbnail' && id.type !== 'encrypted-thumbnail') {
    throw badFileId('Only thumbnails are generated');
  }
  const writer = new BodyWriter();
  writer.int(FILE_TYPES.indexOf(id.type), 'type');
  writer.string(id.path, 'path');
  writer.string(id.conversion, 'conversion');
  return writer.finish();
}
