import type { Schema, SchemaCombinator, TypeRef } from '../schema/types.js';

const SIZES: Readonly<Record<string, number>> = {
  long: 8,
  int53: 8,
  double: 8,
  int128: 16,
  int256: 32,
  int512: 64,
  true: 0,
};

/** Larger than this is no better a bound; keeps sums of nested tuples finite. */
const LARGEST = 0xffff;

/** Constructors within constructors that are looked at: keeps long chains off the stack. */
const DEEPEST = 256;

/** Least bytes a value of a type takes on the wire: bounds vector counts while decoding. */
export class WireSizes {
  private readonly byKey: ReadonlyMap<string, SchemaCombinator>;
  private readonly pending = new Set<string>();
  private readonly bodies = new Map<string, number>();

  constructor(schema: Schema) {
    this.byKey = new Map(schema.constructors.map((one) => [one.key, one]));
  }

  least(type: TypeRef): number {
    switch (type.kind) {
      case 'primitive':
        return SIZES[type.name] ?? 4;
      case 'vector':
        return type.boxed ? 8 : 4;
      case 'tuple':
        return Math.min(LARGEST, type.count * this.least(type.item));
      case 'bare':
        return this.leastBody(type.constructor);
      default:
        return 4;
    }
  }

  private leastBody(key: string): number {
    const known = this.bodies.get(key);
    if (known !== undefined) return known;
    const one = this.byKey.get(key);
    // A constructor that holds itself bare never ends, and nobody reads one this deep: 0 is a safe lower bound.
    if (one === undefined || this.pending.has(key) || this.pending.size === DEEPEST) return 0;
    this.pending.add(key);
    const size = one.fields.reduce(
      (sum, field) => sum + (field.flag ? 0 : this.least(field.type)),
      0,
    );
    this.pending.delete(key);
    const bounded = Math.min(LARGEST, size);
    this.bodies.set(key, bounded);
    return bounded;
  }
}
