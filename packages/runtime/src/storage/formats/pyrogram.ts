import { ByteReader, demand, isApiId, isDc, isUserId } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { KEY_SIZE, SessionFormatError, type SessionData } from './types.js';

/** Lengths of the three forms: version 2; version 1 with user ids of 32 and of 64 bits. */
const V2 = 271;
const V1_32 = 263;
const V1_64 = 267;

/** Smaller ones are the upper half of an id of 64 bits: the string was cut. */
const MIN_32 = 256n;

/** Pyrogram's strings: URL-safe base64 without padding of dc, app (version 2), test servers, key, user, bot. */
export function readPyrogram(bytes: Uint8Array): SessionData {
  demand(bytes.length, (length) => [V2, V1_32, V1_64].includes(length));
  const reader = new ByteReader(bytes);
  const dcId = demand(reader.u8(), isDc);
  const apiId =
    bytes.length === V2 ? demand(reader.u32(), (id) => id === 0 || isApiId(id)) : undefined;
  const testMode = reader.flag();
  const authKey = reader.bytes(KEY_SIZE);
  const userId =
    bytes.length === V1_32
      ? demand(BigInt(reader.u32()), (id) => id >= MIN_32)
      : demand(reader.u64(), (id) => id === 0n || isUserId(id));
  const bot = reader.flag();
  // Nobody was signed in when user and app are 0.
  return {
    dcId,
    testMode,
    authKey,
    ...(apiId && { apiId }),
    ...(userId !== 0n && { userId, bot }),
  };
}

/** @throws SessionFormatError `CANNOT_EXPORT` when user or application is not known. */
export function writePyrogram({ dcId, testMode, authKey, ...rest }: SessionData): Uint8Array {
  const { apiId, userId, bot = false } = rest;
  if (apiId === undefined || userId === undefined) {
    throw new SessionFormatError(
      'CANNOT_EXPORT',
      'A Pyrogram session names the application (apiId) and the user (userId): give both',
    );
  }
  return new ByteWriter()
    .u8(dcId)
    .u32(apiId)
    .u8(testMode ? 1 : 0)
    .bytes(authKey)
    .u64(userId)
    .u8(bot ? 1 : 0)
    .finish();
}
