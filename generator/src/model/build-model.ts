import type { Descriptions, ErrorFacts, Overlay } from '../emit/options.js';
import type { Schema, SchemaCombinator, TypeRef } from '../schema/types.js';
import { lineText } from '../schema/type-text.js';
import { fieldModels, usedParameters } from './fields.js';
import { exportNames, modulePlaces, type ModulePlace } from './module-places.js';
import {
  constructorClass,
  methodClass,
  namespaceOf,
  NameScope,
  typeParameter,
  unionName,
} from './names.js';
import { own } from './own.js';
import { TypeWriter } from './ts-type.js';
import type { ClassModel, ClassPlace, ModuleModel, PackageModel, UnionModel } from './types.js';

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
  /** Namespace → names of its classes and unions. */
  private readonly scopes = new Map<string, NameScope>();
  private readonly namespaces: readonly string[];
  private readonly places: ReadonlyMap<string, ModulePlace>;
  private readonly constructors = new Map<string, ClassPlace>();
  private readonly methods = new Map<string, ClassPlace>();
  private readonly unions = new Map<string, ClassPlace>();
  private readonly bareKeys = new Set<string>();

  constructor(
    private readonly schema: Schema,
    private readonly facts: ModelFacts,
  ) {
    this.namespaces = namespacesOf(schema);
    this.places = modulePlaces(this.namespaces);
    for (const one of this.namespaces) this.scopes.set(one, new NameScope());
  }

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
    const exported = this.exported();
    const modules = this.namespaces.map((namespace) => this.module(namespace, exported));
    return { layer, modules, constructors, methods, unions };
  }

  private place(namespace: string, name: string): ClassPlace {
    const { module, alias } = this.places.get(namespace) as ModulePlace;
    return { module, alias, className: (this.scopes.get(namespace) as NameScope).take(name) };
  }

  /** Namespace → the name under which the one above exports it. */
  private exported(): ReadonlyMap<string, string> {
    const all = new Map([['', 'base']]);
    for (const parent of this.namespaces) {
      // The root exports what `base` holds as well: a namespace of the same name would hide a class.
      const taken = (this.scopes.get(parent) as NameScope).names();
      const names = exportNames(
        this.namespaces,
        parent,
        parent === '' ? [...taken, 'base'] : taken,
      );
      for (const [namespace, name] of names) all.set(namespace, name);
    }
    return all;
  }

  private noteBare(type: TypeRef): void {
    if (type.kind === 'bare') this.bareKeys.add(type.constructor);
    else if (type.kind === 'vector' || type.kind === 'tuple') this.noteBare(type.item);
  }

  private module(namespace: string, exported: ReadonlyMap<string, string>): ModuleModel {
    const { module: name, alias } = this.places.get(namespace) as ModulePlace;
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
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, of]) => ({ module, alias: of }));
    const children = this.namespaces
      .filter((one) => namespace !== '' && namespaceOf(one) === namespace)
      .map((one) => ({
        name: exported.get(one) as string,
        module: (this.places.get(one) as ModulePlace).module,
      }));
    const exportName = exported.get(namespace) as string;
    return { name, alias, namespace, exportName, classes, unions, imports, children };
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
    const generics = this.generics(one);
    return {
      kind: one.kind,
      key: one.key,
      id: one.id,
      className: (places.get(one.key) as ClassPlace).className,
      fields: fieldModels(one, types, generics, entry?.fields ?? {}),
      generics,
      result: isMethod ? { type: one.result, tsType: types.result(one.result, generics) } : null,
      bare: this.bareKeys.has(one.key),
      errors: isMethod
        ? [...new Set((own(errors?.methods, one.name) ?? []).map((error) => error.name))]
        : [],
      description: one.description ?? entry?.description ?? null,
      useInstead: isMethod ? insteadOf(overlay, one.name) : null,
      tl: lineText(one),
    };
  }

  /** Names of type parameters, apart from all classes around them, which they would hide. */
  private generics(one: SchemaCombinator): ReadonlyMap<string, string> {
    const used = usedParameters(one);
    if (used.length === 0) return NO_GENERICS;
    const scope = new NameScope();
    for (const name of (this.scopes.get(one.namespace) as NameScope).names()) scope.take(name);
    return scope.takeAll(used, typeParameter);
  }
}

const NO_GENERICS: ReadonlyMap<string, string> = new Map();

/** All namespaces with their parents, '' first, the rest sorted. */
function namespacesOf({ types, constructors, methods }: Schema): string[] {
  const all = new Set<string>(['']);
  for (const { namespace } of [...types, ...constructors, ...methods]) {
    for (let one = namespace; one !== ''; one = namespaceOf(one)) all.add(one);
  }
  return [...all].sort((a, b) => (a < b ? -1 : 1));
}

function insteadOf(overlay: Overlay | undefined, method: string): string | null {
  const found = overlay?.instead.find(({ methods }) => methods.includes(method));
  return found ? `${found.use}: ${found.words}` : null;
}
