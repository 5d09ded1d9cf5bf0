import { toBase64 } from '@tlgen/codec';
import { ByteReader, demand, isDc, isPort } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { ipBytes, ipOf, isTestAddress } from './ip-address.js';
import { KEY_SIZE, SessionFormatError, type SessionAddress, type SessionData } from './types.js';

/** Telethon's strings: `1`, then URL-safe base64 with padding of dc, IP address (4 or 16 bytes), port, key. */
export function readTelethon(bytes: Uint8Array): SessionData {
  const reader = new ByteReader(bytes);
  const ipLength = bytes.length - 1 - 2 - KEY_SIZE;
  demand(ipLength, (length) => length === 4 || length === 16);
  const dcId = demand(reader.u8(), isDc);
  const host = ipOf(reader.bytes(ipLength));
  const port = demand(reader.u16(), isPort);
  const authKey = reader.bytes(KEY_SIZE);
  return { dcId, testMode: isTestAddress(host), authKey, address: { host, port } };
}

/** @throws SessionFormatError `CANNOT_EXPORT` for what is no IP address of a server: Telethon keeps nothing else. */
export function writeTelethon({ dcId, authKey }: SessionData, address: SessionAddress): string {
  const ip = ipBytes(address.host);
  if (!ip) {
    throw new SessionFormatError(
      'CANNOT_EXPORT',
      'A Telethon session holds the IP address of a server, and this is none: pass another { address }',
    );
  }
  const bytes = new ByteWriter().u8(dcId).bytes(ip).u16(address.port).bytes(authKey).finish();
  return `1${toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_')}`;
}
