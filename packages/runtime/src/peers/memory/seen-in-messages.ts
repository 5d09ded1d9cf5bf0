import { TlObject } from '@tlgen/codec';
import { isPeerId, markedId } from '../marked-id.js';
import type { PeerType } from '../types.js';

/** Where a peer was seen: what `inputPeerUserFromMessage` and its like ask for. */
export interface Sighted {
  /** Marked id of the chat. */
  readonly peer: bigint;
  readonly messageId: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** From an answer to its messages: `updates` → update → message. */
const TO_MESSAGES = 5;
/** From a message to whom it names: header → peer, action → ids, entity → id. */
const IN_MESSAGE = 4;

const PEERS: ReadonlySet<string> = new Set(['peerUser', 'peerChat', 'peerChannel']);
/** Fields that hold ids of users. */
const ID_FIELDS: ReadonlySet<string> = new Set([
  'userId',
  'users',
  'viaBotId',
  'viaBusinessBotId',
  'botId',
  'inviterId',
]);

/**
 * Whom each message of an answer or update names, as sender, in its forward or reply header, its entities or its
 * action. Only asked for when there are min peers, which cannot be named otherwise ("Min constructors" in the
 * protocol's documentation). The newest message of an answer counts.
 */
export function seenInMessages(value: unknown): ReadonlyMap<bigint, Sighted> {
  const found = new Map<bigint, Sighted>();
  visit(value, TO_MESSAGES, found);
  return found;
}

function visit(value: unknown, depth: number, found: Map<bigint, Sighted>): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) visit(item, depth, found);
    return;
  }
  if (!(value instanceof TlObject) || depth === 0) return;
  if (value._ === 'message' || value._ === 'messageService') {
    inMessage(value, found);
    return;
  }
  for (const held of Object.values(value) as unknown[]) {
    if (typeof held === 'object' && held !== null) visit(held, depth - 1, found);
  }
}

function inMessage(message: TlObject, found: Map<bigint, Sighted>): void {
  const { id, peerId } = message as unknown as Fields;
  const peer = peerMark(peerId);
  if (peer === null || typeof id !== 'number') return;
  const note = (marked: bigint | null): void => {
    // A chat cannot be reached by way of itself.
    if (marked === null || marked === peer) return;
    const before = found.get(marked);
    if (!before || before.messageId < id) found.set(marked, { peer, messageId: id });
  };
  named(message, IN_MESSAGE, note);
}

function named(value: unknown, depth: number, note: (marked: bigint | null) => void): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) named(item, depth, note);
    return;
  }
  if (!(value instanceof TlObject) || depth === 0) return;
  if (PEERS.has(value._)) {
    note(peerMark(value));
    return;
  }
  const fields = value as unknown as Fields;
  // Runs over every field of many messages: no lists of entries.
  for (const field in fields) {
    const held = fields[field];
    if (typeof held === 'bigint') {
      if (ID_FIELDS.has(field)) note(mark('user', held));
    } else if (Array.isArray(held) && typeof held[0] === 'bigint') {
      if (ID_FIELDS.has(field)) for (const id of held as unknown[]) note(mark('user', id));
    } else if (typeof held === 'object' && held !== null) named(held, depth - 1, note);
  }
}

/** The marked id of a `Peer`; null for what is none. */
function peerMark(peer: unknown): bigint | null {
  if (!(peer instanceof TlObject)) return null;
  const { _, userId, chatId, channelId } = peer as unknown as Fields;
  if (_ === 'peerUser') return mark('user', userId);
  return _ === 'peerChat' ? mark('chat', chatId) : mark('channel', channelId);
}

function mark(type: PeerType, id: unknown): bigint | null {
  return typeof id === 'bigint' && isPeerId(type, id) ? markedId(type, id) : null;
}
