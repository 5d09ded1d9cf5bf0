import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import type { Fields } from './fields.js';
import { noFile } from './no-file.js';
import { chooseSize, sizesIn } from './sizes.js';
import type { RemoteFile } from './types.js';

/**
 * The picture of a `stickerSet`. The server has one in the format of the set (WebP, TGS or WebM), whatever the size.
 *
 * @throws FileError `NO_FILE`; SchemaError.
 */
export function locateSetPicture(
  schema: ApiSchema,
  set: Fields,
  thumb: string | undefined,
): RemoteFile {
  const sizes = sizesIn(set.objects('thumbs'), []);
  if (sizes.length === 0) {
    const custom = set.raw('thumbDocumentId') !== undefined;
    throw noFile(
      custom
        ? 'stickerSet has a custom emoji for a picture: download the document thumbDocumentId of messages.getCustomEmojiDocuments'
        : 'stickerSet has no picture of its own: clients show its first sticker',
    );
  }
  const chosen = chooseSize(sizes, thumb || 'largest', 'stickerSet');
  const { letter, grade, mimeType } = chosen;
  const bytes = chosen.content?.();
  const id = set.long('id');
  const thumbVersion = set.int('thumbVersion') ?? 0;
  const common = {
    kind: 'thumbnail' as const,
    dc: set.dc('thumbDcId'),
    name: undefined,
    mimeType,
    date: undefined,
    thumbSize: letter,
    identity: `sticker-set:${id}:${thumbVersion}${grade === 'whole' ? '' : `:${letter}`}`,
  };
  if (bytes) return { ...common, location: null, size: bytes.length, bytes };
  const stickerset = constructObject<base.InputStickerSetID>(schema, 'inputStickerSetID', {
    id,
    accessHash: set.long('accessHash'),
  });
  const location = constructObject<base.InputStickerSetThumb>(schema, 'inputStickerSetThumb', {
    stickerset,
    thumbVersion,
  });
  return { ...common, location, size: chosen.size };
}
