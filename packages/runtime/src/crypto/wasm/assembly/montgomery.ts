/** The upper 64 bits of a product of 128, from four products of halves. */
// @inline
function multiplyHigh(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const cross = aLow * bHigh;
  const middle = ((aLow * bLow) >> 32) + (cross & 0xffffffff) + aHigh * bLow;
  return aHigh * bHigh + (cross >> 32) + (middle >> 32);
}

/** Montgomery's product a · b / 2^64 mod n, for odd n below 2^63 and a, b below n. */
// @inline
export function multiply(a: u64, b: u64, n: u64, negativeInverse: u64): u64 {
  const low = a * b;
  // low + m · n is a multiple of 2^64: it carries unless low is 0.
  const high = multiplyHigh(a, b) + multiplyHigh(low * negativeInverse, n) + u64(low != 0);
  return high >= n ? high - n : high;
}

/** −1/n mod 2^64 by Newton's iteration, which doubles the number of right bits; n itself has three. */
export function negativeInverseOf(n: u64): u64 {
  let inverse = n;
  for (let i = 0; i < 5; i++) inverse *= 2 - n * inverse;
  return 0 - inverse;
}

/** 2^64 mod n: the number one in Montgomery's form. */
// @inline
export function oneOf(n: u64): u64 {
  return (0 - n) % n;
}
