import type { Combinator, NamedType, RepeatType, Span, TypeExpr } from '../syntax/ast.js';
import {
  BOXED_PRIMITIVES,
  BUILTIN_NAMES,
  PRIMITIVES,
  TYPES_WITHOUT_CONSTRUCTORS,
} from './builtins.js';
import type { Version } from './layers.js';
import type { Reporter } from './reporter.js';
import { didYouMean } from './suggest.js';
import type { TypeRef } from './types.js';

/** What an unresolvable type becomes, so that the rest can still be looked at. */
const FALLBACK: TypeRef = { kind: 'object' };

/** The names types can refer to. */
export interface Names {
  /** TL name → all its versions, oldest first. */
  readonly constructors: ReadonlyMap<string, readonly Version[]>;
  /** Type name → TL names of its constructors. */
  readonly types: ReadonlyMap<string, ReadonlySet<string>>;
  /** Declared with `?`, or taking parameters: known, but impossible here. */
  readonly unsupported: ReadonlyMap<string, string>;
}

/** Turns the type expressions of one combinator into type references. */
export class TypeResolver {
  readonly #parameters: ReadonlyMap<string, string>;

  constructor(
    private readonly names: Names,
    private readonly combinator: Combinator,
    private readonly reporter: Reporter,
  ) {
    this.#parameters = new Map(combinator.typeParameters.map(({ name, type }) => [name, type]));
  }

  /** The type of a field or an argument. */
  resolve(type: TypeExpr): TypeRef {
    if (type.kind === 'nat') return { kind: 'primitive', name: 'nat' };
    if (type.kind === 'repeat') return this.#repeat(type);
    if (type.bang) return this.#bang(type);
    if (this.#parameters.has(type.name)) return this.#parameter(type);
    if (type.name === 'Vector' || type.name === 'vector') return this.#vector(type);
    const unsupported = this.names.unsupported.get(type.name);
    if (unsupported !== undefined) {
      return this.#fail('unsupported', type.span, `\`${type.name}\` is not supported`, unsupported);
    }
    if (type.args.length > 0) {
      const hint = 'only `Vector` takes one';
      return this.#fail('type-arguments', type.span, `\`${type.name}\` takes no arguments`, hint);
    }
    return type.percent ? this.#percent(type) : this.#plain(type);
  }

  /** What a method returns: `X` gives back what the `!X` argument returns. */
  resolveResult(type: TypeExpr): TypeRef {
    if (type.kind !== 'named' || !this.#parameters.has(type.name)) return this.resolve(type);
    const { name, span } = type;
    if (type.bang || type.percent || type.args.length > 0) {
      const message = `a result cannot be \`${type.bang ? '!' : '%'}${name}\``;
      return this.#fail('type-parameter', span, message, `write \`= ${name}\``);
    }
    const sources = this.combinator.fields.filter((field) => mentions(field.type, name));
    const direct = sources.filter(({ type: one }) => one.kind === 'named' && one.bang);
    if (direct.some(({ condition }) => condition === null)) {
      return { kind: 'generic', parameter: name };
    }
    const [maybe] = direct;
    if (maybe !== undefined) {
      const message = `the result \`${name}\` comes from a field that may be absent`;
      const hint = `take the condition off \`${maybe.name ?? `!${name}`}\``;
      return this.#fail('unsupported', span, message, hint);
    }
    const message =
      sources.length > 0
        ? `the result \`${name}\` comes from several methods at once: not supported`
        : `nothing says what the result \`${name}\` is`;
    return this.#fail('unsupported', span, message, `add a field \`query:!${name}\``);
  }

  #fail(code: Parameters<Reporter['error']>[0], span: Span, message: string, hint: string | null) {
    this.reporter.error(code, span, message, hint);
    return FALLBACK;
  }

  #repeat({ count, items, span }: RepeatType): TypeRef {
    const [item, ...others] = items;
    if (typeof count !== 'number') {
      const name = count === null ? 'an unnamed number' : `\`${count}\``;
      const hint = 'use `vector<T>`, which carries its length';
      return this.#fail(
        'unsupported',
        span,
        `repetition counted by ${name} is not supported`,
        hint,
      );
    }
    if (item === undefined || others.length > 0 || item.name !== null || item.condition !== null) {
      const hint = 'put them into a constructor `c` and write `N*[ c ]`';
      return this.#fail('unsupported', span, 'only one unnamed type can be repeated', hint);
    }
    return { kind: 'tuple', count, item: this.#item(item.type) };
  }

  #bang({ name, span }: NamedType): TypeRef {
    if (this.#parameters.get(name) === 'Type') return { kind: 'generic', parameter: name };
    const hint = `declare it: \`${this.combinator.name} {${name}:Type} …\``;
    return this.#fail('type-parameter', span, `\`!${name}\` is not a type parameter`, hint);
  }

  #parameter({ name, span }: NamedType): TypeRef {
    const message = `\`${name}\` is a type parameter: only \`!${name}\` is supported`;
    const hint = `write \`!${name}\` for a method that returns it, \`Object\` for any object`;
    return this.#fail('unsupported', span, message, hint);
  }

  #vector({ name, args, percent, span }: NamedType): TypeRef {
    const [item] = args;
    if (item === undefined || args.length > 1) {
      const hint = `as in \`${name}<int>\``;
      return this.#fail('type-arguments', span, `\`${name}\` takes one argument`, hint);
    }
    return { kind: 'vector', boxed: name === 'Vector' && !percent, item: this.#item(item) };
  }

  /** The type of what there may be several of. */
  #item(type: TypeExpr): TypeRef {
    const item = this.resolve(type);
    if (item.kind !== 'primitive' || item.name !== 'true') return item;
    const hint = 'use `Bool`, or `True`, which is written with its id';
    return this.#fail(
      'unsupported',
      type.span,
      '`true` takes no bytes: it cannot be repeated',
      hint,
    );
  }

  #plain({ name, span }: NamedType): TypeRef {
    const primitive = PRIMITIVES.get(name);
    if (primitive !== undefined) return { kind: 'primitive', name: primitive };
    const constructor = this.#version(name);
    const declared = this.names.types.has(name);
    if (constructor !== null && !(declared && startsUpper(name))) {
      return { kind: 'bare', constructor: constructor.key };
    }
    if (name === 'Object' || name === 'object') return FALLBACK;
    if (name === 'Function' || name === 'function') return { kind: 'method' };
    if (declared || name === 'True') return { kind: 'boxed', type: name };
    const bare = BOXED_PRIMITIVES.get(name);
    if (bare !== undefined) {
      const message = `boxed \`${name}\` is not supported`;
      return this.#fail('unsupported', span, message, `write \`${bare}\``);
    }
    if (TYPES_WITHOUT_CONSTRUCTORS.has(name)) return FALLBACK;
    return this.#unknown(name, span);
  }

  #percent({ name, span }: NamedType): TypeRef {
    const primitive = PRIMITIVES.get(BOXED_PRIMITIVES.get(name) ?? name);
    if (name === 'True') return { kind: 'primitive', name: 'true' };
    if (primitive !== undefined && name !== 'Bool') return { kind: 'primitive', name: primitive };
    const constructor = this.#version(name);
    if (constructor !== null) return { kind: 'bare', constructor: constructor.key };
    const names = [...(this.names.types.get(name) ?? [])];
    const present = names.flatMap((one) => this.#version(one) ?? []);
    const [only] = present;
    if (only !== undefined && present.length === 1) return { kind: 'bare', constructor: only.key };
    if (names.length === 0 && name !== 'Bool') return this.#unknown(name, span);
    const count = name === 'Bool' ? 2 : present.length;
    const message = `\`%${name}\` needs a type with one constructor, \`${name}\` has ${String(count)}`;
    return this.#fail('bare-type', span, message, 'leave out the `%`');
  }

  /** A constructor as it is in the combinator's own layer, else in the first layer that has it. */
  #version(name: string): Version | null {
    const versions = this.names.constructors.get(name);
    if (versions === undefined) return null;
    const layer = this.combinator.layer ?? Infinity;
    return versions.findLast(({ since }) => (since ?? 0) <= layer) ?? versions[0] ?? null;
  }

  #unknown(name: string, span: Span): TypeRef {
    const { types, constructors } = this.names;
    const known = [...types.keys(), ...constructors.keys(), ...BUILTIN_NAMES];
    const alike = known.filter((other) => startsUpper(other) === startsUpper(name));
    const shown = name.length > 60 ? `${name.slice(0, 57)}...` : name;
    // TL-JSON has no other way to say that a method has a type parameter.
    const parameter = this.combinator.kind === 'function' && /^[A-Z]$/.test(name);
    const hint =
      (parameter ? `for a type parameter, only \`!${name}\` is supported` : null) ??
      didYouMean(name, alike) ??
      didYouMean(name, known) ??
      'declare a constructor of it, or check the spelling';
    return this.#fail('unknown-type', span, `unknown type \`${shown}\``, hint);
  }
}

/** Whether `!name` stands in a type, at any depth. */
function mentions(type: TypeExpr, name: string): boolean {
  if (type.kind === 'repeat') return type.items.some((item) => mentions(item.type, name));
  if (type.kind === 'nat') return false;
  return (type.bang && type.name === name) || type.args.some((one) => mentions(one, name));
}

function startsUpper(name: string): boolean {
  return /^[A-Z]/.test(name.slice(name.lastIndexOf('.') + 1));
}
