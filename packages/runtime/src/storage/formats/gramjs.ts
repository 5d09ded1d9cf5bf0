import { toBase64 } from '@tlgen/codec';
import { asciiOf, ByteReader, demand, isDc, isPort } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { isTestAddress } from './ip-address.js';
import { KEY_SIZE, SessionFormatError, type SessionAddress, type SessionData } from './types.js';

/** Longest address that GramJS reads as one. */
const MAX_ADDRESS = 100;
/** Strings with a shorter one are as long as Telethon's, and GramJS takes them for those. */
const MIN_ADDRESS = 4;
/** GramJS reads ports as signed numbers, and cannot save a negative one. */
const MAX_PORT = 32_767;

/** GramJS's and teleproto's strings: `1`, then base64 of dc, length of the address, address as text, port, key. */
export function readGramjs(bytes: Uint8Array): SessionData {
  const reader = new ByteReader(bytes);
  const dcId = demand(reader.u8(), isDc);
  const length = demand(reader.u16(), (value) => value >= MIN_ADDRESS && value <= MAX_ADDRESS);
  const host = asciiOf(reader.bytes(length));
  const port = demand(reader.u16(), isPort);
  const authKey = reader.bytes(KEY_SIZE);
  reader.end();
  return { dcId, testMode: isTestAddress(host), authKey, address: { host, port } };
}

/** @throws SessionFormatError `CANNOT_EXPORT` for an address that GramJS would read as another. */
export function writeGramjs({ dcId, authKey }: SessionData, address: SessionAddress): string {
  const host = new TextEncoder().encode(address.host);
  if (host.length < MIN_ADDRESS || host.length > MAX_ADDRESS) {
    throw new SessionFormatError(
      'CANNOT_EXPORT',
      `A GramJS session holds addresses of ${MIN_ADDRESS} to ${MAX_ADDRESS} characters: pass another { address }`,
    );
  }
  if (address.port > MAX_PORT) {
    throw new SessionFormatError(
      'CANNOT_EXPORT',
      `A GramJS session holds ports up to ${MAX_PORT}: pass another { address }`,
    );
  }
  const writer = new ByteWriter().u8(dcId).u16(host.length).bytes(host).u16(address.port);
  return `1${toBase64(writer.bytes(authKey).finish())}`;
}
