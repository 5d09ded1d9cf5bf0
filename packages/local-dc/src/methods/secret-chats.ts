import { CryptoError, checkDhValue, TELEGRAM_PRIME } from '@tlgen/runtime/crypto';
import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { badRequest } from '../world/fault.js';
import { inputUser } from '../world/input.js';
import { discardChat, secretChatFor, secretChatOf, tellChat } from '../world/secret-chats.js';
import type { SecretChat } from '../world/secret-chat-book.js';

/** The group's version changes only if the prime does, and it never does. */
const DH_VERSION = 3;
const DH_GENERATOR = 3;
const MAX_RANDOM = 1024;

/** The life of secret chats; their messages are in `secret-messages.ts`. */
export const secretChatMethods: readonly BuiltIn[] = [
  method(messages.GetDhConfigRequest, getDhConfig),
  method(messages.RequestEncryptionRequest, request),
  method(messages.AcceptEncryptionRequest, accept),
  method(messages.DiscardEncryptionRequest, discard),
];

function getDhConfig(
  { version, randomLength }: messages.GetDhConfigRequest,
  { world }: RequestContext,
): messages.TypeDhConfig {
  if (randomLength < 0 || randomLength > MAX_RANDOM) throw badRequest('RANDOM_LENGTH_INVALID');
  const random = world.crypto.randomBytes(randomLength);
  if (version === DH_VERSION) return new messages.DhConfigNotModified({ random });
  return new messages.DhConfig({ g: DH_GENERATOR, p: TELEGRAM_PRIME, version: DH_VERSION, random });
}

/** @throws RpcFault `DH_G_A_INVALID` */
function checkPublicValue(value: Uint8Array, name: string): void {
  try {
    if (value.length > TELEGRAM_PRIME.length) throw badRequest('DH_G_A_INVALID');
    checkDhValue(value, TELEGRAM_PRIME, name);
  } catch (thrown) {
    if (thrown instanceof CryptoError) throw badRequest('DH_G_A_INVALID');
    throw thrown;
  }
}

function request(
  { userId, randomId, gA }: messages.RequestEncryptionRequest,
  { world, user, authorization }: RequestContext,
): tl.TypeEncryptedChat {
  const participant = inputUser(world, user, userId);
  if (participant === user || participant.token !== null) throw badRequest('USER_ID_INVALID');
  checkPublicValue(gA, 'g_a');
  // The client's random id is the chat's id; one that is taken cannot be used again.
  if (randomId === 0 || world.secretChats.has(randomId)) throw badRequest('RANDOM_ID_DUPLICATE');
  const chat: SecretChat = {
    id: randomId,
    date: world.now(),
    admin: user,
    participant,
    gA: gA.slice(),
    adminKey: authorization.keyId,
    participantKey: null,
    gB: null,
    fingerprint: 0n,
    state: 'requested',
    historyDeleted: false,
  };
  world.secretChats.set(chat.id, chat);
  tellChat(world, chat, participant);
  return secretChatFor(world, chat, user, authorization.keyId);
}

function accept(
  { peer, gB, keyFingerprint }: messages.AcceptEncryptionRequest,
  { world, user, authorization }: RequestContext,
): tl.TypeEncryptedChat {
  const chat = secretChatOf(world, user, authorization.keyId, peer, { anyDevice: true });
  if (chat.participant !== user) throw badRequest('CHAT_ID_INVALID');
  if (chat.state === 'open') throw badRequest('ENCRYPTION_ALREADY_ACCEPTED');
  if (chat.state === 'discarded') throw badRequest('ENCRYPTION_ALREADY_DECLINED');
  checkPublicValue(gB, 'g_b');
  chat.gB = gB.slice();
  chat.fingerprint = keyFingerprint;
  chat.participantKey = authorization.keyId;
  chat.state = 'open';
  tellChat(world, chat, chat.admin, chat.adminKey);
  // On the other devices of the one who accepted, it is over.
  for (const { keyId } of world.homesOf(user.id))
    if (keyId !== authorization.keyId) tellChat(world, chat, user, keyId);
  return secretChatFor(world, chat, user, authorization.keyId);
}

function discard(
  { chatId, deleteHistory }: messages.DiscardEncryptionRequest,
  { world, user, authorization }: RequestContext,
): boolean {
  const chat = secretChatOf(world, user, authorization.keyId, { chatId });
  if (chat.state === 'discarded') throw badRequest('ENCRYPTION_ALREADY_DECLINED');
  discardChat(world, chat, user, authorization.keyId, deleteHistory);
  return true;
}
