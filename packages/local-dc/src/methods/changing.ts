import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { deleteMessages, editMessage, readHistory } from '../world/changing.js';
import { editPost, readChannel } from '../world/channels/changing.js';
import { adminRights } from '../world/channels/rights.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { boxOf, inputPeer, type Target } from '../world/input.js';
import type { Letter } from '../world/types.js';
import { checkMarkup } from './markup.js';
import { mediaOf } from './media.js';
import { captionOf, textOf } from './text.js';

/** Messages that are changed, read and deleted. */
export const changingMethods: readonly BuiltIn[] = [
  method(messages.EditMessageRequest, edit),
  method(messages.DeleteMessagesRequest, remove),
  method(messages.ReadHistoryRequest, read),
];

/** @throws RpcFault `MESSAGE_AUTHOR_REQUIRED` (403) for messages of others, unless an admin may edit them. */
function mustOwn({ user }: RequestContext, target: Target, letter: Letter): void {
  const { fromId, out } = letter.message;
  if (out || letter.senderId === user.id) return;
  if (fromId instanceof tl.PeerUser && fromId.userId === user.id) return;
  const rights = 'channel' in target ? adminRights(target.channel, user.id) : null;
  if (!(letter.message.post && rights?.editMessages))
    throw new RpcFault(403, 'MESSAGE_AUTHOR_REQUIRED');
}

function edit(request: messages.EditMessageRequest, context: RequestContext): tl.TypeUpdates {
  const { world, user, session } = context;
  const target = inputPeer(world, user, request.peer);
  const letter = boxOf(user, target).letters.get(request.id);
  if (!letter || letter.peer !== target.key || !(letter.message instanceof tl.Message))
    throw badRequest('MESSAGE_ID_INVALID');
  const { message: before } = letter;
  mustOwn(context, target, letter);
  checkMarkup(request.replyMarkup);
  const media = request.media ? mediaOf(context, request.media) : before.media;
  const kept =
    request.message === undefined
      ? { text: before.message, entities: before.entities }
      : (media ? captionOf : textOf)(context, request.message, request.entities);
  const { text: message, entities } = kept;
  const replyMarkup = request.replyMarkup ?? before.replyMarkup;
  const same = message === before.message && sameJson(entities, before.entities);
  if (same && !request.replyMarkup && !request.media) throw badRequest('MESSAGE_NOT_MODIFIED');
  const change = { message, entities, replyMarkup, media };
  const update =
    'channel' in target
      ? editPost(world, user, target.channel, letter, change, session.id)
      : editMessage(world, user, letter, change, session.id);
  return updatesFor(world, user, update ? [update] : []);
}

const text = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? `${value}` : value;
const sameJson = (
  a: readonly tl.TypeMessageEntity[] = [],
  b: readonly tl.TypeMessageEntity[] = [],
): boolean => JSON.stringify(a, text) === JSON.stringify(b, text);

function remove(
  { id, revoke }: messages.DeleteMessagesRequest,
  { world, user, session }: RequestContext,
): messages.TypeAffectedMessages {
  return new messages.AffectedMessages(deleteMessages(world, user, id, revoke, session.id));
}

function read(
  { peer, maxId }: messages.ReadHistoryRequest,
  { world, user, session }: RequestContext,
): messages.TypeAffectedMessages {
  const target = inputPeer(world, user, peer);
  if (!('channel' in target))
    return new messages.AffectedMessages(readHistory(world, user, target.key, maxId, session.id));
  readChannel(world, user, target.channel, maxId, session.id);
  return new messages.AffectedMessages({ pts: target.channel.box.pts, ptsCount: 0 });
}
