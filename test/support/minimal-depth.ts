import type { Schema, SchemaCombinator, TypeRef } from '../../generator/src/schema/types.js';

/** How deep the smallest value of each constructor and type nests: tells which ones end a recursion. */
export class MinimalDepths {
  private readonly byKey = new Map<string, number>();
  private readonly byType = new Map<string, number>();

  constructor(schema: Schema) {
    for (let grew = true; grew;) {
      grew = false;
      for (const one of schema.constructors) {
        const depth = this.of(one);
        if (depth >= (this.byKey.get(one.key) ?? Infinity)) continue;
        this.byKey.set(one.key, depth);
        const type = one.result.kind === 'boxed' ? one.result.type : '';
        this.byType.set(type, Math.min(depth, this.byType.get(type) ?? Infinity));
        grew = true;
      }
    }
  }

  /** Levels of objects that a value of this constructor or method has at least; Infinity when it cannot end. */
  of(one: SchemaCombinator): number {
    const required = one.fields.filter((field) => field.flag === null);
    return 1 + Math.max(0, ...required.map((field) => this.ofType(field.type)));
  }

  ofType(type: TypeRef): number {
    switch (type.kind) {
      case 'primitive':
      case 'vector':
        return 0;
      case 'tuple':
        return type.count === 0 ? 0 : this.ofType(type.item);
      case 'boxed':
        return type.type === 'True' ? 0 : (this.byType.get(type.type) ?? Infinity);
      case 'bare':
        return this.byKey.get(type.constructor) ?? Infinity;
      // Some constructor or method without fields, or with plain ones, is in every schema that has such fields.
      case 'object':
      case 'method':
      case 'generic':
        return 1;
    }
  }
}
