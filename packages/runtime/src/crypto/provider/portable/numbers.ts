import bigInt from 'big-integer';
import { CryptoError } from '../../errors.js';
import { webRandomBytes } from './random.js';

type BigInteger = bigInt.BigInteger;

/** big-integer computes with native integers where the host has them; from those it also reads fastest. */
function read(bytes: Uint8Array): BigInteger {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return bigInt(BigInt(hex));
}

function write(value: BigInteger, size: number): Uint8Array {
  const hex = value.toString(16).padStart(size * 2, '0');
  return Uint8Array.from({ length: size }, (_, i) =>
    Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16),
  );
}

/**
 * base^exponent mod modulus by squaring and multiplying. Its time depends on the exponent: hosts without native
 * cryptography have nothing better to offer.
 *
 * @throws CryptoError `bad-dh` for a modulus of 0.
 */
export function portableModPow(
  base: Uint8Array,
  exponent: Uint8Array,
  modulus: Uint8Array,
): Uint8Array {
  const m = read(modulus);
  if (m.isZero()) throw new CryptoError('bad-dh', 'modPow: the modulus is 0.');
  return write(read(base).modPow(read(exponent), m).mod(m), modulus.length);
}

/** A number in [0, 1) from the host's cryptographic source, for drawing bases. */
function randomFraction(): number {
  const view = new DataView(webRandomBytes(8).buffer);
  return (view.getUint32(0) * 2 ** 21 + (view.getUint32(4) >>> 11)) / 2 ** 53;
}

/** Miller–Rabin with random bases. */
export function portableIsProbablyPrime(value: Uint8Array, rounds: number): boolean {
  return read(value).isProbablePrime(rounds, randomFraction);
}
