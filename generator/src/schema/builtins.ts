import type { Combinator } from '../syntax/ast.js';
import type { PrimitiveName } from './types.js';

/** Spellings of the primitive types, TDLib's included. */
export const PRIMITIVES: ReadonlyMap<string, PrimitiveName> = new Map<string, PrimitiveName>([
  ['int', 'int'],
  ['int32', 'int'],
  ['long', 'long'],
  ['int64', 'long'],
  ['int53', 'int53'],
  ['double', 'double'],
  ['string', 'string'],
  ['secureString', 'string'],
  ['bytes', 'bytes'],
  ['secureBytes', 'bytes'],
  ['int128', 'int128'],
  ['int256', 'int256'],
  ['int512', 'int512'],
  ['Bool', 'Bool'],
  ['true', 'true'],
]);

/** `int` → `Int`. */
function boxedName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Boxed forms of primitives (`Int` → `int`): an id before the value, which no Telegram schema uses. */
export const BOXED_PRIMITIVES: ReadonlyMap<string, string> = new Map(
  [...PRIMITIVES.keys()]
    .filter((name) => name !== 'Bool' && name !== 'true')
    .map((name) => [boxedName(name), name]),
);

/** Names that can be referred to without being declared. */
export const BUILTIN_NAMES: readonly string[] = [
  ...PRIMITIVES.keys(),
  'True',
  'Object',
  'Vector',
  'vector',
];

/**
 * Types that published schemas use as a result without any constructor: MTProto's own schema says `http_wait … =
 * HttpWait`, and no such answer exists.
 */
export const TYPES_WITHOUT_CONSTRUCTORS: ReadonlySet<string> = new Set(['HttpWait']);

const DECLARED: ReadonlyMap<string, string> = new Map([
  ...[...PRIMITIVES.keys(), 'object', 'function', 'vector', 'float'].map(
    (name): [string, string] => [name, boxedName(name)],
  ),
  ['boolFalse', 'Bool'],
  ['boolTrue', 'Bool'],
]);

/** True for lines such as `int ? = Int;` and `vector {t:Type} # [ t ] = Vector t;`, which declare what is built in. */
export function declaresBuiltin({ kind, name, result, builtin }: Combinator): boolean {
  if (kind !== 'constructor') return false;
  return builtin || (result.kind === 'named' && DECLARED.get(name) === result.name);
}
