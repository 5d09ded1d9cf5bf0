/** Multiplies how many random values every test makes; `TLGEN_RUNS=20 npx vitest …` for a long run. */
export const RUNS = Math.max(1, Number(process.env['TLGEN_RUNS'] ?? 1));

/** Where all random tests start from; the same by default, so that every run tests the same values. */
export const SEED = Number(process.env['TLGEN_SEED'] ?? 20260101) >>> 0;

/** A small seeded generator (splitmix32): same seed, same values, on every host. */
export class Random {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** An unsigned 32-bit number. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) >>> 0;
    let z = this.state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }

  /** An integer from 0 to `bound` − 1. */
  below(bound: number): number {
    return Math.floor((this.next() / 2 ** 32) * bound);
  }

  /** True `percent` times in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[this.below(items.length)] as T;
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let i = 0; i < length; i++) bytes[i] = this.next();
    return bytes;
  }
}

/** A seed of its own for each named thing and run: adding a class does not change the values of others. */
export function seedFor(name: string, run: number): number {
  let hash = SEED ^ Math.imul(run + 1, 0x85ebca6b);
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
