import type { SchemaField, TypeRef } from './types.js';

/** A resolved type in TL's spelling: `Vector<int>`, `%message`, `3*[ double ]`. */
export function typeText(type: TypeRef): string {
  switch (type.kind) {
    case 'primitive':
      return type.name === 'nat' ? '#' : type.name;
    case 'boxed':
      return type.type;
    case 'bare':
      return `%${type.constructor}`;
    case 'vector':
      return `${type.boxed ? 'Vector' : 'vector'}<${typeText(type.item)}>`;
    case 'tuple':
      return `${String(type.count)}*[ ${typeText(type.item)} ]`;
    case 'object':
      return 'Object';
    case 'generic':
      return `!${type.parameter}`;
  }
}

/** `flags.3?`, or '' for a field that is always there. */
export function flagText({ flag }: SchemaField): string {
  if (flag === null) return '';
  return flag.bit === null ? `${flag.word}?` : `${flag.word}.${String(flag.bit)}?`;
}

/** `name:flags.3?string`. */
export function fieldText(field: SchemaField): string {
  return `${field.name}:${flagText(field)}${typeText(field.type)}`;
}
