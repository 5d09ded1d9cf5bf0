import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Square and multiply in plain BigInt. */
export function modPowPlain(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

/** AES-256-IGE by its definition, one block at a time. */
export function igePlain(
  data: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
  encrypt: boolean,
): Uint8Array {
  const aes = encrypt
    ? createCipheriv('aes-256-ecb', key, null)
    : createDecipheriv('aes-256-ecb', key, null);
  aes.setAutoPadding(false);
  const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ b[i]!);
  let [outBefore, inBefore]: [Uint8Array, Uint8Array] = [iv.slice(0, 16), iv.slice(16, 32)];
  if (!encrypt) [outBefore, inBefore] = [inBefore, outBefore];
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 16) {
    const block = data.slice(at, at + 16);
    const result = xor(aes.update(xor(block, outBefore)), inBefore);
    out.set(result, at);
    [outBefore, inBefore] = [result, block];
  }
  return out;
}
