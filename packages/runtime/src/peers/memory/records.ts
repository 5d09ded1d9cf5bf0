import { jsonBytes, readJson } from '../../storage/records.js';
import { StorageError } from '../../storage/types.js';
import type { KnownPeer, PeerType } from '../types.js';

/** Names of the spaces that peers are kept in. Keys begin with the world: `main:` or `test:`. */
export const PEER_SPACE = { peer: 'peer', name: 'peer-name', phone: 'peer-phone' } as const;

/** A peer as it is kept. */
export interface PeerRecord extends KnownPeer {
  /** Wall clock, milliseconds, when its names were last told; written anew only when that is long ago. */
  readonly seenAt: number;
}

const VERSION = 1;

/** Versioned JSON; what is empty is left out. */
export function writePeer(peer: PeerRecord): Uint8Array {
  const { seenIn, usernames } = peer;
  return jsonBytes({
    v: VERSION,
    t: peer.type,
    id: String(peer.id),
    h: peer.accessHash === null ? undefined : String(peer.accessHash),
    m: peer.min || undefined,
    s: seenIn === null ? undefined : [String(seenIn.peer), seenIn.messageId],
    u: usernames.length > 0 ? usernames : undefined,
    p: peer.phone ?? undefined,
    n: peer.name === '' ? undefined : peer.name,
    b: peer.bot || undefined,
    g: peer.megagroup || undefined,
    at: peer.seenAt,
  });
}

/** @throws StorageError `damaged` when the bytes are not what {@link writePeer} wrote. */
export function readPeer(bytes: Uint8Array): PeerRecord {
  const { v, t, id, h, m, s, u = [], p = null, n = '', b, g, at } = readJson(bytes, 'peer');
  if (v !== VERSION) throw damaged(`of version ${String(v).slice(0, 20)}`);
  const own = long(id);
  const accessHash = h === undefined ? null : long(h);
  const fits =
    own !== null &&
    (t === 'user' || t === 'chat' || t === 'channel') &&
    (h === undefined || accessHash !== null) &&
    isTexts(u) &&
    (p === null || typeof p === 'string') &&
    typeof n === 'string' &&
    typeof at === 'number';
  if (!fits) throw damaged('without its fields');
  return {
    type: t satisfies PeerType,
    id: own,
    accessHash,
    min: m === true,
    seenIn: place(s),
    usernames: u,
    phone: p,
    name: n,
    bot: b === true,
    megagroup: g === true,
    seenAt: at,
  };
}

function place(value: unknown): PeerRecord['seenIn'] {
  if (value === undefined) return null;
  const [marked, messageId] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const peer = long(marked);
  if (peer === null || typeof messageId !== 'number') throw damaged('without its fields');
  return { peer, messageId };
}

const long = (value: unknown): bigint | null =>
  typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : null;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

const damaged = (how: string): StorageError =>
  new StorageError('damaged', `The stored peer is ${how}`);

/** Whether both say the same of the peer, whenever they were seen. */
export function samePeerRecord(a: PeerRecord, b: PeerRecord): boolean {
  return (
    a.type === b.type &&
    a.id === b.id &&
    a.accessHash === b.accessHash &&
    a.min === b.min &&
    a.seenIn?.peer === b.seenIn?.peer &&
    a.seenIn?.messageId === b.seenIn?.messageId &&
    a.phone === b.phone &&
    a.name === b.name &&
    a.bot === b.bot &&
    a.megagroup === b.megagroup &&
    a.usernames.length === b.usernames.length &&
    a.usernames.every((name, i) => name === b.usernames[i])
  );
}
