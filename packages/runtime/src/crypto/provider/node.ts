import { checkPrimeSync } from 'node:crypto';
import { wasmFindFactor } from '../wasm/factor.js';
import { wasmIgeDecrypt, wasmIgeEncrypt } from '../wasm/ige.js';
import { checkCtr, checkIge, checkPacket } from './lengths.js';
import { NodeCtr } from './node/ctr.js';
import { nodeOpen2, nodeSeal2 } from './node/envelope.js';
import {
  nodeHmac,
  nodeMd5,
  nodePbkdf2Sha512,
  nodeSha1,
  nodeSha256,
  nodeSha512,
} from './node/hashes.js';
import { nodeModPow } from './node/mod-pow.js';
import { nodeRandomBytes } from './node/random.js';
import { whitenedIgeEncrypt } from './node/whitening.js';
import type { CryptoProvider } from './types.js';

/** From here on OpenSSL is faster than the module, despite what creating a cipher costs (measured). */
const NATIVE_IGE = 1280;

/**
 * Cryptography of Node's OpenSSL, with our WebAssembly module where that is faster or where OpenSSL has nothing:
 * AES-IGE decryption, small packets, factorization.
 */
export const nodeCrypto: CryptoProvider = {
  name: 'node',
  randomBytes: nodeRandomBytes,
  md5: nodeMd5,
  sha1: nodeSha1,
  sha256: nodeSha256,
  sha512: nodeSha512,
  hmacSha256: nodeHmac('sha256'),
  hmacSha512: nodeHmac('sha512'),
  pbkdf2Sha512: nodePbkdf2Sha512,
  aesIgeEncrypt(data, key, iv) {
    checkIge(data, key, iv);
    if (data.length < NATIVE_IGE) return wasmIgeEncrypt(data, key, iv);
    const result = new Uint8Array(data.length);
    whitenedIgeEncrypt(data, result, 0, key, iv);
    return result;
  },
  aesIgeDecrypt(data, key, iv) {
    checkIge(data, key, iv);
    return wasmIgeDecrypt(data, key, iv);
  },
  aesCtr(key, iv) {
    checkCtr(key, iv);
    return new NodeCtr(key, iv);
  },
  seal2(packet, authKey, x) {
    checkPacket(packet, authKey);
    nodeSeal2(packet, authKey, x);
  },
  open2(packet, authKey, x) {
    checkPacket(packet, authKey);
    return nodeOpen2(packet, authKey, x);
  },
  modPow: nodeModPow,
  isProbablyPrime(value, rounds) {
    return value.length > 0 && checkPrimeSync(value, { checks: rounds });
  },
  findFactor: wasmFindFactor,
};

/** The provider of this host, under the name both builds share. */
export { nodeCrypto as platformCrypto };
