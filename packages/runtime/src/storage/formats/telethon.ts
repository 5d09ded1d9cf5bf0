import { toBase64 } from '@tlgen/codec';
import { ByteReader, demand, isDc, isPort, isPrintable } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { ipBytes, ipOf, isTestAddress } from './ip-address.js';
import { KEY_SIZE, SessionFormatError, type SessionAddress, type SessionData } from './types.js';

/** Telethon's strings: `1`, then URL-safe base64 with padding of dc, IP address (4 or 16 bytes), port, key. */
export function readTelethon(bytes: Uint8Array): SessionData {
  const reader = new ByteReader(bytes);
  const ipLength = bytes.length - 1 - 2 - KEY_SIZE;
  demand(ipLength, (length) => length === 4 || length === 16);
  const dcId = demand(reader.u8(), isDc);
  const ip = reader.bytes(ipLength);
  // What one wrong character makes of a GramJS string of the same length: a host name, and a length that is none.
  demand(ip, () => ipLength === 4 || !ip.subarray(2).every(isPrintable));
  const host = ipOf(ip);
  const port = demand(reader.u16(), isPort);
  const authKey = reader.bytes(KEY_SIZE);
  return { dcId, testMode: isTestAddress(host), authKey, address: { host, port } };
}

/** @throws SessionFormatError `CANNOT_EXPORT` for what is no IP address of a server: Telethon keeps nothing else. */
export function writeTelethon({ dcId, authKey }: SessionData, address: SessionAddress): string {
  const ip = ipBytes(address.host);
  if (!ip || (ip.length === 16 && ip.subarray(2).every(isPrintable))) {
    throw new SessionFormatError(
      'CANNOT_EXPORT',
      'A Telethon session holds the IP address of a server, and this is none: pass another { address }',
    );
  }
  const bytes = new ByteWriter().u8(dcId).bytes(ip).u16(address.port).bytes(authKey).finish();
  return `1${toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_')}`;
}
