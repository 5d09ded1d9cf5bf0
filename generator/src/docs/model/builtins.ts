import type { PrimitiveName, TypeRef } from '../../schema/types.js';

/** What a built-in type is, in words of ours. */
export interface BuiltinFacts {
  /** As it is written in TL. */
  readonly name: string;
  /** Name of its file. */
  readonly slug: string;
  readonly description: string;
  readonly tsType: string;
  readonly json: string;
  readonly wire: string;
}

const fixed = (bits: number): BuiltinFacts => ({
  name: `int${bits}`,
  slug: `int${bits}`,
  description: `${bits} bits of any meaning: nonces, hashes, halves of keys.`,
  tsType: '`Uint8Array`',
  json: 'a base64 string',
  wire: `${bits / 8} bytes as they are, neither length nor padding`,
});

const FACTS: Readonly<Record<PrimitiveName | 'vector' | 'object' | 'method', BuiltinFacts>> = {
  nat: {
    name: '#',
    slug: 'nat',
    description:
      'An unsigned 32-bit number; most often a word of flags that tells which fields are present.',
    tsType: '`number`; flag words are hidden: `encode` computes them',
    json: 'a number; flag words are left out',
    wire: '4 bytes, little-endian',
  },
  int: {
    name: 'int',
    slug: 'int',
    description: 'A signed 32-bit number.',
    tsType: '`number`',
    json: 'a number',
    wire: '4 bytes, little-endian, two’s complement',
  },
  long: {
    name: 'long',
    slug: 'long',
    description: 'A signed 64-bit number: ids, access hashes, random ids.',
    tsType: '`bigint`',
    json: 'a string of decimal digits',
    wire: '8 bytes, little-endian, two’s complement',
  },
  int53: {
    name: 'int53',
    slug: 'int53',
    description: 'A 64-bit number that is never beyond ±2^53.',
    tsType: '`number`',
    json: 'a number',
    wire: '8 bytes, little-endian, two’s complement',
  },
  double: {
    name: 'double',
    slug: 'double',
    description: 'A floating-point number of double precision.',
    tsType: '`number`',
    json: 'a number',
    wire: '8 bytes, IEEE 754, little-endian',
  },
  string: {
    name: 'string',
    slug: 'string',
    description: 'Text in UTF-8.',
    tsType: '`string`',
    json: 'a string',
    wire: 'a length of 1 byte, or 254 and 3 bytes from 254 bytes on; the text; zeros up to a multiple of 4',
  },
  bytes: {
    name: 'bytes',
    slug: 'bytes',
    description: 'Bytes of any meaning: keys, hashes, parts of files.',
    tsType: '`Uint8Array`',
    json: 'a base64 string',
    wire: 'as `string`',
  },
  int128: fixed(128),
  int256: fixed(256),
  int512: fixed(512),
  Bool: {
    name: 'Bool',
    slug: 'Bool',
    description: 'True or false, as a value of its own.',
    tsType: '`boolean`',
    json: '`true` or `false`',
    wire: '4 bytes: `boolTrue#997275b5` or `boolFalse#bc799737`',
  },
  true: {
    name: 'true',
    slug: 'true',
    description: 'A flag: the bit alone says it, no bytes follow.',
    tsType: '`boolean`; an unset flag reads as `false`',
    json: '`true`, or left out',
    wire: 'nothing but its bit in the flag word',
  },
  vector: {
    name: 'Vector',
    slug: 'Vector',
    description: 'A list of values of one type. `vector` in lower case is the same without its id.',
    tsType: 'an array',
    json: 'an array',
    wire: '`vector#1cb5c415`, the number of items in 4 bytes, the items',
  },
  object: {
    name: 'Object',
    slug: 'Object',
    description: 'Any constructor of the schema.',
    tsType: '`TlObject`',
    json: 'an object with `_`',
    wire: 'id and fields of the constructor',
  },
  method: {
    name: '!X',
    slug: 'X',
    description: 'Any method of the schema; as a result, whatever that method returns.',
    tsType: '`TlMethod<X>`',
    json: 'an object with `_`',
    wire: 'id and parameters of the method',
  },
};

/** All built-in types, in the order in which lists show them. */
export const BUILTINS: readonly BuiltinFacts[] = Object.values(FACTS);

/** The built-in type that a reference is by itself; null for the schema's own types. */
export function builtinOf(type: TypeRef): BuiltinFacts | null {
  switch (type.kind) {
    case 'primitive':
      return FACTS[type.name];
    case 'vector':
    case 'tuple':
      return FACTS.vector;
    case 'object':
      return FACTS.object;
    case 'method':
    case 'generic':
      return FACTS.method;
    case 'boxed':
      // As a result, `Object` is boxed like any type.
      return type.type === 'True' ? FACTS.true : type.type === 'Object' ? FACTS.object : null;
    case 'bare':
      return null;
  }
}
