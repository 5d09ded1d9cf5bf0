import { concat } from '../../crypto/bytes.js';
import { CryptoError } from '../../crypto/errors.js';
import type { CryptoProvider } from '../../crypto/provider/types.js';
import type { CryptoWorkers } from '../../crypto/workers.js';

const BLOCK = 16;

/**
 * What IGE goes on with after a block: 32 bytes, to be passed as the iv of what follows. So a file can be decrypted from
 * the middle on when the plain block before is known.
 *
 * @param cipher - the last encrypted block, 16 bytes.
 * @param plain - the same block decrypted, 16 bytes.
 * @throws CryptoError `bad-length`.
 */
export function chainOf(cipher: Uint8Array, plain: Uint8Array): Uint8Array {
  if (cipher.length !== BLOCK || plain.length !== BLOCK) {
    const got = `got ${cipher.length} and ${plain.length} bytes`;
    throw new CryptoError('bad-length', `A chain is made of two blocks of 16 bytes; ${got}`);
  }
  return concat(cipher, plain);
}

/**
 * AES-256-IGE over a stream that comes in pieces: the same bytes as if it came in one. Large pieces go to the workers,
 * where there are any.
 */
export class IgeStream {
  private last: Promise<unknown> = Promise.resolve();
  // Not to be printed.
  readonly #key: Uint8Array;
  #iv: Uint8Array;

  /**
   * @param key - 32 bytes.
   * @param chain - 32 bytes: the iv, or what {@link IgeStream.chain} or {@link chainOf} gave.
   * @throws CryptoError `bad-length`.
   */
  constructor(
    private readonly crypto: Pick<CryptoProvider, 'aesIgeEncrypt' | 'aesIgeDecrypt'>,
    private readonly workers: Pick<CryptoWorkers, 'ige' | 'threshold'> | undefined,
    private readonly direction: 'encrypt' | 'decrypt',
    key: Uint8Array,
    chain: Uint8Array,
  ) {
    if (key.length !== 32 || chain.length !== 32) {
      const got = `got ${key.length} and ${chain.length}`;
      throw new CryptoError('bad-length', `Key and iv of IGE have 32 bytes each; ${got}`);
    }
    this.#key = key;
    this.#iv = new Uint8Array(chain);
  }

  /** What to go on with after all pieces that are done: last encrypted block, then last plain block. */
  get chain(): Uint8Array {
    return new Uint8Array(this.#iv);
  }

  /**
   * Encrypts or decrypts the next piece. `data` is left as it is, and must be until this resolves. Pieces that are asked
   * for before the last one is done wait for it; after one that failed, all fail.
   *
   * @param data - whole blocks of 16 bytes; none is fine.
   * @throws CryptoError `bad-length`.
   */
  next(data: Uint8Array): Promise<Uint8Array> {
    const step = this.last.then(() => this.process(data));
    this.last = step;
    // Whoever asked for the piece is told; nobody has to ask for another one.
    step.catch(() => undefined);
    return step;
  }

  private async process(data: Uint8Array): Promise<Uint8Array> {
    if (data.length % BLOCK !== 0) {
      const what = `IGE takes whole blocks of 16 bytes; got ${data.length} bytes`;
      throw new CryptoError('bad-length', what);
    }
    if (data.length === 0) return new Uint8Array(0);
    const result = await this.run(data);
    const [cipher, plain] = this.direction === 'encrypt' ? [result, data] : [data, result];
    this.#iv = chainOf(cipher.subarray(-BLOCK), plain.subarray(-BLOCK));
    return result;
  }

  private run(data: Uint8Array): Uint8Array | Promise<Uint8Array> {
    const { crypto, workers, direction } = this;
    const [key, iv] = [this.#key, this.#iv];
    if (workers && data.length >= workers.threshold) return workers.ige(direction, data, key, iv);
    return direction === 'encrypt'
      ? crypto.aesIgeEncrypt(data, key, iv)
      : crypto.aesIgeDecrypt(data, key, iv);
  }
}
