import { int32At } from './words.js';

/** What a client speaks, as its first bytes say. `strip`: bytes of the announcement, which no codec takes. */
export type Detected =
  | {
      readonly type: 'framing';
      readonly framing: 'abridged' | 'intermediate' | 'padded' | 'full';
      readonly strip: number;
    }
  /** 64 bytes of obfuscated2 come first; give everything to `ObfuscatedServer`. */
  | { readonly type: 'obfuscated' }
  /** A request of HTTP: a packet by POST, or the opening of a web socket. */
  | { readonly type: 'http' }
  /** A TLS ClientHello: real TLS or MTProxy's imitation. */
  | { readonly type: 'tls' };

/** Words at the start of a stream (little-endian) that obfuscated2 never begins with. */
export const HTTP_WORDS: readonly number[] = ['HEAD', 'POST', 'GET ', 'OPTI'].map((word) =>
  int32At(new TextEncoder().encode(word), 0),
);
/** A TLS handshake record, version 3.1, of at least 512 bytes. */
export const TLS_WORD = 0x02010316;
export const INTERMEDIATE_WORD = 0xeeeeeeee | 0;
export const PADDED_WORD = 0xdddddddd | 0;
export const ABRIDGED_BYTE = 0xef;

/**
 * Tells from the first bytes what a client speaks, as servers that listen on one port for everything do.
 *
 * @param bytes - what has arrived since the connection opened.
 * @returns null while it cannot be told: 8 bytes always suffice.
 */
export function detectFraming(bytes: Uint8Array): Detected | null {
  if (bytes[0] === ABRIDGED_BYTE) return { type: 'framing', framing: 'abridged', strip: 1 };
  if (bytes.length < 4) return null;
  const first = int32At(bytes, 0);
  if (first === INTERMEDIATE_WORD) return { type: 'framing', framing: 'intermediate', strip: 4 };
  if (first === PADDED_WORD) return { type: 'framing', framing: 'padded', strip: 4 };
  if (HTTP_WORDS.includes(first)) return { type: 'http' };
  if ((first & 0xffffff) === 0x010316) return { type: 'tls' };
  if (bytes.length < 8) return null;
  // The first frame of the full framing has sequence number 0, which obfuscated2 avoids at that place.
  if (int32At(bytes, 4) === 0) return { type: 'framing', framing: 'full', strip: 0 };
  return { type: 'obfuscated' };
}
