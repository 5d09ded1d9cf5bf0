import type { PeerLike } from '@tlgen/codec';
import { badPeer } from './bad-peer.js';
import { parseObject } from './parse-object.js';
import { parseNumber, parseString } from './parse-string.js';
import type { PeerReference } from './reference.js';
import type { PeerInfo } from '../types.js';

/**
 * What is meant by any of the forms in which a user, group or channel may be given. Nothing is looked up, and what is
 * given is never changed.
 *
 * Links are those of "Deep links" in the protocol's documentation: usernames, private channels, phone numbers, invites.
 *
 * @throws PeerError `BAD_PEER` that says what was given and what is accepted.
 */
export function parsePeer(like: PeerLike | PeerInfo): PeerReference {
  const given: unknown = like;
  if (typeof given === 'string') return parseString(given);
  if (typeof given === 'number' || typeof given === 'bigint') return parseNumber(given);
  if (typeof given === 'object' && given !== null) return parseObject(given);
  throw badPeer(given, 'it is neither a text, nor a number, nor an object');
}
