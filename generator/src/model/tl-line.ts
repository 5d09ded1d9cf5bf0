import { formatId } from '@tlgen/codec';
import type { SchemaCombinator, TypeRef } from '../schema/types.js';

const PRIMITIVES: Readonly<Record<string, string>> = { nat: '#' };

/** A resolved type as TL writes it. */
export function tlType(type: TypeRef): string {
  switch (type.kind) {
    case 'primitive':
      return PRIMITIVES[type.name] ?? type.name;
    case 'boxed':
      return type.type;
    case 'bare':
      return type.constructor;
    case 'vector':
      return `${type.boxed ? 'Vector' : 'vector'}<${tlType(type.item)}>`;
    case 'tuple':
      return `${type.count}*[ ${tlType(type.item)} ]`;
    case 'object':
      return 'Object';
    case 'generic':
      return `!${type.parameter}`;
  }
}

/** A combinator as a line of TL, id always shown. */
export function tlLine(one: SchemaCombinator): string {
  const fields = one.fields.map(({ name, type, flag }) => {
    const condition = flag ? `${flag.word}${flag.bit === null ? '' : `.${flag.bit}`}?` : '';
    return `${name}:${condition}${tlType(type)}`;
  });
  const parameters = one.typeParameters.map((name) => `{${name}:Type}`);
  const result = one.result.kind === 'generic' ? one.result.parameter : tlType(one.result);
  return [one.name + formatId(one.id), ...parameters, ...fields, '=', result].join(' ');
}
