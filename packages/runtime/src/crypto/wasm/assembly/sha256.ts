import { DIGEST, HASH, SCHEDULE, TAIL } from './layout';

/** The round constants (FIPS 180-4, §4.2.2). */
const CONSTANTS = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

/** Starts a hash in HASH. */
export function hashStart(): void {
  store<u32>(HASH, 0x6a09e667);
  store<u32>(HASH + 4, 0xbb67ae85);
  store<u32>(HASH + 8, 0x3c6ef372);
  store<u32>(HASH + 12, 0xa54ff53a);
  store<u32>(HASH + 16, 0x510e527f);
  store<u32>(HASH + 20, 0x9b05688c);
  store<u32>(HASH + 24, 0x1f83d9ab);
  store<u32>(HASH + 28, 0x5be0cd19);
}

/** One round: needs `h`, gives what is added to `d` (the new `e`). */
// @inline
function first(e: u32, f: u32, g: u32, h: u32, at: i32): u32 {
  return (
    h +
    (rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25)) +
    (g ^ (e & (f ^ g))) +
    load<u32>(at, SCHEDULE)
  );
}

// @inline
function second(a: u32, b: u32, c: u32): u32 {
  return (rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22)) + ((a & b) | (c & (a | b)));
}

/** The message schedule of one block, with the round constants already added. */
function fillSchedule(block: i32): void {
  for (let i = 0; i < 64; i += 4) store<u32>(i, bswap<u32>(load<u32>(block + i)), SCHEDULE);
  for (let i = 64; i < 256; i += 4) {
    const w2 = load<u32>(i, SCHEDULE - 8);
    const w15 = load<u32>(i, SCHEDULE - 60);
    store<u32>(
      i,
      load<u32>(i, SCHEDULE - 64) +
        (rotr<u32>(w15, 7) ^ rotr<u32>(w15, 18) ^ (w15 >> 3)) +
        load<u32>(i, SCHEDULE - 28) +
        (rotr<u32>(w2, 17) ^ rotr<u32>(w2, 19) ^ (w2 >> 10)),
      SCHEDULE,
    );
  }
}

/** Adds `size` bytes, a multiple of 64, to the hash. */
export function hashBlocks(data: i32, size: i32): void {
  let s0 = load<u32>(HASH);
  let s1 = load<u32>(HASH + 4);
  let s2 = load<u32>(HASH + 8);
  let s3 = load<u32>(HASH + 12);
  let s4 = load<u32>(HASH + 16);
  let s5 = load<u32>(HASH + 20);
  let s6 = load<u32>(HASH + 24);
  let s7 = load<u32>(HASH + 28);
  for (const end = data + size; data < end; data += 64) {
    fillSchedule(data);
    let a = s0;
    let b = s1;
    let c = s2;
    let d = s3;
    let e = s4;
    let f = s5;
    let g = s6;
    let h = s7;
    for (let i = 0; i < 256; i += 32) {
      // Eight rounds written out: the roles of the eight words rotate instead of their values.
      h = first(e, f, g, h, i) + load<u32>(CONSTANTS + i);
      d += h;
      h += second(a, b, c);
      g = first(d, e, f, g, i + 4) + load<u32>(CONSTANTS + i, 4);
      c += g;
      g += second(h, a, b);
      f = first(c, d, e, f, i + 8) + load<u32>(CONSTANTS + i, 8);
      b += f;
      f += second(g, h, a);
      e = first(b, c, d, e, i + 12) + load<u32>(CONSTANTS + i, 12);
      a += e;
      e += second(f, g, h);
      d = first(a, b, c, d, i + 16) + load<u32>(CONSTANTS + i, 16);
      h += d;
      d += second(e, f, g);
      c = first(h, a, b, c, i + 20) + load<u32>(CONSTANTS + i, 20);
      g += c;
      c += second(d, e, f);
      b = first(g, h, a, b, i + 24) + load<u32>(CONSTANTS + i, 24);
      f += b;
      b += second(c, d, e);
      a = first(f, g, h, a, i + 28) + load<u32>(CONSTANTS + i, 28);
      e += a;
      a += second(b, c, d);
    }
    s0 += a;
    s1 += b;
    s2 += c;
    s3 += d;
    s4 += e;
    s5 += f;
    s6 += g;
    s7 += h;
  }
  store<u32>(HASH, s0);
  store<u32>(HASH + 4, s1);
  store<u32>(HASH + 8, s2);
  store<u32>(HASH + 12, s3);
  store<u32>(HASH + 16, s4);
  store<u32>(HASH + 20, s5);
  store<u32>(HASH + 24, s6);
  store<u32>(HASH + 28, s7);
}

/**
 * Adds the last `size` bytes and writes the hash to DIGEST.
 *
 * @param total - bytes of the whole message.
 */
export function hashFinish(data: i32, size: i32, total: i32): void {
  const whole = size & ~63;
  hashBlocks(data, whole);
  const rest = size - whole;
  const padded = rest < 56 ? 64 : 128;
  memory.fill(TAIL, 0, 128);
  memory.copy(TAIL, data + whole, rest);
  store<u8>(TAIL + rest, 0x80);
  store<u64>(TAIL + padded - 8, bswap<u64>((<u64>total) << 3));
  hashBlocks(TAIL, padded);
  for (let i = 0; i < 32; i += 4) store<u32>(DIGEST + i, bswap<u32>(load<u32>(HASH + i)));
}

/** SHA-256 of bytes in memory, into DIGEST. */
export function sha256(data: i32, size: i32): void {
  hashStart();
  hashFinish(data, size, size);
}
