import { createCipheriv, createDecipheriv } from 'node:crypto';

/** AES-256-IGE as the protocol documents define it, block by block over node:crypto's ECB. */
export function igeDecrypt(cipher: Uint8Array, key: Uint8Array, iv: Uint8Array): Buffer {
  const aes = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const plain = Buffer.alloc(cipher.length);
  let before: { readonly cipher: Buffer; readonly plain: Buffer } = {
    cipher: Buffer.from(iv.subarray(0, 16)),
    plain: Buffer.from(iv.subarray(16)),
  };
  for (let at = 0; at < cipher.length; at += 16) {
    const block = Buffer.from(cipher.subarray(at, at + 16));
    const out = xor(aes.update(xor(block, before.plain)), before.cipher);
    out.copy(plain, at);
    before = { cipher: block, plain: out };
  }
  return plain;
}

export function igeEncrypt(plain: Uint8Array, key: Uint8Array, iv: Uint8Array): Buffer {
  const aes = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const cipher = Buffer.alloc(plain.length);
  let before: { readonly cipher: Buffer; readonly plain: Buffer } = {
    cipher: Buffer.from(iv.subarray(0, 16)),
    plain: Buffer.from(iv.subarray(16)),
  };
  for (let at = 0; at < plain.length; at += 16) {
    const block = Buffer.from(plain.subarray(at, at + 16));
    const out = xor(aes.update(xor(block, before.cipher)), before.plain);
    out.copy(cipher, at);
    before = { cipher: out, plain: block };
  }
  return cipher;
}

/**
 * Whether the whole blocks of `plain` are what `cipher` decrypts to: as {@link igeDecrypt}, with all blocks at once, for
 * the plain block before each is known. A block that differs is found where it is.
 */
export function decryptsTo(
  cipher: Uint8Array,
  plain: Uint8Array,
  key: Uint8Array,
  iv: Uint8Array,
): boolean {
  const blocks = plain.length - (plain.length % 16);
  if (cipher.length !== Math.ceil(plain.length / 16) * 16) return false;
  const c = Buffer.concat([iv.subarray(0, 16), cipher]);
  const p = Buffer.concat([iv.subarray(16), plain.subarray(0, blocks)]);
  const aes = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const inner = aes.update(xor(c.subarray(16, 16 + blocks), p.subarray(0, blocks)));
  if (!xor(inner, c.subarray(0, blocks)).equals(p.subarray(16))) return false;
  if (blocks === plain.length) return true;
  const chain = Buffer.concat([c.subarray(blocks, blocks + 16), p.subarray(blocks)]);
  const last = igeDecrypt(cipher.subarray(blocks), key, chain);
  return last.subarray(0, plain.length - blocks).equals(plain.subarray(blocks));
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(a.length);
  for (let at = 0; at < a.length; at += 1) out[at] = a[at]! ^ b[at]!;
  return out;
}
