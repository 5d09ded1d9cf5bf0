import { badPeer } from './bad-peer.js';
import { isPeerId, parseMarkedId } from '../marked-id.js';
import { secretChat } from './parse-string.js';
import type { PeerReference } from './reference.js';
import type { PeerType } from '../types.js';

type Fields = Readonly<Record<string, unknown>>;

/** Objects inside objects that are looked through: an `updateShort` of an `updateNewMessage` of a message of a peer. */
const MAX_DEPTH = 6;

/** Constructors whose `id` is a peer's. */
const OWN_ID: Readonly<Record<string, PeerType>> = {
  user: 'user',
  userEmpty: 'user',
  userFull: 'user',
  chat: 'chat',
  chatEmpty: 'chat',
  chatForbidden: 'chat',
  chatFull: 'chat',
  channel: 'channel',
  channelForbidden: 'channel',
  channelFull: 'channel',
};

/**
 * Fields that hold an object with the peer that is meant, the first that is there counts. The chat in which something
 * happens goes before who did it; the rest of the order matters to no constructor there is.
 */
const HOLDERS = [
  'inputPeer',
  'peer',
  'peerId',
  'message',
  'update',
  'fullUser',
  'fullChat',
  'channel',
  'chat',
  'user',
  'bot',
  'participants',
  'participant',
  'storyItem',
  'actor',
] as const;

/** Fields that hold an id, likewise. */
const IDS: readonly (readonly [field: string, type: PeerType])[] = [
  ['channelId', 'channel'],
  ['chatId', 'chat'],
  ['userId', 'user'],
  ['botId', 'user'],
];

/**
 * The peer of an object of TL, be it an instance or plain data, or of a `PeerInfo`. Constructors are told apart by the
 * names of their fields, so that those of layers to come work as well.
 *
 * @throws PeerError `BAD_PEER` when it holds none, or more than one.
 */
export function parseObject(given: object): PeerReference {
  if (isEvent(given)) return ofEvent(given);
  const found = referenceOf(given, given, 0);
  if (found) return found;
  throw badPeer(given, 'it holds no peer, or more than one');
}

/** Of an event counts what it says itself: it knows what kind of update it tells of. */
function isEvent(given: object): given is { readonly chatId: bigint | null } {
  if ('_' in given || !('update' in given) || !('chatId' in given)) return false;
  return isObject(given.update) && (given.chatId === null || typeof given.chatId === 'bigint');
}

function ofEvent(given: { readonly chatId: bigint | null }): PeerReference {
  if (given.chatId === null) throw badPeer(given, 'its update tells no chat');
  const { type, id } = parseMarkedId(given.chatId);
  if (type === 'secret') throw secretChat(given);
  return { kind: 'id', type, id };
}

function referenceOf(given: object, value: object, depth: number): PeerReference | null {
  if (depth > MAX_DEPTH || Array.isArray(value)) return null;
  const fields = value as Fields;
  const name = typeof fields['_'] === 'string' ? fields['_'] : '';
  if (/encrypted/i.test(name)) throw secretChat(given);
  if (name === 'inputPeerSelf' || name === 'inputUserSelf') return { kind: 'self' };
  if (/^input(?:Peer|User|Channel)Empty$/.test(name)) return { kind: 'empty' };
  const type = OWN_ID[name];
  if (type && Object.hasOwn(OWN_ID, name)) return withId(given, type, fields['id'], fields);
  if (/^input(?:Peer|User|Channel)\w*FromMessage$/.test(name))
    return fromMessage(given, fields, depth);
  return held(given, fields, depth) ?? ofUpdates(given, fields['updates'], depth);
}

function held(given: object, fields: Fields, depth: number): PeerReference | null {
  for (const field of HOLDERS) {
    const value = fields[field];
    const found = isObject(value) ? referenceOf(given, value, depth + 1) : null;
    if (found) return found;
  }
  for (const [field, type] of IDS) {
    const id = fields[field];
    if (id !== undefined && id !== null) return withId(given, type, id, fields);
  }
  // Last of all: where nothing else is told, it happened with who did it.
  const doer = fields['fromId'];
  return isObject(doer) ? referenceOf(given, doer, depth + 1) : null;
}

/** Updates that came together: the chat of the messages among them, as long as it is one. */
function ofUpdates(given: object, updates: unknown, depth: number): PeerReference | null {
  if (!Array.isArray(updates))
    return isObject(updates) ? referenceOf(given, updates, depth + 1) : null;
  let found: PeerReference | null = null;
  for (const update of updates as readonly unknown[]) {
    const message = isObject(update) ? (update as Fields)['message'] : undefined;
    const one = isObject(message) ? referenceOf(given, message, depth + 1) : null;
    if (!one) continue;
    if (found && !samePeer(found, one)) throw badPeer(given, 'its messages are of several chats');
    found = one;
  }
  return found;
}

function samePeer(a: PeerReference, b: PeerReference): boolean {
  return 'id' in a && 'id' in b && a.type === b.type && a.id === b.id;
}

function fromMessage(given: object, fields: Fields, depth: number): PeerReference | null {
  const { peer, msgId } = fields;
  const where = isObject(peer) ? referenceOf(given, peer, depth + 1) : null;
  const [id, type] =
    fields['channelId'] === undefined
      ? [fields['userId'], 'user' as const]
      : [fields['channelId'], 'channel' as const];
  if (!where || typeof msgId !== 'number') return null;
  return { kind: 'from-message', type, id: toId(given, type, id), peer: where, messageId: msgId };
}

/** A min constructor's access hash is not for calls: what is remembered says how to reach it. */
function withId(given: object, type: PeerType, value: unknown, fields: Fields): PeerReference {
  const id = toId(given, type, value);
  const hash = fields['min'] === true ? null : toLong(fields['accessHash']);
  if (hash === null || type === 'chat') return { kind: 'id', type, id };
  return { kind: 'hash', type, id, accessHash: hash };
}

function toId(given: object, type: PeerType, value: unknown): bigint {
  const id = toLong(value);
  if (id !== null && isPeerId(type, id)) return id;
  throw badPeer(given, `its ${type} id is not one that a ${type} can have`);
}

/** A long, as instances hold it or as plain data may: bigint, whole number, decimal text. */
function toLong(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : null;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
