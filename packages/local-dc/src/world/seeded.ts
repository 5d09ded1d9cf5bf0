import type { CryptoProvider } from '@tlgen/runtime/crypto';

/**
 * A provider whose random bytes follow from a seed: SHA-256 of the seed and a counter. For tests that replay; never for
 * real keys.
 */
export function seededCrypto(base: CryptoProvider, seed: string | number): CryptoProvider {
  const prefix = new TextEncoder().encode(`${typeof seed}:${seed}:`);
  let counter = 0;
  let spare = new Uint8Array();
  const block = (): Uint8Array => {
    const number = new TextEncoder().encode(String(counter++));
    const data = new Uint8Array(prefix.length + number.length);
    data.set(prefix);
    data.set(number, prefix.length);
    return base.sha256(data);
  };
  const randomBytes = (size: number): Uint8Array => {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size;) {
      if (spare.length === 0) spare = new Uint8Array(block());
      const part = spare.subarray(0, size - at);
      bytes.set(part, at);
      spare = spare.subarray(part.length);
      at += part.length;
    }
    return bytes;
  };
  const same = <K extends keyof CryptoProvider>(name: K): CryptoProvider[K] => {
    const member: unknown = base[name];
    return (typeof member === 'function' ? member.bind(base) : member) as CryptoProvider[K];
  };
  return {
    name: base.name,
    randomBytes,
    md5: same('md5'),
    sha1: same('sha1'),
    sha256: same('sha256'),
    sha512: same('sha512'),
    hmacSha256: same('hmacSha256'),
    hmacSha512: same('hmacSha512'),
    pbkdf2Sha512: same('pbkdf2Sha512'),
    aesIgeEncrypt: same('aesIgeEncrypt'),
    aesIgeDecrypt: same('aesIgeDecrypt'),
    aesCtr: same('aesCtr'),
    seal2: same('seal2'),
    open2: same('open2'),
    modPow: same('modPow'),
    isProbablyPrime: same('isProbablyPrime'),
    findFactor: same('findFactor'),
  };
}

/** Numbers from 0 up to 1 out of a provider's random bytes. */
export function randomNumber(crypto: CryptoProvider): number {
  const bytes = crypto.randomBytes(4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
}
