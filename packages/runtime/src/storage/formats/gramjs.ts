import { toBase64 } from '@tlgen/codec';
import { asciiOf, ByteReader, demand, isDc, isPort } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { KEY_SIZE, type SessionAddress, type SessionData } from './types.js';

/** Longest address that GramJS reads as one. */
const MAX_ADDRESS = 100;

/** GramJS's and teleproto's strings: `1`, then base64 of dc, length of the address, address as text, port, key. */
export function readGramjs(bytes: Uint8Array): SessionData {
  const reader = new ByteReader(bytes);
  const dcId = demand(reader.u8(), isDc);
  const length = demand(reader.u16(), (value) => value > 0 && value <= MAX_ADDRESS);
  const host = asciiOf(reader.bytes(length));
  const port = demand(reader.u16(), isPort);
  const authKey = reader.bytes(KEY_SIZE);
  reader.end();
  return { dcId, testMode: false, authKey, address: { host, port } };
}

export function writeGramjs({ dcId, authKey }: SessionData, address: SessionAddress): string {
  const host = new TextEncoder().encode(address.host);
  const writer = new ByteWriter().u8(dcId).u16(host.length).bytes(host).u16(address.port);
  return `1${toBase64(writer.bytes(authKey).finish())}`;
}
