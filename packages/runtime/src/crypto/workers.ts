/**
 * Ciphers beside the main thread. Results are those of the `CryptoProvider`; a pool that cannot work (no threads, a
 * policy that forbids them) does the work on the main thread instead, so no call fails for that.
 */
export interface CryptoWorkers {
  /** AES-256-IGE over whole blocks. `data` is left as it is. */
  ige(
    direction: 'encrypt' | 'decrypt',
    data: Uint8Array,
    key: Uint8Array,
    iv: Uint8Array,
  ): Promise<Uint8Array>;
  /** From so many bytes on it is worth handing over. */
  readonly threshold: number;
}
