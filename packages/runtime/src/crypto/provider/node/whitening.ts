import { createCipheriv } from 'node:crypto';

/** Small enough for the processor's caches. */
export const PIECE = 32768;

/**
 * Scratch memory: 32 bytes for what precedes a piece, then the piece. One for all calls, since none of them waits; each
 * erases it.
 */
export const scratch = new Uint8Array(32 + PIECE);
const plain = new Int32Array(scratch.buffer);
const mixedBytes = new Uint8Array(PIECE);
const mixed = new Int32Array(mixedBytes.buffer);

/** Puts the plaintext combined with that of two blocks before into `mixed`. */
function mix(words: number): void {
  for (let i = 0; i < words; i += 4) {
    mixed[i] = (plain[i + 8] ?? 0) ^ (plain[i] ?? 0);
    mixed[i + 1] = (plain[i + 9] ?? 0) ^ (plain[i + 1] ?? 0);
    mixed[i + 2] = (plain[i + 10] ?? 0) ^ (plain[i + 2] ?? 0);
    mixed[i + 3] = (plain[i + 11] ?? 0) ^ (plain[i + 3] ?? 0);
  }
}

/** Combines CBC's output, in `mixed`, with the plaintext of one block before. */
function unmix(words: number): void {
  for (let i = 0; i < words; i += 4) {
    mixed[i] = (mixed[i] ?? 0) ^ (plain[i + 4] ?? 0);
    mixed[i + 1] = (mixed[i + 1] ?? 0) ^ (plain[i + 5] ?? 0);
    mixed[i + 2] = (mixed[i + 2] ?? 0) ^ (plain[i + 6] ?? 0);
    mixed[i + 3] = (mixed[i + 3] ?? 0) ^ (plain[i + 7] ?? 0);
  }
}

/**
 * AES-256-IGE encryption as one native pass of AES-256-CBC between two rounds of XOR.
 *
 * With IGE's y(i) = E(x(i) ^ y(i−1)) ^ x(i−1) and z(i) = y(i) ^ x(i−1), z(i) = E(x(i) ^ x(i−2) ^ z(i−1)): CBC over
 * x(i) ^ x(i−2). Decryption has no such form, because there the feedback goes through the inverse cipher.
 *
 * Encrypts `source` from byte `start` on into the same bytes of `target`, which may be the same array.
 */
export function whitenedIgeEncrypt(
  source: Uint8Array,
  target: Uint8Array,
  start: number,
  key: Uint8Array,
  iv: Uint8Array,
): void {
  const cipher = createCipheriv('aes-256-cbc', key, iv.subarray(0, 16));
  scratch.fill(0, 0, 16);
  scratch.set(iv.subarray(16, 32), 16);
  for (let at = start; at < source.length; at += PIECE) {
    const size = Math.min(PIECE, source.length - at);
    scratch.set(source.subarray(at, at + size), 32);
    mix(size >> 2);
    mixedBytes.set(cipher.update(mixedBytes.subarray(0, size)));
    unmix(size >> 2);
    target.set(size === PIECE ? mixedBytes : mixedBytes.subarray(0, size), at);
    scratch.copyWithin(0, size, size + 32);
  }
  const used = Math.min(PIECE, source.length - start);
  scratch.fill(0, 0, used + 32);
  mixedBytes.fill(0, 0, used);
}
