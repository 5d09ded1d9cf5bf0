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

/** Telegram Desktop allows 6. */
const MAX_ACCOUNTS = 100;

/** What the accounts are, in the order in which they are shown. */
export function readAccountOrder(info: Uint8Array): number[] {
  const reader = new QtReader(info);
  const count = demand(reader.count(4), (accounts) => accounts > 0 && accounts <= MAX_ACCOUNTS);
  const order = Array.from({ length: count }, () =>
    demand(reader.int(), (index) => index >= 0 && index < MAX_ACCOUNTS),
  );
  return [...new Set(order)];
}

/** Whether the `config` of an account is of the test servers. Other versions than 1 Telegram Desktop does not read. */
export function isTestConfig(config: Uint8Array): boolean {
  const reader = new QtReader(new QtReader(config).array());
  if (reader.int() !== 1) return false;
  // 0: the servers for everybody.
  return demand(reader.int(), (environment) => environment === 0 || environment === 1) === 1;
}

/** The keys of an account; null when nobody is signed in. */
export function readAuthorization(settings: Uint8Array): SessionData | null {
  const outer = new QtReader(settings);
  demand(outer.int(), (block) => block === AUTHORIZATION);
  const reader = new QtReader(outer.array());
  let id: bigint;
  let dcId = reader.int();
  const second = reader.int();
  if (dcId === -1 && second === -1) {
    id = reader.u64();
    dcId = reader.int();
  } else {
    // Before ids grew to 64 bits: user, then data center.
    id = BigInt(dcId);
    dcId = second;
  }
  if (id === 0n) return null;
  const userId = demand(id, isUserId);
  demand(dcId, isDc);
  const keys = new Map<number, Uint8Array>();
  for (let left = reader.count(4 + KEY_SIZE); left > 0; left--) {
    const dc = reader.int();
    const key = reader.bytes(KEY_SIZE);
    // Connections for files and other purposes share the key of their data center; ids of such connections (above
    // 1000) are in no file that is whole and current, and not needed.
    if (isDc(dc)) keys.set(dc, key);
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
  const keys = new Map<number, Uint8Array>([...(otherKeys ?? []), [dcId, authKey]]);
  const inner = new QtWriter()
    .int(-1)
    .int(-1)
    .u64(userId ?? 0n)
    .int(dcId)
    .int(keys.size);
  for (const [id, key] of keys) inner.int(id).bytes(key);
  return new QtWriter().int(AUTHORIZATION).array(inner.int(0).finish()).finish();
}
