import { fromBase64 } from '@tlgen/codec';
import { concat, fromHex } from './bytes.js';
import { equalBytes } from './compare.js';
import { DerReader } from './der.js';
import { CryptoError } from './errors.js';
import type { CryptoProvider } from './provider/types.js';

const MODULUS_SIZE = 256;
const PEM = /^\s*-----BEGIN ((?:RSA )?PUBLIC KEY)-----([\sA-Za-z0-9+/=]*)-----END \1-----\s*$/;
/** The content of AlgorithmIdentifier { rsaEncryption, NULL }. */
const RSA_ENCRYPTION = fromHex('06092a864886f70d0101010500');

/** A public RSA key of a data center. */
export interface RsaKey {
  /** The modulus: 256 bytes, big-endian. */
  readonly n: Uint8Array;
  /** The public exponent, big-endian without leading zeros. */
  readonly e: Uint8Array;
  /** The low 64 bits of SHA1 of the key's bare TL form, as the signed number that travels little-endian. */
  readonly fingerprint: bigint;
}

/** A key pair; only data centers hold one. */
export interface RsaPrivateKey extends RsaKey {
  /** The private exponent, big-endian. */
  readonly d: Uint8Array;
}

/**
 * Reads a public key of 2048 bits: PKCS#1 (`RSA PUBLIC KEY`) or SubjectPublicKeyInfo (`PUBLIC KEY`).
 *
 * @throws CryptoError `bad-rsa`
 */
export function parseRsaKey(crypto: CryptoProvider, pem: string): RsaKey {
  const [, label, text] = PEM.exec(pem) ?? [];
  if (label === undefined || text === undefined) {
    throw new CryptoError('bad-rsa', 'expected a PEM block RSA PUBLIC KEY or PUBLIC KEY');
  }
  const der = fromBase64(text.replaceAll(/\s/g, ''));
  if (der === null) throw new CryptoError('bad-rsa', 'the PEM block is not base64');
  const reader = label === 'PUBLIC KEY' ? insideSpki(der) : new DerReader(der);
  const key = reader.sequence();
  reader.end();
  const n = key.positive();
  const e = key.positive();
  key.end();
  return rsaKeyFrom(crypto, n, e);
}

/**
 * Builds a key from its numbers and computes its fingerprint.
 *
 * @param n - modulus of 2048 bits, big-endian.
 * @param e - odd public exponent of at most 8 bytes, at least 3, big-endian.
 * @throws CryptoError `bad-rsa`
 */
export function rsaKeyFrom(crypto: CryptoProvider, n: Uint8Array, e: Uint8Array): RsaKey {
  const modulus = withoutLeadingZeros(n);
  const exponent = withoutLeadingZeros(e);
  if (modulus.length !== MODULUS_SIZE || (modulus[0] ?? 0) < 0x80 || isEven(modulus)) {
    throw new CryptoError('bad-rsa', 'the modulus must be an odd number of exactly 2048 bits');
  }
  const tooSmall = exponent.length === 0 || (exponent.length === 1 && (exponent[0] ?? 0) < 3);
  if (tooSmall || exponent.length > 8 || isEven(exponent)) {
    throw new CryptoError('bad-rsa', 'the public exponent must be odd and between 3 and 2^64');
  }
  const hash = crypto.sha1(concat(tlBytes(modulus), tlBytes(exponent)));
  const fingerprint = new DataView(hash.buffer, hash.byteOffset + 12, 8).getBigInt64(0, true);
  return { n: modulus, e: exponent, fingerprint };
}

function insideSpki(der: Uint8Array): DerReader {
  const outer = new DerReader(der);
  const info = outer.sequence();
  outer.end();
  if (!equalBytes(info.sequenceBytes(), RSA_ENCRYPTION)) {
    throw new CryptoError('bad-rsa', 'the public key is not an RSA key');
  }
  const key = info.bitString();
  info.end();
  return key;
}

/** TL `bytes`: length, content, zeros up to a multiple of 4. */
function tlBytes(bytes: Uint8Array): Uint8Array {
  const size = bytes.length;
  const head = size < 254 ? [size] : [254, size & 255, (size >> 8) & 255, size >> 16];
  const rest = (4 - ((head.length + size) % 4)) % 4;
  return concat(Uint8Array.from(head), bytes, new Uint8Array(rest));
}

function withoutLeadingZeros(number: Uint8Array): Uint8Array {
  const first = number.findIndex((byte) => byte !== 0);
  return first < 0 ? new Uint8Array() : number.slice(first);
}

function isEven(number: Uint8Array): boolean {
  return ((number.at(-1) ?? 0) & 1) === 0;
}
