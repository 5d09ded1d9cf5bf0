import { ByteReader, demand, isApiId, isDc, isUserId, NotThatFormat } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { KEY_SIZE, SessionFormatError, type SessionData } from './types.js';

/** No session is longer; runs of zeros could pretend to be. */
const MAX_SIZE = 1024;

/** MTKruto's strings: URL-safe base64 of TL in which runs of zeros are shortened: data center, key, app, bot, user. */
export function readMtkruto(packed: Uint8Array): SessionData {
  const reader = new ByteReader(unpackZeros(packed));
  const [, dc = '', test] = /^([1-9]\d?)(-test)?$/.exec(reader.tlString()) ?? [];
  const dcId = demand(Number(dc), isDc);
  const authKey = demand(reader.tlBytes(), (key) => key.length === KEY_SIZE);
  const common = { dcId, testMode: test !== undefined, authKey };
  // Older versions end here.
  if (reader.left === 0) return common;
  const apiId = demand(reader.int(), (id) => id === 0 || isApiId(id));
  const bot = reader.flag();
  const userId = demand(reader.long(), (id) => id === 0n || isUserId(id));
  reader.end();
  return { ...common, ...(apiId !== 0 && { apiId }), ...(userId !== 0n && { userId, bot }) };
}

/** @throws SessionFormatError `CANNOT_EXPORT` when user or application is not known. */
export function writeMtkruto({ dcId, testMode, authKey, ...rest }: SessionData): Uint8Array {
  const { apiId, userId, bot = false } = rest;
  if (apiId === undefined || userId === undefined) {
    throw new SessionFormatError(
      'CANNOT_EXPORT',
      'An MTKruto session names the application (apiId) and the user (userId): give both',
    );
  }
  const writer = new ByteWriter().tlString(`${dcId}${testMode ? '-test' : ''}`).tlBytes(authKey);
  return packZeros(
    writer
      .int(apiId)
      .u8(bot ? 1 : 0)
      .long(userId)
      .finish(),
  );
}

/** A run of zeros becomes 0 and its length. */
function packZeros(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  let run = 0;
  const flush = (): void => {
    if (run > 0) out.push(0, run);
    run = 0;
  };
  for (const byte of bytes) {
    if (byte === 0 && run < 250) run++;
    else {
      flush();
      if (byte === 0) run = 1;
      else out.push(byte);
    }
  }
  flush();
  return Uint8Array.from(out);
}

function unpackZeros(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte !== 0) out.push(byte);
    else {
      const run = bytes[++i];
      if (run === undefined || run === 0) throw new NotThatFormat();
      for (let n = 0; n < run; n++) out.push(0);
    }
    if (out.length > MAX_SIZE) throw new NotThatFormat();
  }
  return Uint8Array.from(out);
}
