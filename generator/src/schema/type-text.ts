import type { SchemaCombinator, SchemaField, TypeRef } from './types.js';

/** A resolved type in TL's spelling: `Vector<int>`, `future_salt`, `3*[ double ]`. */
export function typeText(type: TypeRef): string {
  switch (type.kind) {
    case 'primitive':
      return type.name === 'nat' ? '#' : type.name;
    case 'boxed':
      return type.type;
    case 'bare':
      return type.constructor;
    case 'vector':
      return `${type.boxed ? 'Vector' : 'vector'}<${typeText(type.item)}>`;
    case 'tuple':
      return `${String(type.count)}*[ ${typeText(type.item)} ]`;
    case 'object':
      return 'Object';
    case 'method':
      return 'function';
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

/** A combinator as a line of TL, its id always shown. */
export function lineText({ name, id, typeParameters, fields, result }: SchemaCombinator): string {
  const parameters = typeParameters.map((parameter) => `{${parameter}:Type}`);
  const to = result.kind === 'generic' ? result.parameter : typeText(result);
  return [`${name}#${id.toString(16)}`, ...parameters, ...fields.map(fieldText), '=', to].join(' ');
}
