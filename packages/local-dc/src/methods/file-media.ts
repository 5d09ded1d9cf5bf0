import * as tl from '@tlgen/telegram';
import type { RequestContext } from '../dispatch/types.js';
import { badRequest } from '../world/fault.js';
import { inputDocument, inputPhoto } from '../world/files/inputs.js';
import { messageMediaOf } from '../world/files/message-media.js';
import { newDocument, newPhoto } from '../world/files/uploaded.js';

/** Seconds after which media may delete themselves; and the value for "once". */
const TTL_MAX = 60;
const ONCE = 0x7fffffff;

/**
 * Media with a file, as a message holds them; null for other media.
 *
 * @param at - where in an album it is.
 * @throws RpcFault those of uploads, photos and references; `WEBPAGE_CURL_FAILED` for what would have to be fetched:
 * a data center in a test reaches nobody. `TTL_MEDIA_INVALID`.
 */
export function fileMediaOf(
  context: RequestContext,
  input: tl.TypeInputMedia,
  at?: number,
): tl.MessageMediaPhoto | tl.MessageMediaDocument | null {
  const { world, user } = context;
  if ('ttlSeconds' in input && input.ttlSeconds !== undefined) {
    const { ttlSeconds } = input;
    if (ttlSeconds !== ONCE && (ttlSeconds < 1 || ttlSeconds > TTL_MAX))
      throw badRequest('TTL_MEDIA_INVALID');
  }
  if (
    input instanceof tl.InputMediaPhotoExternal ||
    input instanceof tl.InputMediaDocumentExternal
  ) {
    if (!/^https?:\/\/\S+$/.test(input.url)) throw badRequest('WEBPAGE_URL_INVALID');
    throw badRequest('WEBPAGE_CURL_FAILED');
  }
  if (input instanceof tl.InputMediaUploadedPhoto)
    return messageMediaOf(world, newPhoto(world, user, input.file), input);
  if (input instanceof tl.InputMediaPhoto)
    return messageMediaOf(world, inputPhoto(world, user, input.id, at), input);
  if (input instanceof tl.InputMediaUploadedDocument) {
    const cover = coverOf(context, input);
    return messageMediaOf(world, newDocument(world, user, input), input, cover);
  }
  if (input instanceof tl.InputMediaDocument) {
    const cover = coverOf(context, input);
    return messageMediaOf(world, inputDocument(world, user, input.id, at), input, cover);
  }
  return null;
}

const coverOf = (
  { world, user }: RequestContext,
  { videoCover }: { readonly videoCover?: tl.TypeInputPhoto | undefined },
) => (videoCover ? inputPhoto(world, user, videoCover) : undefined);
