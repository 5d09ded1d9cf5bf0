import { sha256 } from '@noble/hashes/sha2.js';
import { ByteReader, demand, isApiId, isDc, isPort, isUserId } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { KEY_SIZE, type SessionData } from './types.js';

/** What our own strings begin with; the number is the version. */
export const PREFIX = 'tlgen1.';
const CHECK_SIZE = 4;
const TEST = 1;
const ADDRESS = 2;
const USER = 4;
const BOT = 8;
const API_ID = 16;

/**
 * Our own strings: the prefix, then URL-safe base64 without padding of flags, data center, key, what the flags
 * announce, keys of other data centers, and four bytes of SHA-256 over all of it, by which a cut or altered string is
 * told.
 */
export function readTlgen(bytes: Uint8Array): SessionData {
  const end = demand(bytes.length - CHECK_SIZE, (length) => length > 0);
  const check = sha256(bytes.subarray(0, end)).subarray(0, CHECK_SIZE);
  demand(bytes.subarray(end), (found) => found.every((byte, i) => byte === check[i]));
  const reader = new ByteReader(bytes.subarray(0, end));
  const flags = demand(reader.u8(), (value) => value < 32);
  const dcId = demand(reader.u8(), isDc);
  const authKey = reader.bytes(KEY_SIZE);
  const data = {
    dcId,
    testMode: (flags & TEST) !== 0,
    authKey,
    ...(flags & ADDRESS && {
      address: { host: reader.tlHost(), port: demand(reader.u16(), isPort) },
    }),
    ...(flags & USER && { userId: demand(reader.u64(), isUserId), bot: (flags & BOT) !== 0 }),
    ...(flags & API_ID && { apiId: demand(reader.u32(), isApiId) }),
  };
  const otherKeys = new Map<number, Uint8Array>();
  for (let left = reader.u8(); left > 0; left--) {
    const id = demand(reader.u8(), (dc) => isDc(dc) && dc !== dcId && !otherKeys.has(dc));
    otherKeys.set(id, reader.bytes(KEY_SIZE));
  }
  reader.end();
  return otherKeys.size === 0 ? data : { ...data, otherKeys };
}

export function writeTlgen(data: SessionData): Uint8Array {
  const { dcId, testMode, authKey, address, userId, bot, apiId } = data;
  const otherKeys = [...(data.otherKeys ?? [])].filter(([id]) => id !== dcId);
  const flags =
    (testMode ? TEST : 0) |
    (address ? ADDRESS : 0) |
    (userId === undefined ? 0 : USER) |
    (userId !== undefined && bot ? BOT : 0) |
    (apiId === undefined ? 0 : API_ID);
  const writer = new ByteWriter().u8(flags).u8(dcId).bytes(authKey);
  if (address) writer.tlString(address.host).u16(address.port);
  if (userId !== undefined) writer.u64(userId);
  if (apiId !== undefined) writer.u32(apiId);
  writer.u8(otherKeys.length);
  for (const [id, key] of otherKeys) writer.u8(id).bytes(key);
  const body = writer.finish();
  return new ByteWriter().bytes(body).bytes(sha256(body).subarray(0, CHECK_SIZE)).finish();
}
