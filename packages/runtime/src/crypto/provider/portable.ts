import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { WasmCtr } from '../wasm/ctr.js';
import { wasmOpen2, wasmSeal2 } from '../wasm/envelope.js';
import { wasmFindFactor } from '../wasm/factor.js';
import { wasmIgeDecrypt, wasmIgeEncrypt } from '../wasm/ige.js';
import { checkCtr, checkIge, checkPacket } from './lengths.js';
import { portableIsProbablyPrime, portableModPow } from './portable/numbers.js';
import { portablePbkdf2 } from './portable/pbkdf2.js';
import { webRandomBytes } from './portable/random.js';
import type { CryptoProvider } from './types.js';

/**
 * Cryptography for any host that has WebAssembly and `crypto.getRandomValues`: browsers, workers, Deno, Bun, Node.
 *
 * Its AES works with look-up tables, and its modPow takes a time that depends on the exponent: code of others that
 * shares the processor's caches might measure that. `nodeCrypto` is better where it is available.
 */
export const portableCrypto: CryptoProvider = {
  name: 'portable',
  randomBytes: webRandomBytes,
  md5: () => md5.create(),
  sha1: (data) => sha1(data),
  sha256: (data) => sha256(data),
  sha512: (data) => sha512(data),
  hmacSha256: (key, data) => hmac(sha256, key, data),
  hmacSha512: (key, data) => hmac(sha512, key, data),
  pbkdf2Sha512: portablePbkdf2,
  aesIgeEncrypt(data, key, iv) {
    checkIge(data, key, iv);
    return wasmIgeEncrypt(data, key, iv);
  },
  aesIgeDecrypt(data, key, iv) {
    checkIge(data, key, iv);
    return wasmIgeDecrypt(data, key, iv);
  },
  aesCtr(key, iv) {
    checkCtr(key, iv);
    return new WasmCtr(key, iv);
  },
  seal2(packet, authKey, x) {
    checkPacket(packet, authKey);
    wasmSeal2(packet, authKey, x);
  },
  open2(packet, authKey, x) {
    checkPacket(packet, authKey);
    return wasmOpen2(packet, authKey, x);
  },
  modPow: portableModPow,
  isProbablyPrime: portableIsProbablyPrime,
  findFactor: wasmFindFactor,
};

/** The provider of this host, under the name both builds share. */
export { portableCrypto as platformCrypto };
