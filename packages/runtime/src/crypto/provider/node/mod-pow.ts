import type { KeyObject } from 'node:crypto';
import { constants, createPrivateKey, createPublicKey, publicEncrypt } from 'node:crypto';
import { portableModPow } from '../portable/numbers.js';
import { integer, octetString, publicNumber, sequence } from './der.js';

/** PKCS #3 dhKeyAgreement, 1.2.840.113549.1.3.1. */
const DIFFIE_HELLMAN = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x03, 0x01];
/** Longer exponents are taken for secret ones. */
const PUBLIC_EXPONENT = 4;
/** OpenSSL's limits for a Diffie–Hellman modulus, in bytes. */
const SMALLEST = 64;
const LARGEST = 1250;

const bare = (value: Uint8Array): Uint8Array => {
  const start = value.findIndex((byte) => byte !== 0);
  return start < 0 ? value.subarray(0, 0) : value.subarray(start);
};

function padded(value: Uint8Array, size: number): Uint8Array {
  const number = bare(value);
  const result = new Uint8Array(size);
  result.set(number, size - number.length);
  return result;
}

/**
 * In constant time as far as the exponent goes. OpenSSL is given a Diffie–Hellman private key with our base as its
 * generator and completes it with the public key: base^exponent mod modulus. Unlike `createDiffieHellman` this does
 * not test the modulus for primality, a third of a second for each new one.
 */
function secretPower(base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array): Uint8Array {
  const key = sequence(
    integer(new Uint8Array(1)),
    sequence(Uint8Array.from(DIFFIE_HELLMAN), sequence(integer(modulus), integer(base))),
    octetString(integer(exponent)),
  );
  try {
    const secret = createPrivateKey({ key: key as Buffer, format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
    return padded(publicNumber(spki), modulus.length);
  } finally {
    key.fill(0);
  }
}

/** RSA without padding for short, public exponents: fast, but not in constant time. */
function publicPower(base: Uint8Array, exponent: Uint8Array, modulus: Uint8Array): Uint8Array {
  const text = (value: Uint8Array): string => Buffer.from(bare(value)).toString('base64url');
  const key: KeyObject = createPublicKey({
    key: { kty: 'RSA', n: text(modulus), e: text(exponent) },
    format: 'jwk',
  });
  const size = bare(modulus).length;
  const result = publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, padded(base, size));
  return padded(result, modulus.length);
}

/** Whether a is less than b, both without leading zeros. */
function isLess(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return a.length < b.length;
  return Buffer.compare(a, b) < 0;
}

/**
 * base^exponent mod modulus through OpenSSL. Exponents of more than four bytes take the constant-time path. What
 * OpenSSL refuses – tiny, huge or even moduli, bases or exponents of 0 – is computed in plain integers, in a time that
 * depends on the exponent: no modulus that the key exchange or 2FA accept is among it.
 *
 * @throws CryptoError `bad-dh` for a modulus of 0.
 */
export function nodeModPow(
  base: Uint8Array,
  exponent: Uint8Array,
  modulus: Uint8Array,
): Uint8Array {
  const [b, e, m] = [bare(base), bare(exponent), bare(modulus)];
  const native =
    m.length >= SMALLEST &&
    m.length <= LARGEST &&
    ((m.at(-1) ?? 0) & 1) === 1 &&
    b.length > 0 &&
    e.length > 0 &&
    isLess(b, m);
  if (native) {
    try {
      const power = e.length <= PUBLIC_EXPONENT ? publicPower : secretPower;
      return power(b, e, modulus);
    } catch {
      // Another OpenSSL, or one with other limits, such as BoringSSL.
    }
  }
  return portableModPow(base, exponent, modulus);
}
