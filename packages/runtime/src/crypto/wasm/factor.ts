import { cryptoModule } from './loader.js';

/**
 * Pollard's rho in Brent's form for a number below 2^63; the number of steps is bounded.
 *
 * @returns the smaller one of a proper factor and its cofactor, or null.
 */
export function wasmFindFactor(pq: bigint): bigint | null {
  if (pq < 0n || pq >= 1n << 63n) return null;
  const factor = cryptoModule().findFactor(pq);
  if (factor === 0n) return null;
  const other = pq / factor;
  return factor < other ? factor : other;
}
