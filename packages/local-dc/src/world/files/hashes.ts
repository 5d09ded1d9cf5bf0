import type { CryptoProvider } from '@tlgen/runtime/crypto';
import * as tl from '@tlgen/telegram';
import { HASH_BLOCK } from './cdn-tokens.js';
import type { StoredFile } from './types.js';

/** Hashes of one answer: of a mebibyte. */
const MOST = 8;

/**
 * SHA-256 of a file's blocks, from the one that holds `offset`. The bytes are those of the file itself: with the CDN,
 * clients compare after decryption, since the data center that tells the hashes is another than the one that encrypts.
 */
export function hashesFrom(
  crypto: CryptoProvider,
  { bytes }: StoredFile,
  offset: number,
): tl.FileHash[] {
  const hashes: tl.FileHash[] = [];
  let at = Math.floor(offset / HASH_BLOCK) * HASH_BLOCK;
  for (; at < bytes.size && hashes.length < MOST; at += HASH_BLOCK) {
    const block = bytes.read(at, HASH_BLOCK);
    const hash = crypto.sha256(block);
    hashes.push(new tl.FileHash({ offset: BigInt(at), limit: block.length, hash }));
  }
  return hashes;
}
