import type { Cipher } from 'node:crypto';
import { createCipheriv } from 'node:crypto';
import type { AesCtr } from '../types.js';

/** AES-256-CTR of OpenSSL; the cipher object is the stream's state. */
export class NodeCtr implements AesCtr {
  readonly #cipher: Cipher;

  constructor(key: Uint8Array, iv: Uint8Array) {
    this.#cipher = createCipheriv('aes-256-ctr', key, iv);
  }

  process(data: Uint8Array): Uint8Array {
    const result = this.#cipher.update(data);
    return new Uint8Array(result.buffer, result.byteOffset, result.length);
  }
}
