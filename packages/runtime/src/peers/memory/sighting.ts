import type { Registry, TlObject } from '@tlgen/codec';
import { collectPeers } from './collect.js';
import { isPeerId, markedId } from '../marked-id.js';
import { isUsername } from './names.js';
import { samePeerRecord, type PeerRecord } from './records.js';
import type { Sighted } from './seen-in-messages.js';

/** What one constructor told of a peer. */
export interface Sighting {
  readonly marked: bigint;
  readonly told: PeerRecord;
  /** Some constructors say nothing of names or phone: what is known of those stays. */
  readonly withoutUsernames: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** What an answer or update tells of peers, in its order. */
export function sightings(registry: Registry, value: unknown, now: number): readonly Sighting[] {
  const { users, chats, messages } = collectPeers(registry, value);
  if (users.length === 0 && chats.length === 0) return [];
  const found: Sighting[] = [];
  for (const user of users) add(found, userSighting(user, now), messages);
  for (const chat of chats) add(found, chatSighting(chat, now), messages);
  return found;
}

function add(
  found: Sighting[],
  sighting: Sighting | null,
  messages: ReadonlyMap<bigint, Sighted>,
): void {
  if (!sighting) return;
  const { told } = sighting;
  const seenIn = told.min ? (messages.get(sighting.marked) ?? null) : null;
  found.push(seenIn ? { ...sighting, told: { ...told, seenIn } } : sighting);
}

/** `userEmpty` tells nothing; a deleted user has a hash, and no name. */
function userSighting(user: TlObject, now: number): Sighting | null {
  const fields = user as unknown as Fields;
  const id = long(fields['id']);
  if (user._ !== 'user' || id === null || !isPeerId('user', id)) return null;
  return {
    marked: markedId('user', id),
    withoutUsernames: false,
    told: {
      type: 'user',
      id,
      accessHash: long(fields['accessHash']),
      min: fields['min'] === true,
      seenIn: null,
      usernames: usernamesOf(fields),
      phone: phoneOf(fields),
      name: nameOf(fields),
      bot: fields['bot'] === true,
      megagroup: false,
      seenAt: now,
    },
  };
}

/** `chatEmpty` tells nothing; the forbidden ones have their title, and channels their hash. */
function chatSighting(chat: TlObject, now: number): Sighting | null {
  const type =
    chat._ === 'chat' || chat._ === 'chatForbidden'
      ? 'chat'
      : chat._ === 'channel' || chat._ === 'channelForbidden'
        ? 'channel'
        : null;
  const fields = chat as unknown as Fields;
  const id = long(fields['id']);
  if (!type || id === null || !isPeerId(type, id)) return null;
  return {
    marked: markedId(type, id),
    withoutUsernames: chat._ === 'channelForbidden',
    told: {
      type,
      id,
      accessHash: type === 'channel' ? long(fields['accessHash']) : null,
      min: fields['min'] === true,
      seenIn: null,
      usernames: usernamesOf(fields),
      phone: null,
      name: text(fields['title']),
      bot: false,
      megagroup: fields['megagroup'] === true,
      seenAt: now,
    },
  };
}

/** First and last name. */
function nameOf({ firstName, lastName }: Fields): string {
  const [first, last] = [text(firstName), text(lastName)];
  return first === '' || last === '' ? first + last : `${first} ${last}`;
}

function phoneOf({ phone }: Fields): string | null {
  return phone === undefined ? null : text(phone).replaceAll(/\D/g, '') || null;
}

/** The main one and those that are active, in lower case. */
function usernamesOf({ username, usernames }: Fields): readonly string[] {
  // What cannot be looked up need not be kept: servers may say anything, at any length.
  const names =
    typeof username === 'string' && isUsername(username) ? [username.toLowerCase()] : [];
  if (!Array.isArray(usernames)) return names;
  const all = new Set(names);
  for (const one of usernames as readonly (Fields | null | undefined)[]) {
    const name = one?.['active'] === true ? one['username'] : null;
    if (all.size < MAX_USERNAMES && typeof name === 'string' && isUsername(name))
      all.add(name.toLowerCase());
  }
  return [...all];
}

/** Characters of a name, title or phone number that are kept. */
const MAX_TEXT = 256;
const MAX_USERNAMES = 64;

const text = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';

/** Ids before layer 133 are numbers. */
function long(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value;
  return Number.isSafeInteger(value) ? BigInt(value as number) : null;
}

/** The later message of one chat; of two chats, where it was seen last. */
function newest(known: PeerRecord['seenIn'], told: PeerRecord['seenIn']): PeerRecord['seenIn'] {
  if (!told || !known) return told ?? known;
  return told.peer === known.peer && told.messageId < known.messageId ? known : told;
}

/** Whether a constructor in full says what is known already, as almost all do: no record need be made then. */
function saysTheSame(known: PeerRecord, told: PeerRecord, withoutUsernames: boolean): boolean {
  return (
    !told.min &&
    told.accessHash !== null &&
    !withoutUsernames &&
    told.seenAt - known.seenAt < REFRESH &&
    samePeerRecord(known, told)
  );
}

/** How old a sighting may get before it is written again although it says nothing new, milliseconds: 12 hours. */
const REFRESH = 43_200_000;

/**
 * What is known after a sighting. A min constructor adds to what is known in full no more than where it was seen, and
 * that only while there is no hash; a full one replaces a min one.
 *
 * @returns `known` itself when there is nothing to write.
 */
export function merge(known: PeerRecord | null, { told, withoutUsernames }: Sighting): PeerRecord {
  if (!known) return told;
  if (saysTheSame(known, told, withoutUsernames)) return known;
  let next: PeerRecord;
  if (told.min && !known.min) {
    if (known.accessHash !== null || !told.seenIn) return known;
    next = { ...known, seenIn: told.seenIn };
  } else if (told.min) {
    next = {
      ...told,
      accessHash: told.accessHash ?? known.accessHash,
      seenIn: newest(known.seenIn, told.seenIn),
    };
  } else {
    // One that comes in full but without a hash does not take away the one that is known, unless that is a min one's.
    const accessHash = told.accessHash ?? (known.min ? null : known.accessHash);
    const usernames = withoutUsernames ? known.usernames : told.usernames;
    next = { ...told, accessHash, usernames, seenIn: accessHash === null ? known.seenIn : null };
  }
  const same = samePeerRecord(known, next);
  return same && told.seenAt - known.seenAt < REFRESH ? known : next;
}
