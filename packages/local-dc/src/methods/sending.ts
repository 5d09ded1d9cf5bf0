import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { deleteMessages, editMessage, readHistory } from '../world/changing.js';
import { tellShort, updatesFor } from '../world/deliveries.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { mustBeMember } from '../world/groups.js';
import { inputPeer, type Target } from '../world/input.js';
import { announce, place, type Placed } from '../world/sending.js';
import { MESSAGE_LENGTH_MAX } from './limits.js';

/** Messages that are sent, changed, read and deleted. */
export const sendingMethods: readonly BuiltIn[] = [
  method(messages.SendMessageRequest, sendMessage),
  method(messages.EditMessageRequest, edit),
  method(messages.DeleteMessagesRequest, remove),
  method(messages.ReadHistoryRequest, read),
  method(messages.SetTypingRequest, setTyping),
];

function mayWrite({ user }: RequestContext, target: Target): void {
  if ('chat' in target) mustBeMember(target.chat, user);
  else if (user.token !== null && target.user.token !== null) throw badRequest('USER_IS_BOT');
}

/** @throws RpcFault `MESSAGE_EMPTY`, `MESSAGE_TOO_LONG`, `ENTITY_BOUNDS_INVALID` */
function checkText(text: string, entities: readonly tl.TypeMessageEntity[] | undefined): void {
  if (text.trim() === '') throw badRequest('MESSAGE_EMPTY');
  if (text.length > MESSAGE_LENGTH_MAX) throw badRequest('MESSAGE_TOO_LONG');
  for (const { offset, length } of entities ?? [])
    if (offset < 0 || length < 0 || offset + length > text.length)
      throw badRequest('ENTITY_BOUNDS_INVALID');
}

function sendMessage(
  request: messages.SendMessageRequest,
  context: RequestContext,
): tl.TypeUpdates {
  const { world, user, session } = context;
  const target = inputPeer(world, user, request.peer);
  mayWrite(context, target);
  const { message: text, entities, silent, randomId, replyMarkup } = request;
  checkText(text, entities);
  if (randomId === 0n) throw badRequest('RANDOM_ID_EMPTY');
  if (user.box.randomIds.has(randomId)) throw new RpcFault(500, 'RANDOM_ID_DUPLICATE');
  const replyTo =
    request.replyTo instanceof tl.InputReplyToMessage ? request.replyTo.replyToMsgId : undefined;
  if (replyTo !== undefined && user.box.letters.get(replyTo)?.peer !== target.key)
    throw badRequest('REPLY_MESSAGE_ID_INVALID');
  user.box.randomIds.add(randomId);
  const known = entities?.map((one) => resolveMention(context, one));
  const placed = place(world, user, target, {
    text,
    entities: known,
    silent,
    replyTo,
    replyMarkup,
  });
  for (const one of placed) announce(world, one, one.user === user ? session.id : undefined);
  return sent(context, placed[0] as Placed, target, randomId);
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
      : new tl.InputPeerSelf();
  const target = inputPeer(world, user, input);
  if (!('user' in target)) throw badRequest('ENTITY_MENTION_USER_INVALID');
  return new tl.MessageEntityMentionName({ offset, length, userId: target.user.id });
}

/** The sender's answer: short for plain private messages. */
function sent(
  { world, user }: RequestContext,
  { letter, pts }: Placed,
  target: Target,
  randomId: bigint,
): tl.TypeUpdates {
  const { message } = letter;
  const { id, date } = message;
  const toOther = 'user' in target && target.user !== user;
  const entities = message instanceof tl.Message ? message.entities : undefined;
  const mentions = entities?.some((one) => one instanceof tl.MessageEntityMentionName);
  if (toOther && !mentions)
    return new tl.UpdateShortSentMessage({ out: true, id, pts, ptsCount: 1, date, entities });
  return updatesFor(world, user, [
    new tl.UpdateMessageID({ id, randomId }),
    new tl.UpdateNewMessage({ message, pts, ptsCount: 1 }),
  ]);
}

function edit(request: messages.EditMessageRequest, context: RequestContext): tl.TypeUpdates {
  const { world, user, session } = context;
  const target = inputPeer(world, user, request.peer);
  const letter = user.box.letters.get(request.id);
  if (!letter || letter.peer !== target.key || !(letter.message instanceof tl.Message))
    throw badRequest('MESSAGE_ID_INVALID');
  const { message: before } = letter;
  if (!before.out && !isOwn(user.id, before)) throw new RpcFault(403, 'MESSAGE_AUTHOR_REQUIRED');
  const message = request.message ?? before.message;
  const entities = request.message === undefined ? before.entities : request.entities;
  checkText(message, entities);
  const replyMarkup = request.replyMarkup ?? before.replyMarkup;
  if (message === before.message && sameJson(entities, before.entities) && !request.replyMarkup)
    throw badRequest('MESSAGE_NOT_MODIFIED');
  const known = entities?.map((one) => resolveMention(context, one));
  const change = { message, entities: known, replyMarkup };
  const update = editMessage(world, user, letter, change, session.id);
  return updatesFor(world, user, update ? [update] : []);
}

const isOwn = (userId: bigint, { fromId }: tl.Message): boolean =>
  fromId instanceof tl.PeerUser && fromId.userId === userId;

const sameJson = (
  a: readonly tl.TypeMessageEntity[] = [],
  b: readonly tl.TypeMessageEntity[] = [],
) => JSON.stringify(a) === JSON.stringify(b);

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
  const { key } = inputPeer(world, user, peer);
  return new messages.AffectedMessages(readHistory(world, user, key, maxId, session.id));
}

function setTyping({ peer, action }: messages.SetTypingRequest, context: RequestContext): boolean {
  const { world, user } = context;
  const target = inputPeer(world, user, peer);
  mayWrite(context, target);
  if ('user' in target) {
    if (target.user !== user)
      tellShort(world, target.user, new tl.UpdateUserTyping({ userId: user.id, action }));
    return true;
  }
  const fromId = new tl.PeerUser({ userId: user.id });
  const update = new tl.UpdateChatUserTyping({ chatId: target.chat.id, fromId, action });
  for (const id of target.chat.members.keys()) {
    const member = world.user(id);
    if (member && member !== user) tellShort(world, member, update);
  }
  return true;
}
