import type { FieldKind, Registry, TlClass } from '@tlgen/codec';

/** The type that fields which hold a request have in a layout; boxed types are above it. */
const METHOD = 1;

/** A field's type, with what converting its values needs worked out beforehand. */
export type Shape =
  | ScalarShape
  | { readonly kind: 'object'; readonly object: ObjectShape }
  | { readonly kind: 'bare'; readonly one: TlClass | undefined }
  | { readonly kind: 'vector'; readonly count: number | null; readonly item: Shape };

/** A field that holds no object. */
export interface ScalarShape {
  readonly kind: Exclude<FieldKind['kind'], 'object' | 'bare' | 'vector' | 'tuple'>;
  /** Bytes of `fixed`; else 0. */
  readonly length: number;
  /** An `int` that holds a moment: it takes a Date too. */
  readonly date: boolean;
}

/** A field that holds an object. */
export interface ObjectShape {
  /** TL name of the type: `InputPeer`. */
  readonly type: string;
  /** The loose type that the overlay accepts for it: `PeerLike`. */
  readonly loose: string | undefined;
  /** Whether the field takes objects of this class. */
  fits(one: TlClass): boolean;
}

/** @param name - of the field, in camelCase. */
export function shapeOf(
  kind: FieldKind,
  name: string,
  registry: Registry,
  substitutes: Readonly<Record<string, string>>,
): Shape {
  switch (kind.kind) {
    case 'vector':
    case 'tuple': {
      const count = kind.kind === 'tuple' ? kind.count : null;
      return { kind: 'vector', count, item: shapeOf(kind.item, '', registry, substitutes) };
    }
    case 'bare':
      return { kind: 'bare', one: registry.get(kind.id) };
    case 'object':
      return { kind: 'object', object: objectShape(kind.type, registry, substitutes) };
    default: {
      const length = kind.kind === 'fixed' ? kind.length : 0;
      const date = kind.kind === 'int' && (name === 'date' || name.endsWith('Date'));
      return { kind: kind.kind, length, date };
    }
  }
}

function objectShape(
  hash: number,
  registry: Registry,
  substitutes: Readonly<Record<string, string>>,
): ObjectShape {
  if (hash === METHOD)
    return { type: '!X', loose: undefined, fits: (one) => registry.isMethod(one) };
  const type = registry.typeNamed(hash);
  if (type === undefined) return { type: 'Object', loose: undefined, fits: () => hash === 0 };
  const loose = Object.hasOwn(substitutes, type) ? substitutes[type] : undefined;
  return { type, loose, fits: (one) => registry.typeOf(one) === type };
}

/** A field's type as TL writes it: `Vector<long>`. */
export function typeText(kind: FieldKind, registry: Registry): string {
  switch (kind.kind) {
    case 'nat':
      return '#';
    case 'int53':
      return 'long';
    case 'bool':
      return 'Bool';
    case 'flag':
      return 'true';
    case 'fixed':
      return `int${kind.length * 8}`;
    case 'object':
      return kind.type === METHOD ? '!X' : (registry.typeNamed(kind.type) ?? 'Object');
    case 'bare':
      return `%${registry.get(kind.id)?.tl ?? 'Object'}`;
    case 'vector':
      return `${kind.boxed ? 'Vector' : 'vector'}<${typeText(kind.item, registry)}>`;
    case 'tuple':
      return `${kind.count}*[${typeText(kind.item, registry)}]`;
    default:
      return kind.kind;
  }
}
