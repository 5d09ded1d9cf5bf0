import { multiply, negativeInverseOf, oneOf } from './montgomery';

/** Miller–Rabin for an odd number above 2 to one base. */
function passes(n: u64, base: u64, one: u64, inverse: u64): bool {
  const minusOne = n - one;
  const shift = ctz<u64>(n - 1);
  // base in Montgomery's form by doubling and adding: bases are small.
  let a: u64 = 0;
  for (let i = base; i > 0; i--) {
    a += one;
    if (a >= n) a -= n;
  }
  if (a == 0) return true;
  let x = one;
  for (let exponent = (n - 1) >> shift; exponent != 0; exponent >>= 1) {
    if (exponent & 1) x = multiply(x, a, n, inverse);
    a = multiply(a, a, n, inverse);
  }
  if (x == one || x == minusOne) return true;
  for (let i: u64 = 1; i < shift; i++) {
    x = multiply(x, x, n, inverse);
    if (x == minusOne) return true;
  }
  return false;
}

/** Whether an odd number between 3 and 2^63 is prime: the first twelve primes as bases decide for all of 64 bits. */
export function isPrime(n: u64): bool {
  const one = oneOf(n);
  const inverse = negativeInverseOf(n);
  return (
    passes(n, 2, one, inverse) &&
    passes(n, 3, one, inverse) &&
    passes(n, 5, one, inverse) &&
    passes(n, 7, one, inverse) &&
    passes(n, 11, one, inverse) &&
    passes(n, 13, one, inverse) &&
    passes(n, 17, one, inverse) &&
    passes(n, 19, one, inverse) &&
    passes(n, 23, one, inverse) &&
    passes(n, 29, one, inverse) &&
    passes(n, 31, one, inverse) &&
    passes(n, 37, one, inverse)
  );
}
