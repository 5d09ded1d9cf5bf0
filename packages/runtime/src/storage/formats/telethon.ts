import { toBase64 } from '@tlgen/codec';
import { ByteReader, demand, isDc, isPort } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { ipBytes, ipOf } from './ip-address.js';
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
  return { dcId, testMode: false, authKey, address: { host, port } };
}

/** @throws SessionFormatError `CANNOT_EXPORT` for a host name: Telethon keeps IP addresses. */
export function writeTelethon({ dcId, authKey }: SessionData, address: SessionAddress): string {
  const ip = ipBytes(address.host);
  if (!ip) {
    throw new SessionFormatError(
      'CANNOT_EXPORT',
      'A Telethon session holds an IP address, and only a host name is known: pass { address }',
    );
  }
  const bytes = new ByteWriter().u8(dcId).bytes(ip).u16(address.port).bytes(authKey).finish();
  return `1${toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_')}`;
}
