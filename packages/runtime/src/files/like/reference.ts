import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { inputDocumentOf, inputPhotoOf } from '../file-id/index.js';
import { FileError } from '../errors.js';
import { Fields } from '../location/fields.js';
import { findFile } from '../location/find-file.js';
import { describe } from '../location/no-file.js';
import { knownFileId } from '../file-id/index.js';

/**
 * How a photo or document at the server is named in requests.
 *
 * @param wanted - the one of the two that is needed.
 * @throws FileError `NO_FILE`, `BAD_FILE_ID`; SchemaError.
 */
export function referenceTo(
  schema: ApiSchema,
  value: unknown,
  wanted: 'photo' | 'document',
): base.InputPhoto | base.InputDocument {
  if (typeof value === 'string') {
    const id = knownFileId(value);
    if (!id) throw notAtServer(wanted, 'a text that is no file id');
    return wanted === 'photo' ? inputPhotoOf(schema, id) : inputDocumentOf(schema, id);
  }
  const fields = Fields.of(value);
  const known = fields && Object.hasOwn(LOCATIONS, fields.name) ? fields : undefined;
  const found = known ?? (fields && tlObject(fields) && findFile(fields, wanted).fields);
  if (!found) throw notAtServer(wanted, describe(value));
  const made = referenceOf(schema, found);
  const type = made?._ === 'inputPhoto' ? 'photo' : 'document';
  if (made && type === wanted) return made;
  throw new FileError('NO_FILE', `A ${wanted} is needed here, and ${found.name} is none`);
}

/** Whether an object is one that may hold a file: bytes, streams and their like are not. */
export function tlObject(fields: Fields): boolean {
  if (fields.name !== 'object') return true;
  return ['media', 'message', 'document', 'photo'].some((one) => fields.object(one) !== undefined);
}

/** Locations name the photo or document they are of. */
const LOCATIONS: Readonly<Record<string, 'photo' | 'document'>> = {
  inputPhotoFileLocation: 'photo',
  inputDocumentFileLocation: 'document',
};

/** Of the object itself; undefined when it is neither photo nor document. @throws FileError `NO_FILE`; SchemaError. */
export function referenceOf(
  schema: ApiSchema,
  object: Fields,
): base.InputPhoto | base.InputDocument | undefined {
  switch (object.name) {
    case 'photo':
    case 'inputPhoto':
    case 'inputPhotoFileLocation':
      return constructObject<base.InputPhoto>(schema, 'inputPhoto', keyOf(object));
    case 'document':
    case 'inputDocument':
    case 'inputDocumentFileLocation':
      return constructObject<base.InputDocument>(schema, 'inputDocument', keyOf(object));
    default:
      return undefined;
  }
}

function keyOf(object: Fields): { id: bigint; accessHash: bigint; fileReference: Uint8Array } {
  return {
    id: object.long('id'),
    accessHash: object.long('accessHash'),
    fileReference: object.bytes('fileReference'),
  };
}

function notAtServer(wanted: 'photo' | 'document', given: string): FileError {
  return new FileError(
    'NO_FILE',
    `A ${wanted} that is at the server is needed here, not ${given}: a message with one, its media, ` +
      `the ${wanted} itself or its Bot API file id. What is new is uploaded with messages.uploadMedia first`,
  );
}
