import type { Schema, SchemaCombinator, TypeRef } from '../../schema/types.js';
import { looksEmpty, looksOld } from './looks.js';

/** What choosing a constructor that shows nothing costs, in fields. */
const EMPTY = 10;
const OLD = 20;

/**
 * How large the smallest value of each constructor and type is, in fields, its nested objects' included. Infinity: no
 * value of it ends. A value is always heavier than what it holds: taking the lightest constructor at every step ends.
 */
export class Weights {
  private readonly byKey = new Map<string, number>();
  private readonly byType = new Map<string, number>();
  private readonly lightestMethod: number;
  private readonly lightestObject: number;

  constructor(schema: Schema) {
    // Objects of any type must not make a circle: only those without any such field count.
    this.lightestObject = lightest(schema.constructors.filter(isPlain));
    this.lightestMethod = lightest(schema.methods.filter(isPlain));
    for (let grew = true; grew;) {
      grew = false;
      for (const one of schema.constructors) grew = this.note(one) || grew;
    }
  }

  private note(one: SchemaCombinator): boolean {
    const weight = this.of(one);
    if (weight >= (this.byKey.get(one.key) ?? Infinity)) return false;
    this.byKey.set(one.key, weight);
    const type = one.result.kind === 'boxed' ? one.result.type : '';
    this.byType.set(type, Math.min(weight, this.byType.get(type) ?? Infinity));
    return true;
  }

  /** Weight of a constructor or method with its required fields. */
  of(one: SchemaCombinator): number {
    let weight = 1 + (looksOld(one) ? OLD : looksEmpty(one) ? EMPTY : 0);
    for (const field of one.fields) if (field.flag === null) weight += this.ofType(field.type);
    return weight;
  }

  ofType(type: TypeRef): number {
    switch (type.kind) {
      case 'primitive':
      case 'vector':
        return 1;
      case 'tuple':
        return type.count === 0 ? 1 : 1 + type.count * this.ofType(type.item);
      case 'boxed':
        return type.type === 'True' ? 1 : (this.byType.get(type.type) ?? Infinity);
      case 'bare':
        return this.byKey.get(type.constructor) ?? Infinity;
      case 'object':
        return 1 + this.lightestObject;
      case 'method':
      case 'generic':
        return 1 + this.lightestMethod;
    }
  }
}

/** Only primitives and vectors as required fields. */
export function isPlain(one: SchemaCombinator): boolean {
  return one.fields.every(
    ({ flag, type }) => flag !== null || type.kind === 'primitive' || type.kind === 'vector',
  );
}

function lightest(all: readonly SchemaCombinator[]): number {
  return all.reduce((least, one) => Math.min(least, 1 + one.fields.length), Infinity);
}
