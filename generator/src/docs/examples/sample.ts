import { roleOf, wordsOf } from '../../model/fields.js';
import { localName } from '../../model/names.js';
import type { Schema, SchemaCombinator, SchemaField, TypeRef } from '../../schema/types.js';
import { ConstructorChooser } from './choose-constructor.js';
import type { ExampleField, ExampleObject, ExampleValue } from './example-value.js';
import { looksOld } from './looks.js';
import { shownFields } from './shown-fields.js';
import { primitiveValue } from './values/primitive.js';
import { Weights } from './weights.js';

/** Larger examples than this many fields teach nobody. */
const LARGEST = 400;

/** Items of vectors that are heavier than this are left out, and all objects in vectors this deep. */
const HEAVY_ITEM = 15;
const DEEP_ITEM = 2;

/** Vectors of what a result refers to elsewhere. */
export const SIDE_TABLES = new Set(['chats', 'users']);

/** What a value is of. */
interface Place {
  /** TL name of the combinator. */
  readonly of: string;
  readonly field: string;
  readonly depth: number;
  /** Secret-style layer of the example; null without layers. */
  readonly layer: number | null;
}

/** Makes small, plausible values for the constructors and methods of a schema. Same schema, same values. */
export class Sampler {
  private readonly weights: Weights;
  private readonly chooser: ConstructorChooser;
  private readonly newest: number;

  /** @param layer - the schema's layer, for fields called `layer`; 0 when it has none. */
  constructor(schema: Schema, layer = schema.layer ?? schema.layers.at(-1) ?? 0) {
    this.weights = new Weights(schema);
    this.chooser = new ConstructorChooser(schema, this.weights);
    this.newest = layer;
  }

  /** A value of a constructor or method; null when there is none that ends, or none of a size that helps. */
  sampleOf(one: SchemaCombinator): ExampleObject | null {
    if (this.weights.of(one) > LARGEST) return null;
    return this.object(one, 0, one.since === null ? null : (one.until ?? this.newest));
  }

  /** What stands for a parameter `!X`. */
  get anyMethod(): SchemaCombinator | undefined {
    return this.chooser.anyMethod;
  }

  private object(one: SchemaCombinator, depth: number, layer: number | null): ExampleObject {
    const shown = shownFields(one, depth > 0, (field) => this.ends(field.type));
    const words = wordsOf(one);
    const fields: ExampleField[] = [];
    for (const field of one.fields) {
      const role = roleOf(field, words);
      if (role === 'word' || !shown.has(field)) continue;
      const place = { of: one.name, field: field.name, depth: depth + 1, layer };
      const value = words.has(field.name) ? wordValue(field, shown) : this.value(field.type, place);
      fields.push({ name: field.name, value });
    }
    return { kind: 'object', of: one, fields };
  }

  private ends(type: TypeRef): boolean {
    return this.weights.ofType(type) <= HEAVY_ITEM;
  }

  private value(type: TypeRef, place: Place): ExampleValue {
    switch (type.kind) {
      case 'primitive':
        return primitiveValue(place.of, place.field, type.name, place.layer ?? this.newest);
      case 'boxed':
        if (type.type === 'True') return { kind: 'boolean', value: true };
        return this.nested(this.chooser.choose(type.type, place.layer, place.depth), place);
      case 'bare':
        return this.nested(this.chooser.constructorOf(type.constructor), place);
      case 'vector':
        return { kind: 'list', items: this.items(type.item, place) };
      case 'tuple':
        return {
          kind: 'list',
          items: Array.from({ length: type.count }, () => this.value(type.item, place)),
        };
      case 'object':
        return this.nested(this.chooser.anyObject, place);
      case 'method':
      case 'generic':
        return this.nested(this.chooser.anyMethod, place);
    }
  }

  private items(item: TypeRef, place: Place): ExampleValue[] {
    if (SIDE_TABLES.has(place.field) && item.kind === 'boxed' && !item.type.startsWith('Input'))
      return [];
    const plain = item.kind === 'primitive';
    if (!plain && (place.depth > DEEP_ITEM || !this.ends(item))) return [];
    return [this.value(item, { ...place, field: singular(place.field) })];
  }

  private nested(one: SchemaCombinator | undefined, place: Place): ExampleObject {
    // The weight of what is shown is finite, and only types without constructors have none.
    if (one === undefined) throw new Error(`no value for ${place.of}.${place.field}`);
    return this.object(one, place.depth, place.layer);
  }

  /** The constructor that shows best what a result of this type looks like. */
  typical(type: string): SchemaCombinator | undefined {
    const all = this.chooser.constructorsOf(type);
    const same = localName(type).toLowerCase();
    return (
      all.find((one) => localName(one.name).toLowerCase() === same && !looksOld(one)) ??
      this.chooser.choose(type, null, 0) ??
      all[0]
    );
  }

  /** All constructors of a type. */
  constructorsOf(type: string): readonly SchemaCombinator[] {
    return this.chooser.constructorsOf(type);
  }

  /** The constructor with this key. */
  constructorOf(key: string): SchemaCombinator | undefined {
    return this.chooser.constructorOf(key);
  }
}

/** `random_ids` → `random_id`. */
function singular(name: string): string {
  return name.length > 3 && name.endsWith('s') ? name.slice(0, -1) : name;
}

/** A flag word that the user sets: the bits of the fields that are there. */
function wordValue(word: SchemaField, shown: ReadonlySet<SchemaField>): ExampleValue {
  let bits = 0;
  for (const { flag } of shown) {
    if (flag?.word === word.name) bits |= 1 << (flag.bit ?? 0);
  }
  return { kind: 'number', value: bits >>> 0 };
}
