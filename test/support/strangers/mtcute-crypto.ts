import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomFillSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { BaseCryptoProvider, type ICryptoProvider } from '@mtcute/core/utils.js';
import { getWasmUrl, ige256Decrypt, ige256Encrypt, initSync } from '@mtcute/wasm';

/** What mtcute's Node package would give it: that one compiles native code, so it is not installed here. */
export class MtcuteCrypto extends BaseCryptoProvider implements ICryptoProvider {
  initialize(): void {
    initSync(new WebAssembly.Module(readFileSync(getWasmUrl())));
  }

  sha1(data: Uint8Array): Uint8Array {
    return createHash('sha1').update(data).digest();
  }

  sha256(data: Uint8Array): Uint8Array {
    return createHash('sha256').update(data).digest();
  }

  hmacSha256(data: Uint8Array, key: Uint8Array): Uint8Array {
    return createHmac('sha256', key).update(data).digest();
  }

  pbkdf2(
    password: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    keylen = 64,
    algo = 'sha512',
  ): Uint8Array {
    return pbkdf2Sync(password, salt, iterations, keylen, algo);
  }

  createAesCtr(key: Uint8Array, iv: Uint8Array): { process(data: Uint8Array): Uint8Array } {
    const cipher = createCipheriv('aes-256-ctr', key, iv);
    return { process: (data) => cipher.update(data) };
  }

  createAesIge(
    key: Uint8Array,
    iv: Uint8Array,
  ): { encrypt(data: Uint8Array): Uint8Array; decrypt(data: Uint8Array): Uint8Array } {
    return {
      encrypt: (data) => ige256Encrypt(data, key, iv),
      decrypt: (data) => ige256Decrypt(data, key, iv),
    };
  }

  gzip(data: Uint8Array, maxSize: number): Uint8Array | null {
    const packed = gzipSync(data);
    return packed.length <= maxSize ? packed : null;
  }

  gunzip(data: Uint8Array): Uint8Array {
    return gunzipSync(data);
  }

  randomFill(buf: Uint8Array): void {
    randomFillSync(buf);
  }
}
