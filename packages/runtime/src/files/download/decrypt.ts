import { chainOf, IgeStream, fileKeyFingerprint } from '../encrypted/index.js';
import { FileError } from '../errors.js';
import type { FileKey } from '../location/types.js';
import type { DownloadContext } from './types.js';

const BLOCK = 16;

/** Where in an encrypted file reading begins. */
export interface CipherStart {
  /** First byte to fetch: a multiple of 16. */
  readonly offset: number;
  /** Plain block that belongs to the first fetched one, which is not decrypted; null: decryption begins with the iv. */
  readonly plain: Uint8Array | null;
}

/**
 * Where to begin for plain bytes from `start` on: a block before, if `tail` has the whole of it, else at the beginning
 * of the file, since each block of IGE needs the one before.
 */
export function cipherStart(start: number, tail: Uint8Array | undefined): CipherStart {
  const boundary = start - (start % BLOCK);
  const known = (tail?.length ?? 0) - (start % BLOCK);
  if (!tail || boundary < BLOCK || known < BLOCK) return { offset: 0, plain: null };
  return { offset: boundary - BLOCK, plain: tail.slice(known - BLOCK, known) };
}

/** Ciphertext up to there has all of `end` plain bytes. */
export const cipherEnd = (end: number): number => Math.ceil(end / BLOCK) * BLOCK;

/**
 * Checks that a key can be the one of its file, before anything is asked for.
 *
 * @throws FileError `WRONG_KEY`.
 */
export function checkKey({ key, iv, fingerprint }: FileKey): void {
  if (key.length !== 32 || iv.length !== 32) {
    const got = `${key.length} and ${iv.length}`;
    const message = `Key and iv of an encrypted file have 32 bytes each; these have ${got}`;
    throw new FileError('WRONG_KEY', message);
  }
  if (fingerprint !== undefined && fileKeyFingerprint(key, iv) !== fingerprint) {
    const message =
      'The key does not belong to the encrypted file: fingerprints differ. Have it sent again';
    throw new FileError('WRONG_KEY', message);
  }
}

/**
 * Plain bytes `[start, end)` of ciphertext that comes in pieces of whole blocks, from {@link CipherStart.offset} on:
 * one continuous IGE stream. ("End-to-end encryption: sending encrypted files" of the protocol documents.)
 */
export async function* decryptParts(
  { crypto, workers }: Pick<DownloadContext, 'crypto' | 'workers'>,
  { key, iv }: FileKey,
  { offset, plain }: CipherStart,
  range: { readonly start: number; readonly end: number },
  ciphertext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  let ige = plain ? null : new IgeStream(crypto, workers, 'decrypt', key, iv);
  let position = offset;
  for await (const piece of ciphertext) {
    let data = piece;
    if (!ige && plain) {
      const chain = chainOf(data.subarray(0, BLOCK), plain);
      ige = new IgeStream(crypto, workers, 'decrypt', key, chain);
      data = data.subarray(BLOCK);
      position += BLOCK;
    }
    if (!ige || data.length === 0) continue;
    const bytes = await ige.next(data);
    const from = Math.max(0, range.start - position);
    const to = Math.min(bytes.length, range.end - position);
    position += bytes.length;
    if (from < to) yield bytes.subarray(from, to);
  }
}
