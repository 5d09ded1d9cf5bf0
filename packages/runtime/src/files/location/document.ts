import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { readAttributes } from './attributes.js';
import type { Fields } from './fields.js';
import { documentIdentity } from './identity.js';
import { noFile } from './no-file.js';
import { chooseSize, sizesIn } from './sizes.js';
import type { FileOrigin, RemoteFile } from './types.js';

/**
 * A `document`, or a thumbnail of it. Stickers come from their set where nothing better is known.
 *
 * @throws FileError `NO_FILE`; SchemaError.
 */
export function locateDocument(
  schema: ApiSchema,
  document: Fields,
  thumb: string | undefined,
  origin: FileOrigin | undefined,
): RemoteFile {
  const { kind, name, size, set } = readAttributes(document);
  const id = document.long('id');
  const common = {
    dc: document.dc('dcId'),
    date: document.int('date'),
    origin: origin ?? set,
  };
  if (!thumb) {
    return {
      ...common,
      kind,
      location: locationOf(schema, document, id, ''),
      size: document.size('size'),
      name,
      mimeType: document.text('mimeType'),
      media: { type: 'document', id },
      thumbSize: '',
      identity: documentIdentity(id, ''),
    };
  }
  const sizes = sizesIn(document.objects('thumbs'), document.objects('videoThumbs'), size);
  const chosen = chooseSize(sizes, thumb, 'document');
  const { letter } = chosen;
  const bytes = chosen.content?.();
  const picture = {
    ...common,
    kind: 'thumbnail' as const,
    size: bytes?.length ?? chosen.size,
    name: undefined,
    mimeType: chosen.mimeType ?? (kind === 'sticker' ? 'image/webp' : 'image/jpeg'),
    thumbSize: letter,
    identity: documentIdentity(id, letter),
  };
  if (bytes) return { ...picture, location: null, bytes };
  const location = locationOf(schema, document, id, letter);
  return { ...picture, location, media: { type: 'document', id } };
}

/**
 * An `inputDocument`: of it, only the place is known.
 *
 * @throws FileError `NO_FILE`; SchemaError.
 */
export function locateInputDocument(
  schema: ApiSchema,
  document: Fields,
  thumb: string | undefined,
  origin: FileOrigin | undefined,
): RemoteFile {
  const letter = thumb ?? '';
  if (letter.length > 8 || letter === 'largest') {
    throw noFile(
      'inputDocument does not say which thumbnails there are: name one by its letter (thumb: "m"), or pass the document itself',
    );
  }
  const id = document.long('id');
  return {
    kind: letter === '' ? 'document' : 'thumbnail',
    dc: undefined,
    location: locationOf(schema, document, id, letter),
    size: undefined,
    name: undefined,
    mimeType: undefined,
    date: undefined,
    media: { type: 'document', id },
    thumbSize: letter,
    origin,
    identity: documentIdentity(id, letter),
  };
}

function locationOf(
  schema: ApiSchema,
  document: Fields,
  id: bigint,
  thumbSize: string,
): base.InputDocumentFileLocation {
  return constructObject<base.InputDocumentFileLocation>(schema, 'inputDocumentFileLocation', {
    id,
    accessHash: document.long('accessHash'),
    fileReference: document.bytes('fileReference'),
    thumbSize,
  });
}
