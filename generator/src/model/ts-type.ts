import type { TypeRef } from '../schema/types.js';
import type { ClassPlace } from './types.js';

const PRIMITIVES: Readonly<Record<string, string>> = {
  int: 'number',
  nat: 'number',
  long: 'bigint',
  int53: 'number',
  double: 'number',
  string: 'string',
  bytes: 'Uint8Array',
  int128: 'Uint8Array',
  int256: 'Uint8Array',
  int512: 'Uint8Array',
  Bool: 'boolean',
  true: 'true',
};

const NO_GENERICS: ReadonlyMap<string, string> = new Map();

/** Where types and classes live. */
export interface Places {
  readonly constructors: ReadonlyMap<string, ClassPlace>;
  readonly unions: ReadonlyMap<string, ClassPlace>;
}

/** Writes TypeScript types as one module sees them, and notes the modules that it must import for that. */
export class TypeWriter {
  /** Modules by name, each with the alias it is imported under. */
  readonly imports = new Map<string, string>();
  /** Names of the codec that were written. */
  readonly codec = new Set<'TlObject' | 'TlMethod'>();

  /**
   * @param module - file of the module; '.' for one that is none of the package's, so that all is imported.
   * @param substitute - overrides the type of boxed TL types, for loose parameters.
   */
  constructor(
    private readonly module: string,
    private readonly places: Places,
    private readonly substitute: (type: string) => string | undefined = () => undefined,
  ) {}

  /** A class or union by its place. */
  name(place: ClassPlace): string {
    if (place.module === this.module) return place.className;
    this.imports.set(place.module, place.alias);
    return `${place.alias}.${place.className}`;
  }

  private own(name: 'TlObject' | 'TlMethod'): string {
    this.codec.add(name);
    return name;
  }

  /**
   * The TypeScript type of a TL type.
   *
   * @param generics - what the type parameters in it are called.
   */
  type(ref: TypeRef, generics: ReadonlyMap<string, string> = NO_GENERICS): string {
    switch (ref.kind) {
      case 'primitive':
        return PRIMITIVES[ref.name] as string;
      case 'boxed': {
        const loose = this.substitute(ref.type);
        if (loose !== undefined) return loose;
        if (ref.type === 'True') return 'true';
        const place = this.places.unions.get(ref.type);
        return place ? this.name(place) : this.own('TlObject');
      }
      case 'bare': {
        const place = this.places.constructors.get(ref.constructor);
        return place ? this.name(place) : this.own('TlObject');
      }
      case 'vector':
      case 'tuple': {
        const item = this.type(ref.item, generics);
        return /^[\w.]+(<[\w.]+>|\[\])*$/.test(item) ? `${item}[]` : `(${item})[]`;
      }
      case 'object':
        return this.own('TlObject');
      case 'method':
        return this.own('TlMethod');
      case 'generic':
        return `${this.own('TlMethod')}<${nameOf(ref.parameter, generics)}>`;
    }
  }

  /** What a method with this result type resolves to. */
  result(ref: TypeRef, generics: ReadonlyMap<string, string> = NO_GENERICS): string {
    return ref.kind === 'generic' ? nameOf(ref.parameter, generics) : this.type(ref, generics);
  }
}

const nameOf = (parameter: string, generics: ReadonlyMap<string, string>): string =>
  generics.get(parameter) ?? 'unknown';
