import { TlWriter } from '@tlgen/codec';
export { TELEGRAM_PRIME as PRIME } from '@tlgen/runtime/crypto';
import { Random } from '../random.mjs';

const random = new Random(4);

export const AUTH_KEY = random.bytes(256);
export const AES_KEY = random.bytes(32);
export const IGE_IV = random.bytes(32);
export const CTR_IV = random.bytes(16);
export const SALT = random.long();
export const SESSION_ID = random.long();
/** Of a key exchange: 2048 bits each. */
export const BASE = random.bytes(256);
export const EXPONENT = random.bytes(256);

/** @param {number} size */
export const data = (size) => random.bytes(size);

/** Products of two primes of 31 bits, as data centers send them; big-endian. */
export const PQS = Array.from({ length: 16 }, () => {
  const pq = BigInt(prime()) * BigInt(prime());
  return new Uint8Array(Buffer.from(pq.toString(16).padStart(16, '0'), 'hex'));
});

function prime() {
  let candidate = (2 ** 30 + random.below(2 ** 30 - 1000)) | 1;
  while (!isPrime(candidate)) candidate += 2;
  return candidate;
}

/** @param {number} odd */
function isPrime(odd) {
  for (let divisor = 3; divisor * divisor <= odd; divisor += 2)
    if (odd % divisor === 0) return false;
  return true;
}

const UPLOAD_FILE = 0x096a18d5;
const STORAGE_FILE_PARTIAL = 0x40bc6f52;

/**
 * The body of a message: `upload.file`, whose bytes fill it up. Every library reads it at hardly any cost.
 *
 * @param {number} size - a multiple of 4; 12 bytes stand before the string, whose length takes 1 or 4.
 */
export function body(size) {
  const bytes = new Random(size).bytes(size - (size <= 256 ? 13 : 16));
  /** @type {any} */
  const value = {
    /** @param {TlWriter} w */
    $write(w) {
      w.id(UPLOAD_FILE);
      w.id(STORAGE_FILE_PARTIAL);
      w.int(0);
      w.bytes(bytes);
    },
  };
  return new TlWriter(size + 64).writeAt(value, 0).slice();
}
