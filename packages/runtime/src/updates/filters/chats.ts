import type { UpdateEvent } from '../event/event.js';
import { parseMarkedId } from '../../peers/marked-id.js';
import { FilterError } from './errors.js';
import { Filter } from './filter.js';
import type { InChat } from './found.js';
import type { UpdateNamed } from './updates.js';

/** Updates of secret chats. */
export type SecretUpdate = UpdateNamed<
  | 'updateNewEncryptedMessage'
  | 'updateEncryption'
  | 'updateEncryptedChatTyping'
  | 'updateEncryptedMessagesRead'
>;

/** A chat, or who did it: a marked id, or a user name with or without @. */
export type ChatName = bigint | number | string;

type ChatKind = 'private' | 'basic-group' | 'supergroup' | 'channel';

/**
 * What kind of chat a marked id is; null where nothing tells, which is so for channels that the update brings nothing
 * about.
 */
function kindOf(event: UpdateEvent, chatId: bigint): ChatKind | null {
  const { type } = parseMarkedId(chatId);
  if (type === 'user') return 'private';
  if (type === 'chat') return 'basic-group';
  if (type === 'secret') return null;
  const { chat, message } = event;
  const isSupergroup = event.isSupergroup(chatId);
  if (!chat && isSupergroup !== null) return isSupergroup ? 'supergroup' : 'channel';
  if (chat?._ === 'channel' || chat?._ === 'channelForbidden') {
    if (chat.megagroup === true) return 'supergroup';
    return chat.broadcast === true ? 'channel' : null;
  }
  if (!message || message._ === 'messageEmpty') return null;
  if (message.post === true) return 'channel';
  return message.fromId === undefined ? null : 'supergroup';
}

function ofKind(...kinds: readonly ChatKind[]): Filter<InChat> {
  return new Filter((event) => {
    const { chatId } = event;
    const kind = chatId === null ? null : kindOf(event, chatId);
    return chatId !== null && kind !== null && kinds.includes(kind) ? { chatId } : null;
  });
}

/**
 * What happens in a private chat, or is about a user: messages, but also that someone is online.
 *
 * @example `filters.private.and(filters.message)`
 */
const privateChat = ofKind('private');

export { privateChat as private };

/**
 * What happens in a basic group or supergroup.
 *
 * @example `filters.group.and(filters.joined)`
 */
export const group = ofKind('basic-group', 'supergroup');

/**
 * What happens in a supergroup. Where the server does not send the group along, it is known by its messages only.
 *
 * @example `filters.supergroup.and(filters.deleted)`
 */
export const supergroup = ofKind('supergroup');

/**
 * What happens in a broadcast channel. Where the server does not send the channel along, it is known by its posts only.
 *
 * @example `filters.channel.and(filters.message)`
 */
export const channel = ofKind('channel');

/**
 * What happens in secret chats: messages as they come, still encrypted, and what becomes of the chats.
 *
 * @example `filters.secret.and(filters.update('updateEncryption'))`
 */
export const secret = new Filter<InChat & { readonly update: SecretUpdate }>(
  ({ update, chatId }) => {
    switch (update._) {
      case 'updateNewEncryptedMessage':
      case 'updateEncryption':
      case 'updateEncryptedChatTyping':
      case 'updateEncryptedMessagesRead':
        return chatId === null ? null : { chatId, update };
      default:
        return null;
    }
  },
);

/**
 * What happens in Saved Messages: the chat with oneself.
 *
 * @example `client.on(filters.self, handler, { own: true })`
 */
export const self = new Filter<InChat>(({ chatId, self: account }) =>
  chatId !== null && chatId === account?.id ? { chatId } : null,
);

/**
 * What happens in one of these chats. Names are compared in any case, with those that came with the update and those that are remembered.
 *
 * @throws FilterError for an empty name, PeerError for what is no marked id.
 * @example `filters.chat(-1001234567890n, '@name')`
 */
export function chat(...chats: readonly ChatName[]): Filter<InChat> {
  const isWanted = oneOf('chat', chats);
  return new Filter((event) => {
    const { chatId } = event;
    return chatId !== null && isWanted(chatId, event) ? { chatId } : null;
  });
}

/**
 * What one of these sent or did. Names are compared in any case, with those that came with the update and those that are remembered.
 *
 * @throws FilterError for an empty name, PeerError for what is no marked id.
 * @example `filters.from('@name').and(filters.photo)`
 */
export function from(...senders: readonly ChatName[]): Filter<{ readonly senderId: bigint }> {
  const isWanted = oneOf('from', senders);
  return new Filter((event) => {
    const { senderId } = event;
    return senderId !== null && isWanted(senderId, event) ? { senderId } : null;
  });
}

function oneOf(
  filter: string,
  given: readonly ChatName[],
): (marked: bigint, event: UpdateEvent) => boolean {
  const ids = new Set<bigint>();
  const names = new Set<string>();
  for (const one of given) {
    if (typeof one === 'string') names.add(nameOf(filter, one));
    else {
      parseMarkedId(one);
      ids.add(BigInt(one));
    }
  }
  return (marked, event) =>
    ids.has(marked) ||
    (names.size > 0 && event.usernamesOf(marked).some((name) => names.has(name.toLowerCase())));
}

function nameOf(filter: string, given: string): string {
  const name = /^@?(\w+)$/.exec(given.trim())?.[1];
  if (name && !/^\d+$/.test(name)) return name.toLowerCase();
  throw new FilterError(
    filter,
    `${JSON.stringify(given.slice(0, 64))} is no user name: give '@name', or a marked id as a bigint or number`,
  );
}
