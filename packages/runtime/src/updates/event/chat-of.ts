import type { base } from '@tlgen/telegram';
import { isPeerId, markedId } from '../../peers/marked-id.js';
import type { PeerType } from '../../peers/types.js';

type Fields = Readonly<Record<string, unknown>>;

/** Fields that hold an id of the chat that an update is about, the first that is there counts. */
const CHAT_IDS: readonly (readonly [field: string, type: PeerType])[] = [
  ['channelId', 'channel'],
  ['chatId', 'chat'],
  ['userId', 'user'],
  ['botId', 'user'],
];

/** Fields that hold who did it. */
const DOERS = ['fromId', 'actor'] as const;
const DOER_IDS = ['actorId', 'userId'] as const;

/** Updates whose `peer` is not where it happened, but who did it. */
const PEER_DID_IT: ReadonlySet<string> = new Set<base.TypeUpdate['_']>([
  'updateMessagePollVote',
  'updateNewStoryReaction',
]);

/** Where the marked ids of secret chats lie: this plus the chat's id. */
const SECRET_MARK = -2_000_000_000_000n;
const HALF = 2 ** 31;

/** Secret chats: ids of 32 bits that mean something else than those of groups. */
const SECRET = /^update(?:New)?Encrypt/;

/**
 * The chat that an update is about, as a marked id; null: nobody knows, or none. A chat goes before a user: a person
 * who types in a group is news of the group. Fields are told by their names, so that updates of later layers work too.
 */
export function chatIdOf(update: base.TypeUpdate): bigint | null {
  const fields = fieldsOf(update);
  if (!fields) return null;
  if (SECRET.test(nameOf(fields))) return secretChatOf(fields);
  const message = fieldsOf(fields['message']);
  const peer = fields['peer'] ?? fields['peerId'] ?? message?.['peerId'];
  if (peer !== undefined && peer !== null) return peerOf(peer);
  const holder = fieldsOf(fields['participants']) ?? fields;
  for (const [field, type] of CHAT_IDS) {
    const id = holder[field];
    if (id !== undefined) return mark(type, id);
  }
  return null;
}

/**
 * Who sent a message, or did what an update tells, as a marked id; null: nobody knows, or nobody. Posts of a channel,
 * and messages of anonymous administrators, are the channel's.
 *
 * @param self - the account's own user id: the sender of what is `out` in private chats; null: not known.
 */
export function senderIdOf(update: base.TypeUpdate, self: bigint | null = null): bigint | null {
  const fields = fieldsOf(update);
  if (!fields) return null;
  if (SECRET.test(nameOf(fields))) return secretSenderOf(fields);
  for (const field of DOERS) {
    if (fields[field] !== undefined) return peerOf(fields[field]);
  }
  for (const field of DOER_IDS) {
    if (fields[field] !== undefined) return mark('user', fields[field]);
  }
  const message = fieldsOf(fields['message']);
  if (message) return messageSender(message, self);
  return PEER_DID_IT.has(nameOf(fields)) ? peerOf(fields['peer']) : null;
}

function messageSender(message: Fields, self: bigint | null): bigint | null {
  if (message['fromId'] !== undefined) return peerOf(message['fromId']);
  const chat = peerOf(message['peerId']);
  const kind = nameOf(fieldsOf(message['peerId']) ?? {});
  if (kind === 'peerUser') return message['out'] === true ? self && mark('user', self) : chat;
  return kind === 'peerChannel' ? chat : null;
}

function secretChatOf(fields: Fields): bigint | null {
  const id =
    fields['chatId'] ?? fieldsOf(fields['message'])?.['chatId'] ?? fieldsOf(fields['chat'])?.['id'];
  return typeof id === 'number' ? secretMark(id) : null;
}

function secretMark(id: number): bigint | null {
  return id !== 0 && id === Math.trunc(id) && id >= -HALF && id < HALF
    ? SECRET_MARK + BigInt(id)
    : null;
}

/** Who asked for a secret chat, or took the offer. */
function secretSenderOf(fields: Fields): bigint | null {
  const chat = fieldsOf(fields['chat']);
  if (!chat) return null;
  if (nameOf(chat) === 'encryptedChatRequested') return mark('user', chat['adminId']);
  return nameOf(chat) === 'encryptedChat' ? mark('user', chat['participantId']) : null;
}

/** The marked id of a `Peer`, or of what holds one as its `peer` (`dialogPeer`, `notifyPeer`). */
function peerOf(value: unknown): bigint | null {
  const fields = fieldsOf(value);
  if (!fields) return null;
  switch (nameOf(fields)) {
    case 'peerUser':
      return mark('user', fields['userId']);
    case 'peerChat':
      return mark('chat', fields['chatId']);
    case 'peerChannel':
      return mark('channel', fields['channelId']);
    default:
      return fieldsOf(fieldsOf(fields['peer'])?.['peer']) ? null : peerOf(fields['peer']);
  }
}

/** null where no peer has such an id. Ids before layer 133 are numbers. */
function mark(type: PeerType, value: unknown): bigint | null {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof id === 'bigint' && isPeerId(type, id) ? markedId(type, id) : null;
}

const nameOf = (fields: Fields): string => (typeof fields['_'] === 'string' ? fields['_'] : '');

const fieldsOf = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
