import type { CryptoProvider } from '@tlgen/runtime/crypto';
import type { StoredFile } from './types.js';

/** Bytes that one hash covers. */
export const HASH_BLOCK = 128 * 1024;

/** A file as a CDN data center has it: https://core.telegram.org/cdn. */
export interface CdnCopy {
  readonly file: StoredFile;
  readonly dcId: number;
  readonly token: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  /** What the next `upload.reuploadCdnFile` has to name; null: the copy is there. */
  request: Uint8Array | null;
}

const nameOf = (token: Uint8Array): string => Buffer.from(token).toString('hex');

/** Tokens by which files are asked for at CDN data centers. */
export class CdnTokens {
  readonly #copies = new Map<string, CdnCopy>();
  /** Offsets of bytes that come out wrong, by file id. */
  readonly #corrupted = new Map<bigint, Set<number>>();

  /** The copy of a file, as long as its token is not forgotten; then another. */
  of(file: StoredFile, dcId: number, crypto: CryptoProvider): CdnCopy {
    for (const copy of this.#copies.values())
      if (copy.file === file && copy.dcId === dcId) return copy;
    const random = (size: number): Uint8Array => crypto.randomBytes(size);
    const [token, key, iv, request] = [random(32), random(32), random(16), random(32)] as const;
    const copy: CdnCopy = { file, dcId, token, key, iv, request };
    this.#copies.set(nameOf(token), copy);
    return copy;
  }

  find(token: Uint8Array): CdnCopy | undefined {
    return this.#copies.get(nameOf(token));
  }

  /** Makes tokens worthless: of one file, or all. @returns how many. */
  forget(fileId?: bigint): number {
    let count = 0;
    for (const [name, { file }] of this.#copies)
      if ((fileId === undefined || file.id === fileId) && this.#copies.delete(name)) count++;
    return count;
  }

  /** Loses copies, so that they have to be uploaded again. @returns how many. */
  lose(crypto: CryptoProvider, fileId?: bigint): number {
    let count = 0;
    for (const copy of this.#copies.values()) {
      if (fileId !== undefined && copy.file.id !== fileId) continue;
      copy.request = crypto.randomBytes(32);
      count++;
    }
    return count;
  }

  corrupt(fileId: bigint, offset: number): void {
    const offsets = this.#corrupted.get(fileId) ?? new Set();
    this.#corrupted.set(fileId, offsets.add(offset));
  }

  /** Takes every {@link corrupt} back. */
  repair(): void {
    this.#corrupted.clear();
  }

  /** What a CDN data center has there: encrypted, and damaged where a test wanted it. */
  read({ file, key, iv }: CdnCopy, offset: number, limit: number, crypto: CryptoProvider) {
    const counter = iv.slice();
    // The offset counts blocks of AES; it takes the place of the last four bytes.
    new DataView(counter.buffer).setUint32(12, offset / 16);
    const bytes = crypto.aesCtr(key, counter).process(file.bytes.read(offset, limit));
    for (const wrong of this.#corrupted.get(file.id) ?? []) {
      const at = wrong - offset;
      if (at >= 0 && at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ 1;
    }
    return bytes;
  }
}
