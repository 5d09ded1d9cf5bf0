import { multiply, negativeInverseOf, oneOf } from './montgomery';
import { isPrime } from './prime';

/** Divisors below this are tried one by one. */
const TRIAL_LIMIT: u64 = 256;
/** Differences multiplied up before one greatest common divisor is taken. */
const BATCH: u64 = 128;
/** Each walk ends after twice as many steps; factors below 2^31.5 need about 2^16. */
const WALK_LIMIT: u64 = 1 << 19;
/** Walks, each with its own polynomial, before giving up. */
const WALKS: u64 = 24;

function gcd(a: u64, b: u64): u64 {
  if (a == 0) return b;
  if (b == 0) return a;
  const shift = ctz<u64>(a | b);
  a >>= ctz<u64>(a);
  while (b != 0) {
    b >>= ctz<u64>(b);
    if (a > b) {
      const t = a;
      a = b;
      b = t;
    }
    b -= a;
  }
  return a << shift;
}

// @inline
function distance(a: u64, b: u64): u64 {
  return a > b ? a - b : b - a;
}

/** The polynomial of the walk: y² + c. */
// @inline
function step(y: u64, c: u64, n: u64, inverse: u64): u64 {
  const next = multiply(y, y, n, inverse) + c;
  return next >= n ? next - n : next;
}

/** One walk of Pollard's rho in Brent's form; 0 or n when it finds nothing. */
function walk(n: u64, c: u64, inverse: u64): u64 {
  let y: u64 = 2;
  let x: u64 = y;
  let start: u64 = y;
  let product = oneOf(n);
  let divisor: u64 = 1;
  for (let length: u64 = 1; length <= WALK_LIMIT && divisor == 1; length <<= 1) {
    x = y;
    for (let i: u64 = 0; i < length; i++) y = step(y, c, n, inverse);
    for (let done: u64 = 0; done < length && divisor == 1; done += BATCH) {
      start = y;
      const end = min(BATCH, length - done);
      for (let i: u64 = 0; i < end; i++) {
        y = step(y, c, n, inverse);
        product = multiply(product, distance(x, y), n, inverse);
      }
      divisor = gcd(product, n);
    }
  }
  if (divisor == 1) return 0;
  if (divisor != n) return divisor;
  // Both factors fell into one batch: walk it again step by step.
  for (let i: u64 = 0; i < BATCH; i++) {
    start = step(start, c, n, inverse);
    divisor = gcd(distance(x, start), n);
    if (divisor != 1) return divisor;
  }
  return 0;
}

function squareRoot(n: u64): u64 {
  let root = <u64>Math.sqrt(<f64>n);
  while (root * root > n) root--;
  while ((root + 1) * (root + 1) <= n) root++;
  return root;
}

/** A proper factor of a number below 2^63; 0 when there is none (0, 1, a prime). The same steps for the same n. */
export function findFactor(n: u64): u64 {
  if (n < 4) return 0;
  if ((n & 1) == 0) return 2;
  for (let divisor: u64 = 3; divisor < TRIAL_LIMIT; divisor += 2) {
    if (divisor * divisor > n) return 0;
    if (n % divisor == 0) return divisor;
  }
  if (isPrime(n)) return 0;
  const root = squareRoot(n);
  if (root * root == n) return root;
  const inverse = negativeInverseOf(n);
  for (let c: u64 = 1; c <= WALKS; c++) {
    const factor = walk(n, c, inverse);
    if (factor != 0 && factor != n) return factor;
  }
  return 0;
}
