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
  method(messages.SendEncryptedRequest, (request, context) =>
    relay(request, context, (date) => ({ ...plain(date), file: new tl.EncryptedFileEmpty() })),
  ),
  method(messages.SendEncryptedServiceRequest, (request, context) =>
    relay(request, context, plain),
  ),
  method(messages.ReceivedQueueRequest, receivedQueue),
  method(messages.SetEncryptedTypingRequest, setTyping),
  method(messages.ReadEncryptedHistoryRequest, readHistory),
];

/** The other side of an open chat, and the device it lives on. */
export function otherSide(
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

/** What the sender is answered, and what goes along; service messages have nothing of a file. */
interface Relayed {
  readonly sent: messages.TypeSentEncryptedMessage;
  readonly file?: tl.TypeEncryptedFile;
}

const plain = (date: number): Relayed => ({ sent: new messages.SentEncryptedMessage({ date }) });

/** Hands a sealed message to the other side. @param make - called when nothing is wrong with it. */
export function relay(
  { peer, randomId, data }: Pick<messages.SendEncryptedRequest, 'peer' | 'randomId' | 'data'>,
  { world, user, authorization }: RequestContext,
  make: (date: number) => Relayed,
): messages.TypeSentEncryptedMessage {
  const chat = secretChatOf(world, user, authorization.keyId, peer);
  const other = otherSide(world, chat, user);
  if (data.length > DATA_MAX) throw badRequest('DATA_TOO_LONG');
  if (data.length < DATA_MIN || (data.length - 24) % 16 !== 0) throw badRequest('DATA_INVALID');
  const date = world.now();
  const { sent, file } = make(date);
  const common = { randomId, chatId: chat.id, date, bytes: data.slice() };
  const { user: receiver, authorization: device } = other;
  // The same random_id may come again: a message that its receiver asked to be resent is sent as it was.
  const message = file
    ? new tl.EncryptedMessage({ ...common, file })
    : new tl.EncryptedMessageService(common);
  const qts = device.encrypted.add(message);
  const update = new tl.UpdateNewEncryptedMessage({ message, qts });
  tell(world, receiver, [update], { keyId: device.keyId });
  return sent;
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
  tell(world, receiver, [update], { keyId: device.keyId });
  return true;
}
