import * as tl from '@tlgen/telegram';
import { tell } from './deliveries.js';
import { badRequest } from './fault.js';
import { Mentioned } from './mentioned.js';
import type { SecretChat } from './secret-chat-book.js';
import type { User } from './types.js';
import type { World } from './world.js';

/** Either side's access hash is its own. */
export function secretAccessHash(world: World, chat: SecretChat, viewer: User): bigint {
  return world.accessHash(viewer.id, `chat:${-BigInt(chat.id) - 1n}`);
}

/** A secret chat as one of its devices sees it. */
export function secretChatFor(
  world: World,
  chat: SecretChat,
  viewer: User,
  keyId: bigint,
): tl.TypeEncryptedChat {
  const common = {
    id: chat.id,
    accessHash: secretAccessHash(world, chat, viewer),
    date: chat.date,
    adminId: chat.admin.id,
    participantId: chat.participant.id,
  };
  const isAdmin = viewer === chat.admin;
  const elsewhere =
    chat.state === 'open' && keyId !== (isAdmin ? chat.adminKey : chat.participantKey);
  if (chat.state === 'discarded' || elsewhere)
    return new tl.EncryptedChatDiscarded({ id: chat.id, historyDeleted: chat.historyDeleted });
  if (chat.state === 'open') {
    const gAOrB = isAdmin ? (chat.gB ?? chat.gA) : chat.gA;
    return new tl.EncryptedChat({ ...common, gAOrB, keyFingerprint: chat.fingerprint });
  }
  return isAdmin
    ? new tl.EncryptedChatWaiting(common)
    : new tl.EncryptedChatRequested({ ...common, gA: chat.gA });
}

/** The chat an `InputEncryptedChat` means, for one device. @throws RpcFault `CHAT_ID_INVALID` */
export function secretChatOf(
  world: World,
  viewer: User,
  keyId: bigint,
  input: { readonly chatId: number; readonly accessHash?: bigint },
  options: { readonly anyDevice?: boolean } = {},
): SecretChat {
  const chat = world.secretChats.get(input.chatId);
  const isAdmin = chat?.admin === viewer;
  if (!chat || (!isAdmin && chat.participant !== viewer)) throw badRequest('CHAT_ID_INVALID');
  const { accessHash } = input;
  if (accessHash !== undefined && accessHash !== secretAccessHash(world, chat, viewer))
    throw badRequest('CHAT_ID_INVALID');
  const device = isAdmin ? chat.adminKey : chat.participantKey;
  if (device !== null && device !== keyId && !options.anyDevice)
    throw badRequest('CHAT_ID_INVALID');
  return chat;
}

/** Tells a side's device, or all its devices while none is chosen, how the chat stands. */
export function tellChat(world: World, chat: SecretChat, user: User, keyId?: bigint): void {
  const mentioned = (): Mentioned => {
    const one = new Mentioned();
    one.users.add(chat.admin.id).add(chat.participant.id);
    return one;
  };
  for (const authorization of world.homesOf(user.id)) {
    if (keyId !== undefined && authorization.keyId !== keyId) continue;
    const view = secretChatFor(world, chat, user, authorization.keyId);
    const update = new tl.UpdateEncryption({ chat: view, date: world.now() });
    tell(world, user, [update], { keyId: authorization.keyId, mentioned: mentioned() });
  }
}

/** Ends a chat and tells the other side, and the other devices that could still have accepted it. */
export function discardChat(
  world: World,
  chat: SecretChat,
  by: User,
  keyId: bigint,
  historyDeleted: boolean,
): void {
  const wasOpen = chat.state === 'open';
  chat.state = 'discarded';
  chat.historyDeleted = historyDeleted;
  if (by === chat.participant) tellChat(world, chat, chat.admin, chat.adminKey);
  else if (wasOpen && chat.participantKey !== null)
    tellChat(world, chat, chat.participant, chat.participantKey);
  if (wasOpen) return;
  for (const one of world.homesOf(chat.participant.id))
    if (one.keyId !== keyId) tellChat(world, chat, chat.participant, one.keyId);
}

/** Ends the chats of a device that signs out. */
export function discardChatsOf(world: World, keyId: bigint): void {
  for (const chat of world.secretChats.values()) {
    if (chat.state === 'discarded') continue;
    if (chat.adminKey === keyId) discardChat(world, chat, chat.admin, keyId, false);
    else if (chat.participantKey === keyId)
      discardChat(world, chat, chat.participant, keyId, false);
  }
}
