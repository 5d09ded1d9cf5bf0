import { md5 } from '@noble/hashes/legacy.js';
import { demand, isDc, isUserId } from '../byte-reader.js';
import { KEY_SIZE, type SessionData } from '../types.js';
import { QtReader, QtWriter } from './qt-stream.js';

/** Block of the settings that holds user and keys. */
const AUTHORIZATION = 0x4b;

/** Name of the file, and of the folder, of an account: by its number, from 0. */
export function accountName(index: number): string {
  const name = index === 0 ? 'data' : `data#${index + 1}`;
  const hash = md5(new TextEncoder().encode(name)).subarray(0, 8);
  return Array.from(hash, (byte) => ((byte & 15) << 4) | (byte >> 4))
    .map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
    .join('');
}

/** What the accounts are, in the order in which they are shown. */
export function readAccountOrder(info: Uint8Array): number[] {
  const reader = new QtReader(info);
  const count = reader.count(4);
  return Array.from({ length: count }, () => demand(reader.int(), (at) => at >= 0 && at < 100));
}

/** The keys of an account. */
export function readAuthorization(settings: Uint8Array): SessionData {
  const outer = new QtReader(settings);
  demand(outer.int(), (block) => block === AUTHORIZATION);
  const reader = new QtReader(outer.array());
  let userId: bigint;
  let dcId = reader.int();
  const second = reader.int();
  if (dcId === -1 && second === -1) {
    userId = demand(reader.u64(), isUserId);
    dcId = reader.int();
  } else {
    // Before ids grew to 64 bits: user, then data center.
    userId = demand(BigInt(dcId), isUserId);
    dcId = second;
  }
  demand(dcId, isDc);
  const keys = new Map<number, Uint8Array>();
  for (let left = reader.count(4 + KEY_SIZE); left > 0; left--) {
    const id = reader.int();
    // Keys of connections for files have ids of their own.
    const key = reader.bytes(KEY_SIZE);
    if (isDc(id)) keys.set(id, key);
  }
  const authKey = keys.get(dcId);
  keys.delete(dcId);
  return {
    dcId,
    testMode: false,
    authKey: demand(authKey, (key) => key !== undefined) as Uint8Array,
    userId,
    ...(keys.size > 0 && { otherKeys: keys }),
  };
}

/** What {@link readAuthorization} reads. */
export function writeAuthorization({ dcId, authKey, userId, otherKeys }: SessionData): Uint8Array {
  const keys = new Map<number, Uint8Array>([[dcId, authKey], ...(otherKeys ?? [])]);
  const inner = new QtWriter()
    .int(-1)
    .int(-1)
    .u64(userId ?? 0n)
    .int(dcId)
    .int(keys.size);
  for (const [id, key] of keys) inner.int(id).bytes(key);
  return new QtWriter().int(AUTHORIZATION).array(inner.int(0).finish()).finish();
}
