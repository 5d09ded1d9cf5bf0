const P = 2n ** 255n - 19n;
const A24 = 121665n;
const BASE = 9n;

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}

/**
 * The public key of X25519 (RFC 7748) for 32 random bytes. Nobody computes a shared key from it: the imitation of
 * TLS only must show a point that is on the curve, as a browser does. So it need not run in constant time.
 */
export function x25519PublicKey(random: Uint8Array): Uint8Array {
  let scalar = 0n;
  for (let i = 31; i >= 0; i--) scalar = (scalar << 8n) | BigInt(random[i] ?? 0);
  scalar = (scalar & (2n ** 254n - 8n)) | (1n << 254n);
  let x2 = 1n;
  let z2 = 0n;
  let x3 = BASE;
  let z3 = 1n;
  for (let bit = 254n; bit >= 0n; bit--) {
    const one = ((scalar >> bit) & 1n) === 1n;
    if (one) [x2, x3, z2, z3] = [x3, x2, z3, z2];
    const sum = x2 + z2;
    const difference = x2 - z2;
    const sumSquared = mod(sum * sum);
    const differenceSquared = mod(difference * difference);
    const e = mod(sumSquared - differenceSquared);
    const da = mod((x3 - z3) * sum);
    const cb = mod((x3 + z3) * difference);
    x3 = mod((da + cb) ** 2n);
    z3 = mod(BASE * (da - cb) ** 2n);
    x2 = mod(sumSquared * differenceSquared);
    z2 = mod(e * (sumSquared + A24 * e));
    if (one) [x2, x3, z2, z3] = [x3, x2, z3, z2];
  }
  let u = mod(x2 * power(z2, P - 2n));
  const key = new Uint8Array(32);
  for (let i = 0; i < 32; i++, u >>= 8n) key[i] = Number(u & 0xffn);
  return key;
}
