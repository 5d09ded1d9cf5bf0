import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { FileError } from '../files/errors.js';
import { constructObject } from '../network/construct.js';

/** Whether albums take it as it is: a photo or document that is one at the server. */
export function isPlaced(media: base.TypeInputMedia): boolean {
  return media._ === 'inputMediaPhoto' || media._ === 'inputMediaDocument';
}

/**
 * What the server made of an upload, as albums take it.
 *
 * @param media - what was uploaded: what is not of the file but of its message is taken from it.
 * @throws FileError `NO_FILE` when the server made nothing of it.
 */
export function placedMedia(
  schema: ApiSchema,
  media: base.TypeInputMedia,
  made: base.TypeMessageMedia,
): base.TypeInputMedia {
  const own = media as Partial<base.InputMediaUploadedDocument>;
  const { spoiler, ttlSeconds, videoCover, videoTimestamp } = own;
  if (made._ === 'messageMediaPhoto' && made.photo?._ === 'photo') {
    const { id, accessHash, fileReference } = made.photo;
    return constructObject<base.InputMediaPhoto>(schema, 'inputMediaPhoto', {
      id: constructObject<base.InputPhoto>(schema, 'inputPhoto', { id, accessHash, fileReference }),
      spoiler,
      ttlSeconds,
    });
  }
  if (made._ === 'messageMediaDocument' && made.document?._ === 'document') {
    const { id, accessHash, fileReference } = made.document;
    return constructObject<base.InputMediaDocument>(schema, 'inputMediaDocument', {
      id: constructObject<base.InputDocument>(schema, 'inputDocument', {
        id,
        accessHash,
        fileReference,
      }),
      spoiler,
      ttlSeconds,
      videoCover,
      videoTimestamp,
    });
  }
  throw new FileError(
    'NO_FILE',
    `The server made ${made._} of a file of the album, and no photo or document: send it by itself`,
  );
}
