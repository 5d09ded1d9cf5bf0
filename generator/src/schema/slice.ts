import type { SchemaTree } from '../syntax/ast.js';
import { declaresBuiltin } from './builtins.js';
import { suggest } from './suggest.js';
import type { Schema, SchemaCombinator, TypeRef } from './types.js';

/** Thrown when a schema has nothing of the name asked for. */
export class UnknownNameError extends Error {
  readonly code = 'unknown-name';
  override readonly name = 'UnknownNameError';

  constructor(
    /** What was asked for. */
    readonly unknown: string,
    /** Known names that are close to it, best first. */
    readonly suggestions: readonly string[],
  ) {
    const hint = suggestions.length === 0 ? '' : `; did you mean ${suggestions.join(', ')}?`;
    super(`the schema has no method, constructor or type called ${unknown}${hint}`);
  }
}

/** Settings of {@link sliceSchema}. */
export interface SliceOptions {
  /** Follow what methods return; on by default. Without it the slice can write requests but not read answers. */
  readonly results?: boolean;
}

/**
 * The part of a schema that some methods, constructors or types need: everything reachable through
 * field types and results. A constructor asked for by name comes alone, a type with all its
 * constructors. `Object` and `!X` may be anything and so add nothing: name what you put there.
 */
export function sliceSchema(
  schema: Schema,
  roots: readonly string[],
  { results = true }: SliceOptions = {},
): Schema {
  const slicer = new Slicer(schema, results);
  for (const root of roots) slicer.addRoot(root);
  slicer.close();
  return slicer.cut();
}

class Slicer {
  readonly #byKey = new Map<string, SchemaCombinator>();
  readonly #byName = new Map<string, SchemaCombinator[]>();
  readonly #types = new Map<string, readonly string[]>();
  readonly #kept = new Set<SchemaCombinator>();
  readonly #keptTypes = new Set<string>();
  readonly #queue: SchemaCombinator[] = [];

  constructor(
    private readonly schema: Schema,
    private readonly results: boolean,
  ) {
    for (const combinator of [...schema.constructors, ...schema.methods]) {
      const { name, key } = combinator;
      this.#byKey.set(key, combinator);
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), combinator]);
    }
    for (const type of schema.types) this.#types.set(type.name, type.constructors);
  }

  addRoot(root: string): void {
    const combinator = this.#byKey.get(root);
    const versions = this.#byName.get(root) ?? (combinator === undefined ? [] : [combinator]);
    for (const version of versions) this.#keep(version);
    if (this.#types.has(root)) this.#keepType(root);
    else if (versions.length === 0) {
      const known = [...this.#byKey.keys(), ...this.#types.keys()];
      throw new UnknownNameError(root, suggest(root, known));
    }
  }

  close(): void {
    for (let next = this.#queue.pop(); next !== undefined; next = this.#queue.pop()) {
      for (const field of next.fields) this.#follow(field.type);
      if (next.kind === 'method' && this.results) this.#follow(next.result);
    }
  }

  cut(): Schema {
    const { schema } = this;
    const constructors = schema.constructors.filter((one) => this.#kept.has(one));
    const methods = schema.methods.filter((one) => this.#kept.has(one));
    const keys = new Set(constructors.map(({ key }) => key));
    const types = schema.types
      .map((type) => ({ ...type, constructors: type.constructors.filter((key) => keys.has(key)) }))
      .filter((type) => type.constructors.length > 0);
    const tree = this.#cutTree(new Set(types.map(({ name }) => name)));
    return { ...schema, constructors, methods, types, tree };
  }

  /** The declarations of what is kept, and those of built-in types. */
  #cutTree(types: ReadonlySet<string>): SchemaTree {
    const { tree } = this.schema;
    const ids = new Map<string, Set<number>>();
    for (const { kind, name, id } of this.#kept) {
      const label = `${kind === 'method' ? 'function' : kind} ${name}`;
      ids.set(label, (ids.get(label) ?? new Set()).add(id));
    }
    const combinators = tree.combinators.filter((combinator) => {
      if (declaresBuiltin(combinator)) return true;
      const kept = ids.get(`${combinator.kind} ${combinator.name}`);
      return kept !== undefined && (combinator.id === null || kept.has(combinator.id));
    });
    const described = [...tree.typeDescriptions].filter(([name]) => types.has(name));
    return { ...tree, combinators, typeDescriptions: new Map(described) };
  }

  #keep(combinator: SchemaCombinator): void {
    if (this.#kept.has(combinator)) return;
    this.#kept.add(combinator);
    this.#queue.push(combinator);
  }

  #keepType(name: string): void {
    if (this.#keptTypes.has(name)) return;
    this.#keptTypes.add(name);
    for (const key of this.#types.get(name) ?? []) this.#keepKey(key);
  }

  #keepKey(key: string): void {
    const combinator = this.#byKey.get(key);
    if (combinator !== undefined) this.#keep(combinator);
  }

  #follow(type: TypeRef): void {
    if (type.kind === 'vector' || type.kind === 'tuple') this.#follow(type.item);
    else if (type.kind === 'boxed') this.#keepType(type.type);
    else if (type.kind === 'bare') this.#keepKey(type.constructor);
  }
}
