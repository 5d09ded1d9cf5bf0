import * as tl from '@tlgen/telegram';
import type { RequestContext } from '../dispatch/types.js';
import { badRequest } from '../world/fault.js';
import { inputPeer } from '../world/input.js';
import { CAPTION_LENGTH_MAX, MESSAGE_LENGTH_MAX, keptText, type KeptText } from '../world/texts.js';

/** The text of a message as it is kept. @throws RpcFault as `keptText`, and `ENTITY_MENTION_USER_INVALID`. */
export function textOf(
  context: RequestContext,
  message: string,
  entities: readonly tl.TypeMessageEntity[] | undefined,
): KeptText {
  const limits = { empty: false, most: MESSAGE_LENGTH_MAX, tooLong: 'MESSAGE_TOO_LONG' };
  const known = entities?.map((one) => resolveMention(context, one));
  return keptText(message, known, limits);
}

/** What is said with media: nothing, or up to 1024 units. @throws RpcFault `MEDIA_CAPTION_TOO_LONG` and as above. */
export function captionOf(
  context: RequestContext,
  message: string,
  entities: readonly tl.TypeMessageEntity[] | undefined,
): KeptText {
  const limits = { empty: true, most: CAPTION_LENGTH_MAX, tooLong: 'MEDIA_CAPTION_TOO_LONG' };
  const known = entities?.map((one) => resolveMention(context, one));
  return keptText(message, known, limits);
}

/** Mentions come with the mentioned user's access hash and are stored without. */
function resolveMention(
  { world, user }: RequestContext,
  entity: tl.TypeMessageEntity,
): tl.TypeMessageEntity {
  if (!(entity instanceof tl.InputMessageEntityMentionName)) return entity;
  const { offset, length, userId } = entity;
  const input =
    userId instanceof tl.InputUser
      ? new tl.InputPeerUser({ userId: userId.userId, accessHash: userId.accessHash })
      : userId instanceof tl.InputUserFromMessage
        ? new tl.InputPeerUserFromMessage(userId)
        : new tl.InputPeerSelf();
  const target = inputPeer(world, user, input);
  if (!('user' in target)) throw badRequest('ENTITY_MENTION_USER_INVALID');
  return new tl.MessageEntityMentionName({ offset, length, userId: target.user.id });
}
