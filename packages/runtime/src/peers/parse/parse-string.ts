import { badPeer } from './bad-peer.js';
import { isPeerId, parseMarkedId } from '../marked-id.js';
import { linkReference } from './parse-link.js';
import { isUsername, phoneDigits } from '../memory/names.js';
import type { PeerReference } from './reference.js';
import type { PeerType } from '../types.js';

/** Nothing that names a peer is longer. */
const MAX_LENGTH = 512;

/** @throws PeerError `BAD_PEER` */
export function parseString(given: string): PeerReference {
  const text = given.trim();
  if (text === '') throw badPeer(given, 'it is empty');
  if (text.length > MAX_LENGTH) throw badPeer(given, `it has ${text.length} characters`);
  const word = text.toLowerCase();
  if (word === 'me' || word === 'self') return { kind: 'self' };
  if (word === 'support') return { kind: 'support' };
  if (/^-?\d+$/.test(text)) return marked(text);
  if (text.startsWith('+')) {
    const phone = phoneDigits(text);
    if (phone) return { kind: 'phone', phone };
    throw badPeer(given, 'a phone number is + and 5 to 15 digits');
  }
  const typed = /^(user|chat|channel)#(?:id)?(\d{1,20})$/.exec(word);
  if (typed) return typedId(given, typed[1] as PeerType, BigInt(typed[2] ?? ''));
  const name = text.startsWith('@') ? text.slice(1) : text;
  if (isUsername(name)) return { kind: 'username', username: name };
  const link = text.startsWith('@') ? null : linkReference(text);
  if (link) return link;
  throw badPeer(given, 'it has none of the accepted forms');
}

/** @throws PeerError `BAD_PEER` */
export function parseNumber(given: number | bigint): PeerReference {
  const { type, id } = parseMarkedId(given);
  if (type === 'secret') throw secretChat(given);
  return { kind: 'id', type, id };
}

/** The error for a secret chat where a user, group or channel is wanted. */
export const secretChat = (given: unknown): Error =>
  badPeer(given, 'it is a secret chat, which only client.secretChats can address');

function marked(text: string): PeerReference {
  // Longer ones are out of every range, and would only take time.
  if (text.length > 20) throw badPeer(text, 'no id has so many digits');
  return parseNumber(BigInt(text));
}

function typedId(given: string, type: PeerType, id: bigint): PeerReference {
  if (!isPeerId(type, id)) throw badPeer(given, `there is no ${type} with the id ${id}`);
  return { kind: 'id', type, id };
}
