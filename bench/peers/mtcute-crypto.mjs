import { BaseCryptoProvider } from '@mtcute/core/utils.js';
import { getWasmUrl, ige256Decrypt, ige256Encrypt, initSync } from '@mtcute/wasm';
import * as node from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync, gunzipSync } from 'node:zlib';

const digest = (/** @type {string} */ name, /** @type {Uint8Array} */ data) =>
  node.createHash(name).update(data).digest();

/**
 * What mtcute's own package for Node does (it builds native code, so it is not installed here): OpenSSL for hashes and
 * CTR, mtcute's WebAssembly for IGE.
 */
export class MtcuteCrypto extends BaseCryptoProvider {
  initialize() {
    initSync(new WebAssembly.Module(readFileSync(getWasmUrl())));
  }

  /** @param {Uint8Array} data */
  sha1(data) {
    return digest('sha1', data);
  }

  /** @param {Uint8Array} data */
  sha256(data) {
    return digest('sha256', data);
  }

  /**
   * @param {Uint8Array} data
   * @param {Uint8Array} key
   */
  hmacSha256(data, key) {
    return node.createHmac('sha256', key).update(data).digest();
  }

  /**
   * @param {Uint8Array} password
   * @param {Uint8Array} salt
   * @param {number} iterations
   */
  pbkdf2(password, salt, iterations, size = 64, hash = 'sha512') {
    return node.pbkdf2Sync(password, salt, iterations, size, hash);
  }

  /**
   * @param {Uint8Array} key
   * @param {Uint8Array} iv
   */
  createAesCtr(key, iv) {
    const cipher = node.createCipheriv('aes-256-ctr', key, iv);
    return { process: (/** @type {Uint8Array} */ data) => cipher.update(data) };
  }

  /**
   * @param {Uint8Array} key
   * @param {Uint8Array} iv
   */
  createAesIge(key, iv) {
    return {
      encrypt: (/** @type {Uint8Array} */ data) => ige256Encrypt(data, key, iv),
      decrypt: (/** @type {Uint8Array} */ data) => ige256Decrypt(data, key, iv),
    };
  }

  /**
   * @param {Uint8Array} data
   * @param {number} limit
   */
  gzip(data, limit) {
    try {
      return deflateSync(data, { maxOutputLength: limit });
    } catch {
      return null;
    }
  }

  /** @param {Uint8Array} data */
  gunzip(data) {
    return gunzipSync(data);
  }

  /** @param {Uint8Array} bytes */
  randomFill(bytes) {
    node.randomFillSync(bytes);
  }
}
