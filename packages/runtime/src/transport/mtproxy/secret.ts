import { copyOf } from '../framing/words.js';
import { TransportError } from '../types.js';

/** What the secret of an MTProxy says. */
export interface MtproxySecret {
  /** 16 bytes that go into the keys of obfuscated2. */
  readonly key: Uint8Array;
  /** The proxy wants padded intermediate (`dd` and `ee` secrets). */
  readonly padded: boolean;
  /** Host name that the imitation of TLS names; null: no imitation. */
  readonly domain: string | null;
}

const KEY = 16;
const PADDED = 0xdd;
const FAKE_TLS = 0xee;
/** What fits the ClientHello of known proxies. */
const MAX_DOMAIN = 182;

/**
 * Reads an MTProxy secret: 16 bytes; `dd` and 16 bytes; `ee`, 16 bytes and a host name. As text: hex, base64url or
 * base64, with or without padding.
 *
 * @throws TransportError `bad-settings`; the message never holds the secret.
 */
export function parseMtproxySecret(secret: string | Uint8Array): MtproxySecret {
  const bytes = typeof secret === 'string' ? bytesOf(secret) : secret;
  if (bytes.length === KEY) return { key: copyOf(bytes), padded: false, domain: null };
  const key = copyOf(bytes.subarray(1, 1 + KEY));
  if (bytes.length === 1 + KEY && bytes[0] === PADDED) return { key, padded: true, domain: null };
  if (bytes.length > 1 + KEY && bytes[0] === FAKE_TLS) {
    return { key, padded: true, domain: domainOf(bytes.subarray(1 + KEY)) };
  }
  throw broken('it must be 16 bytes, dd and 16 bytes, or ee, 16 bytes and a host name');
}

function domainOf(bytes: Uint8Array): string {
  if (bytes.length > MAX_DOMAIN) throw broken(`its host name is longer than ${MAX_DOMAIN} bytes`);
  let domain = '';
  for (const byte of bytes) {
    if (byte <= 0x20 || byte >= 0x7f) throw broken('its host name has bytes that are not ASCII');
    domain += String.fromCharCode(byte);
  }
  return domain;
}

function bytesOf(text: string): Uint8Array {
  if (/^(?:[0-9a-f]{2})+$/i.test(text)) {
    return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  }
  const base64 = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (!/^[0-9a-z+/]+$/i.test(base64) || base64.length % 4 === 1) {
    throw broken('it is neither hex nor base64url');
  }
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function broken(reason: string): TransportError {
  return new TransportError('bad-settings', `The secret of the MTProxy cannot be read: ${reason}`);
}
