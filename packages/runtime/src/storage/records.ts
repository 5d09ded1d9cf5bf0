import { StorageError, type StorageChange } from './types.js';

/** What is kept for one data center; one value, so that a key never stands without its salt. */
export interface KeyRecord {
  /** The permanent auth key, 256 bytes. */
  readonly key: Uint8Array;
  readonly salt: bigint;
  /** Wall clock when the key was made, milliseconds. */
  readonly createdAt: number;
  /** The user whose authorization was imported to (or made at) this data center; null: nobody's. */
  readonly userId: bigint | null;
}

/** Who is signed in, and where. */
export interface AccountRecord {
  readonly homeDc: number;
  /** null: nobody is signed in. */
  readonly userId: bigint | null;
  readonly bot: boolean;
}

/** Names of the spaces this library writes. */
export const SPACE = { key: 'auth-key', account: 'account', config: 'config' } as const;

const VERSION = 1;
const KEY_SIZE = 256;
/** version, key, salt, createdAt, has user, userId. */
const KEY_RECORD_SIZE = 1 + KEY_SIZE + 8 + 8 + 1 + 8;

/** Change that stores a key, or removes it with null. */
export function keyChange(name: string, record: KeyRecord | null): StorageChange {
  return { space: SPACE.key, key: name, value: record && writeKey(record) };
}

/** Change that stores who is signed in. */
export function accountChange(name: string, record: AccountRecord): StorageChange {
  const { homeDc, userId, bot } = record;
  const value = { v: VERSION, homeDc, userId: userId === null ? null : String(userId), bot };
  return { space: SPACE.account, key: name, value: jsonBytes(value) };
}

export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

function writeKey(record: KeyRecord): Uint8Array {
  if (record.key.length !== KEY_SIZE) throw new RangeError('An auth key has 256 bytes');
  const bytes = new Uint8Array(KEY_RECORD_SIZE);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  bytes.set(record.key, 1);
  view.setBigInt64(257, record.salt);
  view.setFloat64(265, record.createdAt);
  bytes[273] = record.userId === null ? 0 : 1;
  view.setBigInt64(274, record.userId ?? 0n);
  return bytes;
}

/** @throws StorageError `damaged` when the bytes are not what {@link keyChange} wrote. */
export function readKey(bytes: Uint8Array): KeyRecord {
  checkVersion(bytes[0], 'auth key');
  if (bytes.length !== KEY_RECORD_SIZE) throw damaged('auth key', `${bytes.length} bytes long`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    key: bytes.slice(1, 1 + KEY_SIZE),
    salt: view.getBigInt64(257),
    createdAt: view.getFloat64(265),
    userId: bytes[273] === 0 ? null : view.getBigInt64(274),
  };
}

/** @throws StorageError `damaged` when the bytes are not what {@link accountChange} wrote. */
export function readAccount(bytes: Uint8Array): AccountRecord {
  const record = readJson(bytes, 'account');
  checkVersion(record['v'], 'account');
  const { homeDc, userId, bot } = record;
  const id = typeof userId === 'string' && /^-?\d{1,19}$/.test(userId) ? BigInt(userId) : null;
  if (!Number.isInteger(homeDc) || typeof bot !== 'boolean' || (userId !== null && id === null)) {
    throw damaged('account', 'without its fields');
  }
  return { homeDc: Number(homeDc), userId: id, bot };
}

/** @throws StorageError `damaged` unless the bytes are a JSON object. */
export function readJson(bytes: Uint8Array, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damaged(what, 'no JSON', cause);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(what, 'no JSON object');
  }
  return value as Record<string, unknown>;
}

function checkVersion(version: unknown, what: string): void {
  if (version === VERSION) return;
  const newer = typeof version === 'number' && version > VERSION;
  throw damaged(what, newer ? 'written by a newer version of this library' : 'of no known version');
}

function damaged(what: string, how: string, cause?: unknown): StorageError {
  return new StorageError('damaged', `The stored ${what} is ${how}`, { cause });
}
