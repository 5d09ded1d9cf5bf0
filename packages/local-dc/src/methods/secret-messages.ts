import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { tell, tellShort } from '../world/deliveries.js';
import { badRequest } from '../world/fault.js';
import { secretChatOf } from '../world/secret-chats.js';
import type { SecretChat } from '../world/secret-chat-book.js';
import type { Authorization, User } from '../world/types.js';
import type { World } from '../world/world.js';

/** fingerprint, msg_key, one block. */
const DATA_MIN = 8 + 16 + 16;
const DATA_MAX = 1 << 20;

/** What travels inside secret chats. The data center passes sealed bytes on and cannot read them. */
export const secretMessageMethods: readonly BuiltIn[] = [
  method(messages.SendEncryptedRequest, (request, context) => relay(request, context, false)),
  method(messages.SendEncryptedServiceRequest, (request, context) => relay(request, context, true)),
  method(messages.ReceivedQueueRequest, receivedQueue),
  method(messages.SetEncryptedTypingRequest, setTyping),
  method(messages.ReadEncryptedHistoryRequest, readHistory),
];

/** The other side of an open chat, and the device it lives on. */
function otherSide(
  world: World,
  chat: SecretChat,
  viewer: User,
): { user: User; authorization: Authorization } {
  if (chat.state === 'discarded') throw badRequest('ENCRYPTION_DECLINED');
  const isAdmin = chat.admin === viewer;
  const user = isAdmin ? chat.participant : chat.admin;
  const keyId = isAdmin ? chat.participantKey : chat.adminKey;
  const authorization = keyId === null ? undefined : world.authorizations.get(keyId);
  if (chat.state !== 'open' || !authorization) throw badRequest('ENCRYPTION_ID_INVALID');
  return { user, authorization };
}

function relay(
  { peer, randomId, data }: messages.SendEncryptedRequest | messages.SendEncryptedServiceRequest,
  { world, user, authorization }: RequestContext,
  service: boolean,
): messages.TypeSentEncryptedMessage {
  const chat = secretChatOf(world, user, authorization.keyId, peer);
  const other = otherSide(world, chat, user);
  if (data.length > DATA_MAX) throw badRequest('DATA_TOO_LONG');
  if (data.length < DATA_MIN || (data.length - 24) % 16 !== 0) throw badRequest('DATA_INVALID');
  const date = world.now();
  const common = { randomId, chatId: chat.id, date, bytes: data.slice() };
  const { user: receiver, authorization: device } = other;
  // The same random_id may come again: a message that its receiver asked to be resent is sent as it was.
  const message = service
    ? new tl.EncryptedMessageService(common)
    : new tl.EncryptedMessage({ ...common, file: new tl.EncryptedFileEmpty() });
  const qts = device.encrypted.add(message);
  const update = new tl.UpdateNewEncryptedMessage({ message, qts });
  tell(world, receiver, [update], { keyId: device.keyId });
  return new messages.SentEncryptedMessage({ date });
}

function receivedQueue(
  { maxQts }: messages.ReceivedQueueRequest,
  { authorization }: RequestContext,
): bigint[] {
  if (maxQts < 0 || maxQts > authorization.encrypted.qts) throw badRequest('MAX_QTS_INVALID');
  return authorization.encrypted.acknowledge(maxQts);
}

function setTyping(
  { peer, typing }: messages.SetEncryptedTypingRequest,
  { world, user, authorization }: RequestContext,
): boolean {
  const chat = secretChatOf(world, user, authorization.keyId, peer);
  const { user: receiver, authorization: device } = otherSide(world, chat, user);
  if (typing)
    tellShort(world, receiver, new tl.UpdateEncryptedChatTyping({ chatId: chat.id }), device.keyId);
  return true;
}

function readHistory(
  { peer, maxDate }: messages.ReadEncryptedHistoryRequest,
  { world, user, authorization }: RequestContext,
): boolean {
  const chat = secretChatOf(world, user, authorization.keyId, peer);
  const { user: receiver, authorization: device } = otherSide(world, chat, user);
  const date = world.now();
  const update = new tl.UpdateEncryptedMessagesRead({ chatId: chat.id, maxDate, date });
  device.kept.keep(`encrypted-read:${chat.id}`, date, update);
  tell(world, receiver, [update], { keyId: device.keyId });
  return true;
}
