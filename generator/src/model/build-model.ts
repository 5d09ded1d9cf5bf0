import type { Descriptions, ErrorFacts, Overlay } from '../emit/options.js';
import type { Schema, SchemaCombinator, SchemaField, TypeRef } from '../schema/types.js';
import {
  constructorClass,
  fieldName,
  localName,
  methodClass,
  moduleAlias,
  moduleName,
  namespaceOf,
  NameScope,
  unionName,
} from './names.js';
import { lineText } from '../schema/type-text.js';
import { own } from './own.js';
import { TypeWriter } from './ts-type.js';
import type {
  ClassModel,
  ClassPlace,
  FieldModel,
  ModuleModel,
  PackageModel,
  UnionModel,
} from './types.js';

/** What a model is made of beside the schema. */
export interface ModelFacts {
  readonly layer?: number | undefined;
  readonly descriptions?: Descriptions | undefined;
  readonly errors?: ErrorFacts | undefined;
  readonly overlay?: Overlay | undefined;
}

/** Names every class, field and module of a schema. */
export function buildModel(schema: Schema, facts: ModelFacts = {}): PackageModel {
  return new ModelBuilder(schema, facts).build();
}

class ModelBuilder {
  private readonly scopes = new Map<string, NameScope>();
  private readonly constructors = new Map<string, ClassPlace>();
  private readonly methods = new Map<string, ClassPlace>();
  private readonly unions = new Map<string, ClassPlace>();
  private readonly bareKeys = new Set<string>();

  constructor(
    private readonly schema: Schema,
    private readonly facts: ModelFacts,
  ) {}

  build(): PackageModel {
    const { schema } = this;
    for (const type of schema.types) {
      this.unions.set(type.name, this.place(type.namespace, unionName(type.name)));
    }
    for (const one of schema.constructors) {
      this.constructors.set(one.key, this.place(one.namespace, constructorClass(one.key)));
    }
    for (const one of schema.methods) {
      this.methods.set(one.key, this.place(one.namespace, methodClass(one.key)));
    }
    for (const one of [...schema.constructors, ...schema.methods]) {
      for (const field of one.fields) this.noteBare(field.type);
      this.noteBare(one.result);
    }
    const layer = this.facts.layer ?? schema.layer ?? schema.layers.at(-1) ?? 0;
    const { constructors, methods, unions } = this;
    return {
      layer,
      modules: this.namespaces().map((ns) => this.module(ns)),
      constructors,
      methods,
      unions,
    };
  }

  private place(namespace: string, name: string): ClassPlace {
    const module = moduleName(namespace);
    let scope = this.scopes.get(module);
    if (scope === undefined) this.scopes.set(module, (scope = new NameScope()));
    return { module, className: scope.take(name) };
  }

  private noteBare(type: TypeRef): void {
    if (type.kind === 'bare') this.bareKeys.add(type.constructor);
    else if (type.kind === 'vector' || type.kind === 'tuple') this.noteBare(type.item);
  }

  /** All namespaces with their parents, `base` first, the rest sorted. */
  private namespaces(): string[] {
    const all = new Set<string>(['']);
    const { types, constructors, methods } = this.schema;
    for (const { namespace } of [...types, ...constructors, ...methods]) {
      for (let one = namespace; one !== ''; one = namespaceOf(one)) all.add(one);
    }
    return [...all].sort((a, b) => (a < b ? -1 : 1));
  }

  private module(namespace: string): ModuleModel {
    const name = moduleName(namespace);
    const types = new TypeWriter(name, { constructors: this.constructors, unions: this.unions });
    const mine = (one: { namespace: string }): boolean => one.namespace === namespace;
    const classes = [
      ...this.schema.constructors
        .filter(mine)
        .map((one) => this.class(one, this.constructors, types)),
      ...this.schema.methods.filter(mine).map((one) => this.class(one, this.methods, types)),
    ];
    const unions = this.schema.types.filter(mine).map((type): UnionModel => {
      const members = type.constructors.map((key) =>
        types.name(this.constructors.get(key) as ClassPlace),
      );
      const description =
        type.description ?? own(this.facts.descriptions?.types, type.name) ?? null;
      const place = this.unions.get(type.name) as ClassPlace;
      return { tl: type.name, name: place.className, members, description };
    });
    const imports = [...types.imports]
      .sort()
      .map((module) => ({ module, alias: moduleAlias(module) }));
    const children = this.namespaces()
      .filter((one) => one !== '' && namespace !== '' && namespaceOf(one) === namespace)
      .map((one) => ({ name: localName(one), module: moduleName(one) }));
    return { name, namespace, classes, unions, imports, children };
  }

  private class(
    one: SchemaCombinator,
    places: ReadonlyMap<string, ClassPlace>,
    types: TypeWriter,
  ): ClassModel {
    const { descriptions, errors, overlay } = this.facts;
    const table = one.kind === 'method' ? descriptions?.methods : descriptions?.constructors;
    const entry = own(table, one.key) ?? own(table, one.name);
    const isMethod = one.kind === 'method';
    return {
      kind: one.kind,
      key: one.key,
      id: one.id,
      className: (places.get(one.key) as ClassPlace).className,
      fields: fieldModels(one, types, entry?.fields ?? {}),
      generic: one.typeParameters[0] ?? null,
      result: isMethod ? { type: one.result, tsType: types.result(one.result) } : null,
      bare: this.bareKeys.has(one.key),
      errors: isMethod
        ? [...new Set((own(errors?.methods, one.name) ?? []).map((error) => error.name))]
        : [],
      description: one.description ?? entry?.description ?? null,
      useInstead: isMethod ? insteadOf(overlay, one.name) : null,
      tl: lineText(one),
    };
  }
}

function insteadOf(overlay: Overlay | undefined, method: string): string | null {
  const found = overlay?.instead.find(({ methods }) => methods.includes(method));
  return found ? `${found.use}: ${found.words}` : null;
}

function fieldModels(
  one: SchemaCombinator,
  types: TypeWriter,
  descriptions: Readonly<Record<string, string>>,
): FieldModel[] {
  const scope = new NameScope();
  const words = new Set(one.fields.map((field) => field.flag?.word));
  const positions = new Map(one.fields.map((field, i) => [field.name, i]));
  return one.fields.map((field) => {
    const role = roleOf(field, words);
    const word = field.flag ? positions.get(field.flag.word) : undefined;
    return {
      name: role === 'word' ? field.name : scope.take(fieldName(field.name)),
      tl: field.name,
      type: field.type,
      tsType: role === 'flag' ? 'boolean' : types.type(field.type),
      role,
      flag: field.flag && word !== undefined ? { word, bit: field.flag.bit } : null,
      description: field.description ?? own(descriptions, field.name) ?? null,
    };
  });
}

function roleOf(field: SchemaField, words: ReadonlySet<string | undefined>): FieldModel['role'] {
  const isNat = field.type.kind === 'primitive' && field.type.name === 'nat' && field.flag === null;
  const isTrue = field.type.kind === 'primitive' && field.type.name === 'true';
  if (isNat && /^flags\d*$/.test(field.name)) return words.has(field.name) ? 'word' : 'open-word';
  if (isNat && words.has(field.name)) return 'open-word';
  if (field.flag === null) return 'required';
  return isTrue ? 'flag' : 'optional';
}
