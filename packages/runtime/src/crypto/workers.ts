import type { KeyOffset } from './provider/types.js';

/**
 * Ciphers beside the main thread. Results are those of the `CryptoProvider`; a pool that cannot work (no threads, a
 * policy that forbids them) does the work on the main thread instead, so no call fails for that.
 *
 * Bytes that are handed in stay as they are, and must not be changed before the promise settles.
 */
export interface CryptoWorkers {
  /**
   * AES-256-IGE over whole blocks. `data` is left as it is. Rejects with CryptoError `bad-length` where the provider
   * throws it.
   */
  ige(
    direction: 'encrypt' | 'decrypt',
    data: Uint8Array,
    key: Uint8Array,
    iv: Uint8Array,
  ): Promise<Uint8Array>;
  /**
   * `CryptoProvider.open2`: only the decryption is done elsewhere; msg_key is compared, in constant time, on the thread
   * that calls.
   *
   * @returns the padded plaintext; null when msg_key differs: then nothing of the plaintext leaves the pool.
   */
  open2(packet: Uint8Array, authKey: Uint8Array, x: KeyOffset): Promise<Uint8Array | null>;
  /** From so many bytes on it is worth handing over. Fewer are dealt with at once, on the thread that calls. */
  readonly threshold: number;
}
