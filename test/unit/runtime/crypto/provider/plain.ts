// The same primitives written as their definitions say, without a thought for speed.
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((byte, i) => byte ^ (b[i] ?? 0));

function blocks(
  data: Uint8Array,
  iv: Uint8Array,
  cipher: (block: Uint8Array) => Uint8Array,
): Uint8Array {
  let previousOut = iv.subarray(0, 16);
  let previousIn = iv.subarray(16);
  const result = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 16) {
    const block = data.subarray(at, at + 16);
    previousOut = xor(cipher(xor(block, previousOut)), previousIn);
    previousIn = block;
    result.set(previousOut, at);
  }
  return result;
}

export function igeEncrypt(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  const ecb = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return blocks(data, iv, (block) => ecb.update(block));
}

export function igeDecrypt(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  const ecb = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const swapped = Buffer.concat([iv.subarray(16), iv.subarray(0, 16)]);
  return blocks(data, swapped, (block) => ecb.update(block));
}

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest());

/** MTProto 2.0: msg_key and ciphertext of a padded plaintext. */
export function seal(
  plain: Uint8Array,
  authKey: Uint8Array,
  x: 0 | 8,
): { messageKey: Uint8Array; encrypted: Uint8Array } {
  const large = sha256(authKey.subarray(88 + x, 88 + x + 32), plain);
  const messageKey = large.subarray(8, 24);
  const a = sha256(messageKey, authKey.subarray(x, x + 36));
  const b = sha256(authKey.subarray(40 + x, 40 + x + 36), messageKey);
  const key = Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]);
  const iv = Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]);
  return { messageKey, encrypted: igeEncrypt(plain, key, iv) };
}
