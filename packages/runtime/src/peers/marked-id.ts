import { PeerError } from './errors.js';
import type { PeerType } from './types.js';

/** Where the marks of channels begin: a channel's marked id is this minus its id. */
const CHANNELS = -1_000_000_000_000n;
/** Where the marks of secret chats lie: this plus the chat's id, which has 32 bits and a sign. */
const SECRET = -2_000_000_000_000n;
const HALF = 1n << 31n;

/** The greatest ids, as the Bot API's documentation gives them. */
const MAX_USER = (1n << 40n) - 1n;
const MAX_CHAT = 999_999_999_999n;
const MAX_CHANNEL = -SECRET + CHANNELS - HALF;
/** Channels of direct messages lie on the other side of the secret chats. */
const MIN_MONOFORUM = -SECRET + CHANNELS + HALF + 1n;
const MAX_MONOFORUM = 3_000_000_000_000n;

/** Whether TL can mean a peer of that type by this id. */
export function isPeerId(type: PeerType, id: bigint): boolean {
  if (id <= 0n) return false;
  if (type === 'user') return id <= MAX_USER;
  if (type === 'chat') return id <= MAX_CHAT;
  return id <= MAX_CHANNEL || (id >= MIN_MONOFORUM && id <= MAX_MONOFORUM);
}

/**
 * One number for a peer of any type, as the Bot API writes it: users n, basic groups −n, channels −(10¹² + n).
 *
 * @throws PeerError `BAD_PEER` when there is no such id.
 */
export function markedId(type: PeerType, id: bigint): bigint {
  if (!isPeerId(type, id)) {
    throw new PeerError(
      'BAD_PEER',
      `${type}#${id}`,
      `There is no ${type} with the id ${id}: ids are positive, without a mark, and at most ` +
        `${type === 'user' ? MAX_USER : type === 'chat' ? MAX_CHAT : MAX_MONOFORUM}`,
    );
  }
  if (type === 'user') return id;
  return type === 'chat' ? -id : CHANNELS - id;
}

/** What a marked id means; `id` is as TL writes it. Ids of secret chats may be negative. */
export interface Unmarked {
  readonly type: PeerType | 'secret';
  readonly id: bigint;
}

/**
 * Takes a marked id apart. The ranges don't overlap: −100412412901 is the basic group 100412412901, since channels
 * begin at −1000000000001.
 *
 * @throws PeerError `BAD_PEER` for what is no marked id.
 */
export function parseMarkedId(marked: bigint | number): Unmarked {
  if (typeof marked === 'number' && !Number.isSafeInteger(marked)) {
    throw new PeerError(
      'BAD_PEER',
      String(marked),
      `${marked} is no id: ids are whole numbers below 2^53; give greater ones as bigint`,
    );
  }
  const value = BigInt(marked);
  const found = unmark(value);
  if (found) return found;
  const shown = String(value).slice(0, 32);
  throw new PeerError(
    'BAD_PEER',
    shown,
    `${shown} is no marked id: users are 1 to ${MAX_USER}, basic groups -1 to -${MAX_CHAT}, ` +
      `channels and supergroups -1000000000001 and below`,
  );
}

function unmark(marked: bigint): Unmarked | null {
  if (marked > 0n) return isPeerId('user', marked) ? { type: 'user', id: marked } : null;
  if (isPeerId('chat', -marked)) return { type: 'chat', id: -marked };
  const secret = marked - SECRET;
  if (secret !== 0n && secret >= -HALF && secret < HALF) return { type: 'secret', id: secret };
  const id = CHANNELS - marked;
  return isPeerId('channel', id) ? { type: 'channel', id } : null;
}
