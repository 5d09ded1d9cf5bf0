import { pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { sha512 } from '@noble/hashes/sha2.js';

type Derive = (
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  size: number,
) => Promise<Uint8Array>;

/** What is used of SubtleCrypto. The DOM's and Node's types differ; neither is part of this package. */
interface Subtle {
  importKey(
    format: 'raw',
    key: Uint8Array,
    algorithm: 'PBKDF2',
    extractable: boolean,
    usages: readonly string[],
  ): Promise<object>;
  deriveBits(algorithm: object, key: object, bits: number): Promise<ArrayBuffer>;
}

/** Plain TypeScript; lets other work run every 10 ms or so. */
const slow: Derive = (password, salt, iterations, size) =>
  pbkdf2Async(sha512, password, salt, { c: iterations, dkLen: size });

/** The host's own, several times as fast and beside the event loop. */
async function fast(
  subtle: Subtle,
  ...[password, salt, iterations, size]: Parameters<Derive>
): Promise<Uint8Array> {
  const key = await subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-512', salt, iterations };
  return new Uint8Array(await subtle.deriveBits(algorithm, key, size * 8));
}

/**
 * PBKDF2 with HMAC-SHA512. Uses SubtleCrypto where the host has it (browsers: on secure pages only) and does not
 * refuse the arguments.
 */
export const portablePbkdf2: Derive = async (password, salt, iterations, size) => {
  const { subtle } = (globalThis as unknown as { crypto?: { subtle?: Subtle } }).crypto ?? {};
  if (subtle) {
    try {
      return await fast(subtle, password, salt, iterations, size);
    } catch {
      // Some hosts refuse empty passwords.
    }
  }
  return slow(password, salt, iterations, size);
};
