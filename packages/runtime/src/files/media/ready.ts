import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import type { MediaPlan, PlanOptions } from './plan-types.js';
import { isStaleReference } from '../location/index.js';
import type { MediaContext, MediaKind } from './types.js';

/** An object of type `InputMedia`, sent as it is; a photo or document in it may be given a fresh reference. */
export function readyPlan(
  context: MediaContext,
  media: base.TypeInputMedia,
  { signal }: PlanOptions,
): MediaPlan {
  let refreshed = false;
  return {
    kind: kindOfInput(media),
    size: 0,
    input: () => Promise.resolve(media),
    async again(error) {
      if (refreshed || !isStaleReference(error)) throw error;
      const found = named(media);
      if (!found) throw error;
      refreshed = true;
      const id = await context.references.freshInput(
        { media: found, origin: undefined },
        { signal },
      );
      return constructObject<base.InputMediaPhoto | base.InputMediaDocument>(
        context.schema,
        media._ as 'inputMediaPhoto',
        { ...(media as base.InputMediaPhoto), id: id as base.InputPhoto },
      );
    },
  };
}

function named(
  media: base.TypeInputMedia,
): { readonly type: 'photo' | 'document'; readonly id: bigint } | undefined {
  if (media._ === 'inputMediaPhoto' && media.id._ === 'inputPhoto') {
    return { type: 'photo', id: media.id.id };
  }
  if (media._ === 'inputMediaDocument' && media.id._ === 'inputDocument') {
    return { type: 'document', id: media.id.id };
  }
  return undefined;
}

/** undefined: none of them, or a document of which only the server knows what it is. */
function kindOfInput(media: base.TypeInputMedia): MediaKind | undefined {
  switch (media._) {
    case 'inputMediaPhoto':
    case 'inputMediaUploadedPhoto':
    case 'inputMediaPhotoExternal':
      return 'photo';
    case 'inputMediaUploadedDocument':
      return kindOfAttributes(media);
    default:
      return undefined;
  }
}

function kindOfAttributes({ attributes, forceFile }: base.InputMediaUploadedDocument): MediaKind {
  const find = <T extends base.TypeDocumentAttribute['_']>(name: T) =>
    attributes.find((one): one is Extract<base.TypeDocumentAttribute, { _: T }> => one._ === name);
  const video = find('documentAttributeVideo');
  const audio = find('documentAttributeAudio');
  if (forceFile) return 'document';
  if (find('documentAttributeSticker')) return 'sticker';
  if (find('documentAttributeAnimated')) return 'animation';
  if (video) return video.roundMessage ? 'video-note' : 'video';
  if (audio) return audio.voice ? 'voice' : 'audio';
  return 'document';
}
