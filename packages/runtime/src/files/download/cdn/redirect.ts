import type { upload } from '@tlgen/telegram';
import { FileError } from '../../errors.js';

/** Higher numbers are no data center. */
const MAX_DC = 999;
const MAX_TOKEN = 64 * 1024;

/**
 * Checks where a master data center sends a download.
 *
 * @throws FileError `WRONG_KEY` for a key or iv of another length, `UNSUPPORTED` for what is no data center or token.
 */
export function checkRedirect(redirect: upload.FileCdnRedirect): void {
  const { dcId, fileToken, encryptionKey, encryptionIv } = redirect;
  if (encryptionKey.length !== 32 || encryptionIv.length !== 16) {
    const got = `${encryptionKey.length} and ${encryptionIv.length}`;
    const message = `Key and iv of a file at a CDN have 32 and 16 bytes; the server sent ${got}`;
    throw new FileError('WRONG_KEY', message);
  }
  if (dcId < 1 || dcId > MAX_DC || fileToken.length > MAX_TOKEN) {
    const message = `The server sends the download to CDN data center ${dcId}, which cannot be one`;
    throw new FileError('UNSUPPORTED', message);
  }
}

/**
 * The counter block of AES-256-CTR for bytes from `offset` on: the iv with offset / 16, big-endian, as its last four
 * bytes. (https://core.telegram.org/cdn#decrypting-files)
 *
 * @param offset - a multiple of 16, below 64 GiB.
 */
export function counterBlock(iv: Uint8Array, offset: number): Uint8Array {
  const block = new Uint8Array(iv);
  new DataView(block.buffer).setUint32(12, offset / 16);
  return block;
}
