import type { TypeRef } from '../schema/types.js';
import { moduleAlias } from './names.js';
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

/** Where types and classes live. */
export interface Places {
  readonly constructors: ReadonlyMap<string, ClassPlace>;
  readonly unions: ReadonlyMap<string, ClassPlace>;
}

/** Writes TypeScript types as one module sees them, and notes the modules that it must import for that. */
export class TypeWriter {
  readonly imports = new Set<string>();

  /** @param substitute - overrides the type of boxed TL types, for loose parameters. */
  constructor(
    private readonly module: string,
    private readonly places: Places,
    private readonly substitute: (type: string) => string | undefined = () => undefined,
  ) {}

  /** A class or union by its place. */
  name(place: ClassPlace): string {
    if (place.module === this.module) return place.className;
    this.imports.add(place.module);
    return `${moduleAlias(place.module)}.${place.className}`;
  }

  /** The TypeScript type of a TL type. */
  type(ref: TypeRef): string {
    switch (ref.kind) {
      case 'primitive':
        return PRIMITIVES[ref.name] as string;
      case 'boxed': {
        const loose = this.substitute(ref.type);
        if (loose !== undefined) return loose;
        if (ref.type === 'True') return 'true';
        const place = this.places.unions.get(ref.type);
        return place ? this.name(place) : 'TlObject';
      }
      case 'bare': {
        const place = this.places.constructors.get(ref.constructor);
        return place ? this.name(place) : 'TlObject';
      }
      case 'vector':
      case 'tuple': {
        const item = this.type(ref.item);
        return /^[\w.]+(<[\w.]+>|\[\])*$/.test(item) ? `${item}[]` : `(${item})[]`;
      }
      case 'object':
        return 'TlObject';
      case 'method':
        return 'TlMethod';
      case 'generic':
        return `TlMethod<${ref.parameter}>`;
    }
  }

  /** What a method with this result type resolves to. */
  result(ref: TypeRef): string {
    return ref.kind === 'generic' ? ref.parameter : this.type(ref);
  }
}
