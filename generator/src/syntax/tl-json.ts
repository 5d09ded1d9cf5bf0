import type { Combinator, Field, SchemaTree, TypeExpr, TypeParameter } from './ast.js';
import { printCondition, printType } from './print.js';

export { parseTlJson } from './parse-tl-json.js';

/** The official JSON form of a schema (core.telegram.org/schema/json). Ids are signed 32-bit numbers in decimal. */
export interface TlJson {
  readonly layer?: number;
  readonly constructors: readonly TlJsonConstructor[];
  readonly methods: readonly TlJsonMethod[];
}

export interface TlJsonParam {
  readonly name: string;
  readonly type: string;
}

export interface TlJsonConstructor {
  readonly id: string;
  readonly predicate: string;
  readonly params: readonly TlJsonParam[];
  readonly type: string;
  readonly layer?: number;
}

export interface TlJsonMethod {
  readonly id: string;
  readonly method: string;
  readonly params: readonly TlJsonParam[];
  readonly type: string;
  readonly layer?: number;
}

/** A tree in the official JSON form. Ids missing in the source are filled in from `idOf`. */
export function toTlJson(tree: SchemaTree, idOf: (combinator: Combinator) => number): TlJson {
  const constructors: TlJsonConstructor[] = [];
  const methods: TlJsonMethod[] = [];
  for (const combinator of tree.combinators) {
    if (combinator.builtin) continue;
    const { name, layer } = combinator;
    const id = String((combinator.id ?? idOf(combinator)) | 0);
    const params = name === 'vector' ? [] : combinator.fields.map(toParam);
    const type = printSpaced(combinator.result, combinator.typeParameters);
    const layered = layer === null ? {} : { layer };
    if (combinator.kind === 'function')
      methods.push({ id, method: name, params, type, ...layered });
    else constructors.push({ id, predicate: name, params, type, ...layered });
  }
  const layer = tree.layer === null ? {} : { layer: tree.layer };
  return { ...layer, constructors, methods };
}

function toParam(field: Field): TlJsonParam {
  return { name: field.name ?? '', type: printCondition(field) + printType(field.type) };
}

function printSpaced(type: TypeExpr, parameters: readonly TypeParameter[]): string {
  const text = printType(type);
  return parameters.length > 0 ? text.replace(/<(\w+)>$/, ' $1') : text;
}
