import { decryptBlock } from './decrypt-block';
import { encryptBlock } from './encrypt-block';
import { BLOCK, COUNTER, DATA, IV, KEY_STREAM } from './layout';

/**
 * Infinite garble extension, in place: y = E(x ^ previous y) ^ previous x. IV holds the previous y, then the
 * previous x, and afterwards those of the next piece.
 */
export function igeEncrypt(size: i32): void {
  let y0 = load<u32>(IV);
  let y1 = load<u32>(IV + 4);
  let y2 = load<u32>(IV + 8);
  let y3 = load<u32>(IV + 12);
  let p0 = load<u32>(IV + 16);
  let p1 = load<u32>(IV + 20);
  let p2 = load<u32>(IV + 24);
  let p3 = load<u32>(IV + 28);
  const end = DATA + size;
  for (let at = DATA; at < end; at += 16) {
    const x0 = load<u32>(at);
    const x1 = load<u32>(at, 4);
    const x2 = load<u32>(at, 8);
    const x3 = load<u32>(at, 12);
    encryptBlock(x0 ^ y0, x1 ^ y1, x2 ^ y2, x3 ^ y3);
    store<u32>(at, (y0 = load<u32>(BLOCK) ^ p0));
    store<u32>(at, (y1 = load<u32>(BLOCK + 4) ^ p1), 4);
    store<u32>(at, (y2 = load<u32>(BLOCK + 8) ^ p2), 8);
    store<u32>(at, (y3 = load<u32>(BLOCK + 12) ^ p3), 12);
    p0 = x0;
    p1 = x1;
    p2 = x2;
    p3 = x3;
  }
  store<u32>(IV, y0);
  store<u32>(IV + 4, y1);
  store<u32>(IV + 8, y2);
  store<u32>(IV + 12, y3);
  store<u32>(IV + 16, p0);
  store<u32>(IV + 20, p1);
  store<u32>(IV + 24, p2);
  store<u32>(IV + 28, p3);
}

/** The way back, in place: x = D(y ^ previous x) ^ previous y. */
export function igeDecrypt(size: i32): void {
  let p0 = load<u32>(IV);
  let p1 = load<u32>(IV + 4);
  let p2 = load<u32>(IV + 8);
  let p3 = load<u32>(IV + 12);
  let x0 = load<u32>(IV + 16);
  let x1 = load<u32>(IV + 20);
  let x2 = load<u32>(IV + 24);
  let x3 = load<u32>(IV + 28);
  const end = DATA + size;
  for (let at = DATA; at < end; at += 16) {
    const y0 = load<u32>(at);
    const y1 = load<u32>(at, 4);
    const y2 = load<u32>(at, 8);
    const y3 = load<u32>(at, 12);
    decryptBlock(x0 ^ y0, x1 ^ y1, x2 ^ y2, x3 ^ y3);
    store<u32>(at, (x0 = load<u32>(BLOCK) ^ p0));
    store<u32>(at, (x1 = load<u32>(BLOCK + 4) ^ p1), 4);
    store<u32>(at, (x2 = load<u32>(BLOCK + 8) ^ p2), 8);
    store<u32>(at, (x3 = load<u32>(BLOCK + 12) ^ p3), 12);
    p0 = y0;
    p1 = y1;
    p2 = y2;
    p3 = y3;
  }
  store<u32>(IV, p0);
  store<u32>(IV + 4, p1);
  store<u32>(IV + 8, p2);
  store<u32>(IV + 12, p3);
  store<u32>(IV + 16, x0);
  store<u32>(IV + 20, x1);
  store<u32>(IV + 24, x2);
  store<u32>(IV + 28, x3);
}

/** Adds one to the big-endian counter of 128 bits. */
function increment(): void {
  const low = bswap<u64>(load<u64>(COUNTER + 8)) + 1;
  store<u64>(COUNTER + 8, bswap<u64>(low));
  if (low == 0) store<u64>(COUNTER, bswap<u64>(bswap<u64>(load<u64>(COUNTER)) + 1));
}

/** The next block of the key stream. */
function nextKeyStream(): void {
  encryptBlock(
    load<u32>(COUNTER),
    load<u32>(COUNTER + 4),
    load<u32>(COUNTER + 8),
    load<u32>(COUNTER + 12),
  );
  increment();
}

/**
 * Counter mode, in place.
 *
 * @param used - how many bytes of KEY_STREAM the stream has consumed, 0 … 16 (16: none left).
 * @returns the same after this piece.
 */
export function ctr(size: i32, used: i32): i32 {
  let at = DATA;
  const end = DATA + size;
  while (used < 16 && at < end) {
    store<u8>(at, load<u8>(at) ^ load<u8>(KEY_STREAM + used));
    at++;
    used++;
  }
  while (at + 16 <= end) {
    nextKeyStream();
    store<u64>(at, load<u64>(at) ^ load<u64>(BLOCK));
    store<u64>(at, load<u64>(at, 8) ^ load<u64>(BLOCK + 8), 8);
    at += 16;
  }
  if (at < end) {
    nextKeyStream();
    memory.copy(KEY_STREAM, BLOCK, 16);
    used = 0;
    while (at < end) {
      store<u8>(at, load<u8>(at) ^ load<u8>(KEY_STREAM + used));
      at++;
      used++;
    }
  }
  return used;
}
