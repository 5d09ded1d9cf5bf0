import type { Schema, SchemaCombinator, SchemaType } from '../../schema/types.js';
import { PREFERRED_METHODS, PREFERRED_OBJECTS, preferredConstructor } from './preferred.js';
import { isPlain, type Weights } from './weights.js';

/** Below this depth of objects, no wish counts: only the lightest constructor, so that everything ends. */
const DEEP = 4;

/** A preferred constructor that is heavier than this gives way to a lighter one inside of others. */
const HEAVY = 14;

/** Says which constructor stands for a type in examples. */
export class ConstructorChooser {
  private readonly types: ReadonlyMap<string, SchemaType>;
  private readonly byKey: ReadonlyMap<string, SchemaCombinator>;
  /** What stands for `Object`. */
  readonly anyObject: SchemaCombinator | undefined;
  /** What stands for `!X`. */
  readonly anyMethod: SchemaCombinator | undefined;

  constructor(
    schema: Schema,
    private readonly weights: Weights,
  ) {
    this.types = new Map(schema.types.map((one) => [one.name, one]));
    this.byKey = new Map(schema.constructors.map((one) => [one.key, one]));
    this.anyObject = this.firstOf(schema.constructors, PREFERRED_OBJECTS);
    this.anyMethod = this.firstOf(schema.methods, PREFERRED_METHODS);
  }

  /** The constructor with this key. */
  constructorOf(key: string): SchemaCombinator | undefined {
    return this.byKey.get(key);
  }

  /** All constructors of a type. */
  constructorsOf(type: string): readonly SchemaCombinator[] {
    return (this.types.get(type)?.constructors ?? []).flatMap((key) => this.byKey.get(key) ?? []);
  }

  /**
   * A constructor for a boxed type.
   *
   * @param layer - of the secret-style layers, the one that the example is of; null without.
   * @param depth - objects around it.
   */
  choose(type: string, layer: number | null, depth: number): SchemaCombinator | undefined {
    const all = this.constructorsOf(type).filter((one) => this.weights.of(one) < Infinity);
    if (depth >= DEEP) return this.lightest(all);
    const alive = all.filter((one) => layer === null || livesIn(one, layer));
    const candidates = alive.length > 0 ? alive : all;
    const wanted = preferredConstructor(type);
    const preferred = candidates.find((one) => one.name === wanted);
    if (preferred && this.weights.of(preferred) <= HEAVY) return preferred;
    return this.lightest(candidates);
  }

  private lightest(all: readonly SchemaCombinator[]): SchemaCombinator | undefined {
    let best: SchemaCombinator | undefined;
    for (const one of all) {
      if (best === undefined || this.weights.of(one) < this.weights.of(best)) best = one;
    }
    return best;
  }

  private firstOf(
    all: readonly SchemaCombinator[],
    preferred: readonly string[],
  ): SchemaCombinator | undefined {
    const plain = all.filter(isPlain);
    for (const name of preferred) {
      const found = plain.find((one) => one.name === name);
      if (found) return found;
    }
    return this.lightest(plain.filter((one) => one.fields.length > 0)) ?? this.lightest(plain);
  }
}

function livesIn({ since, until }: SchemaCombinator, layer: number): boolean {
  return (since === null || since <= layer) && (until === null || layer <= until);
}
