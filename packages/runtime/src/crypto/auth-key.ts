import { concat } from './bytes.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';

const SIZE = 256;
const REDACTED = '[AuthKey]';

/**
 * An authorization key: the 2048-bit secret that a client and a data center share, or two people of a secret chat.
 *
 * Printing it, turning it into text or into JSON shows no bytes and no id.
 */
export class AuthKey {
  /** auth_key_id: the low 64 bits of SHA1(key), as the signed number that travels little-endian. */
  readonly id: bigint;
  /** auth_key_id as its 8 bytes on the wire. */
  readonly idBytes: Uint8Array;
  /** auth_key_aux_hash: the high 64 bits of SHA1(key), as the signed number that travels little-endian. */
  readonly auxHash: bigint;
  readonly #bytes: Uint8Array;

  /**
   * @param bytes - 256 bytes, copied.
   * @throws CryptoError `bad-length`
   */
  constructor(crypto: CryptoProvider, bytes: Uint8Array) {
    if (bytes.length !== SIZE) {
      throw new CryptoError('bad-length', `an auth key has ${SIZE} bytes, not ${bytes.length}`);
    }
    this.#bytes = bytes.slice();
    const hash = crypto.sha1(this.#bytes);
    const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
    this.auxHash = view.getBigInt64(0, true);
    this.id = view.getBigInt64(12, true);
    this.idBytes = hash.slice(12, 20);
  }

  /** The 256 secret bytes; not a copy, never to be changed. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  /** What `console.log` of Node shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}

/**
 * The hash that ends a key exchange: new_nonce_hash1 (`dh_gen_ok`), 2 (`dh_gen_retry`) or 3 (`dh_gen_fail`).
 *
 * @param newNonce - the 32 bytes that only the client and the holder of the RSA key know.
 * @param auxHash - {@link AuthKey.auxHash} of the key that was just computed.
 * @returns 16 bytes: the low 128 bits of SHA1(new_nonce + number + auth_key_aux_hash).
 * @throws CryptoError `bad-length`
 * @see https://core.telegram.org/mtproto/auth_key step 9
 */
export function newNonceHash(
  crypto: CryptoProvider,
  newNonce: Uint8Array,
  number: 1 | 2 | 3,
  auxHash: bigint,
): Uint8Array {
  if (newNonce.length !== 32) {
    throw new CryptoError('bad-length', `new_nonce has 32 bytes, not ${newNonce.length}`);
  }
  const tail = new Uint8Array(9);
  tail[0] = number;
  new DataView(tail.buffer).setBigInt64(1, auxHash, true);
  return crypto.sha1(concat(newNonce, tail)).slice(4);
}
