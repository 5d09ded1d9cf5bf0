import { toBase64, type JsonValue } from '@tlgen/codec';
import { propertyNames } from '../../generator/src/model/fields.js';
import type {
  PrimitiveName,
  Schema,
  SchemaCombinator,
  SchemaField,
  TypeRef,
} from '../../generator/src/schema/types.js';
import { MinimalDepths } from './minimal-depth.js';
import type { Random } from './random.js';
import * as values from './random-values.js';

/** What random JSON is made of. */
export interface RandomJsonOptions {
  /** Levels of objects within objects, where the schema can end by then. Default 5. */
  readonly maxDepth?: number;
  /** Objects after which only the smallest values are made. Default 40. */
  readonly maxNodes?: number;
  /** Replaces the value of some field: for libraries that do not take every value. */
  readonly override?: FieldOverride;
  /** Whether a vector that may be absent may also be empty: some libraries do not tell the two apart. Default true. */
  readonly emptyOptionalVectors?: boolean;
  /** Whether a text may begin with U+FEFF: mtcute loses it while decoding. Default true. */
  readonly leadingBom?: boolean;
}

/** A value for a field, or undefined for any value. */
export type FieldOverride = (
  owner: SchemaCombinator,
  field: SchemaField,
  random: Random,
) => JsonValue | undefined;

type Draft = Record<string, JsonValue>;

const isNat = ({ type }: SchemaField): boolean => type.kind === 'primitive' && type.name === 'nat';
const isTrue = ({ type }: SchemaField): boolean =>
  type.kind === 'primitive' && type.name === 'true';

/** Makes random JSON data, in the shape of `toJson`, for any constructor or method of a schema. */
export class RandomJson {
  private readonly depths: MinimalDepths;
  private readonly byKey: ReadonlyMap<string, SchemaCombinator>;
  private readonly byType = new Map<string, SchemaCombinator[]>();
  private random!: Random;
  private nodes = 0;

  constructor(
    private readonly schema: Schema,
    private readonly options: RandomJsonOptions = {},
  ) {
    this.depths = new MinimalDepths(schema);
    this.byKey = new Map(schema.constructors.map((one) => [one.key, one]));
    for (const type of schema.types) {
      this.byType.set(
        type.name,
        type.constructors.map((key) => this.constructorOf(key)),
      );
    }
  }

  /** A value of this constructor or method. */
  make(one: SchemaCombinator, random: Random): Draft {
    this.random = random;
    this.nodes = 0;
    return this.object(one, this.options.maxDepth ?? 5);
  }

  private constructorOf(key: string): SchemaCombinator {
    const found = this.byKey.get(key);
    if (found === undefined) throw new Error(`no constructor ${key}`);
    return found;
  }

  private object(one: SchemaCombinator, depth: number): Draft {
    this.nodes++;
    const json: Draft = { _: one.key };
    const names = propertyNames(one);
    const words = this.flagWords(one, depth);
    for (const field of one.fields) {
      const word = words.get(field.name);
      const name = names.get(field.name);
      // A hidden flag word.
      if (name === undefined) continue;
      if (word !== undefined) {
        json[name] = word;
        continue;
      }
      const present = field.flag === null || this.isSet(words, field.flag);
      if (isTrue(field)) json[name] = present;
      else if (present) json[name] = this.field(one, field, depth - 1);
    }
    return json;
  }

  private isSet(
    words: ReadonlyMap<string, number>,
    { word, bit }: { readonly word: string; readonly bit: number | null },
  ): boolean {
    const value = words.get(word) ?? 0;
    return bit === null ? value !== 0 : ((value >>> bit) & 1) === 1;
  }

  /** Values for the flag words: each governed bit on or off, other bits only where the user may set them. */
  private flagWords(one: SchemaCombinator, depth: number): Map<string, number> {
    const words = new Map<string, number>();
    const often = this.random.pick([0, 30, 50, 100]);
    for (const word of one.fields) {
      const governed = one.fields.filter((field) => field.flag?.word === word.name);
      if (!isNat(word) || governed.length === 0) continue;
      const bits = new Set(governed.map((field) => field.flag?.bit ?? 0));
      let value = 0;
      for (const bit of bits) {
        const group = governed.filter((field) => (field.flag?.bit ?? 0) === bit);
        const fits = group.every(
          ({ type }) => this.depths.ofType(type) < depth && !this.isFull(type),
        );
        if (fits && this.random.chance(often)) value |= 1 << bit;
      }
      const hidden = /^flags\d*$/.test(word.name);
      const wholeWord = governed.some((field) => field.flag?.bit === null);
      if (!hidden && !wholeWord && this.random.chance(50)) {
        for (let bit = 0; bit < 32; bit++)
          if (!bits.has(bit) && this.random.chance(30)) value |= 1 << bit;
      }
      words.set(word.name, value >>> 0);
    }
    return words;
  }

  private isFull(type: TypeRef): boolean {
    return type.kind !== 'primitive' && this.nodes >= (this.options.maxNodes ?? 40);
  }

  private field(owner: SchemaCombinator, field: SchemaField, depth: number): JsonValue {
    const own = this.options.override?.(owner, field, this.random);
    if (own !== undefined) return own;
    const value = this.value(field.type, depth);
    const { emptyOptionalVectors = true } = this.options;
    const { type } = field;
    if (emptyOptionalVectors || field.flag === null || type.kind !== 'vector') return value;
    return Array.isArray(value) && value.length > 0 ? value : [this.value(type.item, depth)];
  }

  private value(type: TypeRef, depth: number): JsonValue {
    switch (type.kind) {
      case 'primitive':
        return this.primitive(type.name);
      case 'boxed':
        return type.type === 'True' ? true : this.oneOf(this.byType.get(type.type) ?? [], depth);
      case 'bare':
        return this.object(this.constructorOf(type.constructor), depth);
      case 'object':
        return this.oneOf(this.schema.constructors, depth);
      case 'method':
      case 'generic':
        return this.oneOf(this.schema.methods, depth);
      case 'tuple':
        return Array.from({ length: type.count }, () => this.value(type.item, depth));
      case 'vector':
        return Array.from({ length: this.count(type.item, depth) }, () =>
          this.value(type.item, depth),
        );
    }
  }

  private count(item: TypeRef, depth: number): number {
    if (this.depths.ofType(item) > depth || this.isFull(item)) return 0;
    return this.random.pick([0, 1, 1, 2, 3, item.kind === 'primitive' ? 17 : 2]);
  }

  /** One that ends within `depth` levels, or the ones that end soonest. */
  private oneOf(all: readonly SchemaCombinator[], depth: number): Draft {
    const limit = this.nodes >= (this.options.maxNodes ?? 40) ? 1 : depth;
    let fitting = all.filter((one) => this.depths.of(one) <= limit);
    if (fitting.length === 0) {
      const least = Math.min(...all.map((one) => this.depths.of(one)));
      fitting = all.filter((one) => this.depths.of(one) === least);
    }
    return this.object(this.random.pick(fitting), depth);
  }

  private text(): string {
    const text = values.randomText(this.random);
    return this.options.leadingBom === false ? text.replace(/^\ufeff+/, '') : text;
  }

  private primitive(name: PrimitiveName): JsonValue {
    const { random } = this;
    switch (name) {
      case 'int':
        return values.randomInt(random);
      case 'nat':
        return values.randomNat(random);
      case 'long':
        return values.randomLong(random).toString();
      case 'int53':
        return Number(values.randomInt53(random));
      case 'double': {
        const value = values.randomDouble(random);
        return Number.isFinite(value) ? value : String(value);
      }
      case 'string':
        return this.text();
      case 'bytes':
        return toBase64(values.randomBytes(random));
      case 'int128':
        return toBase64(random.bytes(16));
      case 'int256':
        return toBase64(random.bytes(32));
      case 'int512':
        return toBase64(random.bytes(64));
      case 'Bool':
        return random.chance(50);
      case 'true':
        return true;
    }
  }
}
