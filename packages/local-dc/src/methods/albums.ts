import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { inputPeer } from '../world/input.js';
import { send } from '../world/outgoing.js';
import { fileMediaOf } from './file-media.js';
import { mediaOf } from './media.js';
import { answered, common, mayWrite, takeRandomId } from './sending.js';
import { captionOf } from './text.js';

/** Most items of an album. */
const ALBUM_MAX = 10;

/** Media that go together: https://core.telegram.org/api/files#albums-grouped-media. */
export const albumMethods: readonly BuiltIn[] = [
  method(messages.UploadMediaRequest, uploadMedia),
  method(messages.SendMultiMediaRequest, sendMultiMedia),
];

/** Makes a file of an upload without sending it. @throws RpcFault `MEDIA_INVALID` for media without a file, and as `mediaOf` */
function uploadMedia(
  { peer, media }: messages.UploadMediaRequest,
  context: RequestContext,
): tl.TypeMessageMedia {
  mayWrite(context, inputPeer(context.world, context.user, peer));
  const made = mediaOf(context, media);
  if (!(made instanceof tl.MessageMediaPhoto || made instanceof tl.MessageMediaDocument))
    throw badRequest('MEDIA_INVALID');
  return made;
}

/** Which kinds go together. */
type AlbumKind = 'visual' | 'music' | 'files';

/** @throws RpcFault `MEDIA_GROUPED_INVALID` for what cannot be in an album. */
function albumKind(media: tl.MessageMediaPhoto | tl.MessageMediaDocument): AlbumKind {
  if (media instanceof tl.MessageMediaPhoto) return 'visual';
  const attributes = media.document instanceof tl.Document ? media.document.attributes : [];
  const has = (check: (one: tl.TypeDocumentAttribute) => boolean): boolean =>
    attributes.some(check);
  const alone = has(
    (one) =>
      one instanceof tl.DocumentAttributeAnimated || one instanceof tl.DocumentAttributeSticker,
  );
  if (media.round || media.voice || alone) throw badRequest('MEDIA_GROUPED_INVALID');
  if (media.video) return 'visual';
  return has((one) => one instanceof tl.DocumentAttributeAudio) ? 'music' : 'files';
}

/**
 * @throws RpcFault `MEDIA_EMPTY`, `MULTI_MEDIA_TOO_LONG`, `MEDIA_INVALID` for what was not made a file before,
 * `MEDIA_GROUPED_INVALID`, `FILE_REFERENCE_X_EXPIRED` …, `RANDOM_ID_EMPTY`, `RANDOM_ID_DUPLICATE` (500).
 */
function sendMultiMedia(
  request: messages.SendMultiMediaRequest,
  context: RequestContext,
): tl.TypeUpdates {
  const { world, user, session } = context;
  const { multiMedia } = request;
  const target = inputPeer(world, user, request.peer);
  mayWrite(context, target);
  if (multiMedia.length === 0) throw badRequest('MEDIA_EMPTY');
  if (multiMedia.length > ALBUM_MAX) throw badRequest('MULTI_MEDIA_TOO_LONG');
  if ('channel' in target && target.channel.slowMode > 0 && multiMedia.length > 1)
    throw badRequest('SLOWMODE_MULTI_MSGS_DISABLED');
  const rest = common(context, target, request);
  const items = multiMedia.map(({ media: input, message, entities }, at) => {
    const stored = input instanceof tl.InputMediaPhoto || input instanceof tl.InputMediaDocument;
    const media = stored ? fileMediaOf(context, input, at) : null;
    if (!media) throw badRequest('MEDIA_INVALID');
    return { ...captionOf(context, message, entities), ...rest, media };
  });
  const kinds = new Set(items.length > 1 ? items.map(({ media }) => albumKind(media)) : []);
  if (kinds.size > 1) throw badRequest('MEDIA_GROUPED_INVALID');
  const randomIds = multiMedia.map(({ randomId }) => randomId);
  takeRandomIds(context, randomIds);
  const groupedId = items.length > 1 ? world.randomLong() : undefined;
  const all = items.map((item) => send(world, user, target, { ...item, groupedId }, session.id));
  return answered(context, all, randomIds);
}

/** All or none. @throws RpcFault `RANDOM_ID_EMPTY`, `RANDOM_ID_DUPLICATE` (500) */
export function takeRandomIds(context: RequestContext, randomIds: readonly bigint[]): void {
  const { randomIds: taken } = context.user.box;
  if (randomIds.includes(0n)) throw badRequest('RANDOM_ID_EMPTY');
  if (new Set(randomIds).size !== randomIds.length || randomIds.some((id) => taken.has(id)))
    throw new RpcFault(500, 'RANDOM_ID_DUPLICATE');
  for (const randomId of randomIds) takeRandomId(context, randomId);
}
