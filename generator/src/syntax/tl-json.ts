import type { Combinator, Field, SchemaTree, Span, TypeExpr, TypeParameter } from './ast.js';
import type { Diagnostic, DiagnosticCode } from './diagnostics.js';
import { JsonLocator, jsonErrorSpan } from './json-text.js';
import { parse, type ParseResult } from './parser.js';
import { printCondition, printType } from './print.js';
import { shorten } from './cursor.js';

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

type Loose = Readonly<Record<string, unknown>>;

/** Reads TL-JSON text. Never throws; entries that are not well formed are reported and left out. */
export function parseTlJson(text: string, file = 'schema.json'): ParseResult {
  const reader = new Reader(text, file);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    reader.report('this is not valid JSON', null, jsonErrorSpan(text, error));
    return reader.result(null);
  }
  return reader.read(json);
}

class Reader {
  readonly #combinators: Combinator[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #locator: JsonLocator;

  constructor(
    text: string,
    private readonly file: string,
  ) {
    this.#locator = new JsonLocator(text);
  }

  read(json: unknown): ParseResult {
    const hint = 'expected { "constructors": [ … ], "methods": [ … ] }';
    if (!isObject(json) || (!('constructors' in json) && !('methods' in json))) {
      this.report('this JSON is not a TL schema', hint);
      return this.result(null);
    }
    for (const [key, kind] of [
      ['constructors', 'constructor'],
      ['methods', 'function'],
    ] as const) {
      const entries = json[key] ?? [];
      if (!Array.isArray(entries)) {
        this.report(`\`${key}\` is not an array`, hint);
        continue;
      }
      entries.forEach((entry: unknown, index) => {
        this.#entry(entry, kind, `${key}[${String(index)}]`);
      });
    }
    return this.result(toLayer(json['layer']));
  }

  result(layer: number | null): ParseResult {
    const tree = { combinators: this.#combinators, layer, typeDescriptions: new Map() };
    return { tree, diagnostics: this.#diagnostics };
  }

  report(
    message: string,
    hint: string | null,
    span: Span = this.#locator.at(0, 0),
    code: DiagnosticCode = 'json-shape',
  ): void {
    this.#diagnostics.push({ severity: 'error', code, message, hint, file: this.file, span });
  }

  #entry(entry: unknown, kind: Combinator['kind'], path: string): void {
    const nameKey = kind === 'constructor' ? 'predicate' : 'method';
    const name = isObject(entry) ? entry[nameKey] : undefined;
    if (!isObject(entry) || typeof name !== 'string') {
      this.report(`${path} has no \`${nameKey}\``, null, this.#locator.find(''));
      return;
    }
    const span = this.#locator.find(name);
    const params = entry['params'] ?? [];
    const type = entry['type'];
    if (typeof type !== 'string' || !Array.isArray(params) || !params.every(isParam)) {
      const hint = 'each param is { "name": …, "type": … } and `type` is a string';
      this.report(
        `${path} (\`${shorten(name)}\`) has no proper \`params\` and \`type\``,
        hint,
        span,
      );
      return;
    }
    const id = toId(entry['id']);
    if (id === undefined) {
      const hint = 'an id is a signed 32-bit number in decimal, as a string';
      this.report(`${path} (\`${shorten(name)}\`) has a wrong \`id\``, hint, span, 'bad-id');
    }
    const line = toLine(name, params, type, kind);
    const { tree, diagnostics } = parse(line, this.file);
    for (const { code, message, hint } of diagnostics) this.report(message, hint, span, code);
    const [combinator] = tree.combinators;
    if (combinator === undefined || diagnostics.length > 0) return;
    const layer = toLayer(entry['layer']);
    this.#combinators.push(relocate({ ...combinator, kind, id: id ?? null, layer }, span));
  }
}

/** TL-JSON leaves type parameters and nameless fields out; they are put back from what the types need. */
function toLine(
  name: string,
  params: readonly TlJsonParam[],
  type: string,
  kind: Combinator['kind'],
): string {
  if (name === 'vector' && kind === 'constructor' && params.length === 0) {
    return `vector {t:Type} # [ t ] = ${type};`;
  }
  const generic = new Set(params.flatMap((param) => /^!(\w+)$/.exec(param.type)?.[1] ?? []));
  const fields = params.map((param) =>
    param.name === '' ? param.type : `${param.name}:${param.type}`,
  );
  const parameters = [...generic].map((parameter) => `{${parameter}:Type}`);
  return `${[name, ...parameters, ...fields].join(' ')} = ${type};`;
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

/** Gives a combinator parsed from a made-up line the place of its JSON entry. */
function relocate(combinator: Combinator, span: Span): Combinator {
  const field = (old: Field): Field => ({ ...old, type: type(old.type), span });
  const type = (old: TypeExpr): TypeExpr => {
    if (old.kind === 'nat') return { ...old, span };
    if (old.kind === 'repeat') return { ...old, items: old.items.map(field), span };
    return { ...old, args: old.args.map(type), span };
  };
  const typeParameters = combinator.typeParameters.map((parameter) => ({ ...parameter, span }));
  const { fields, result } = combinator;
  return { ...combinator, typeParameters, fields: fields.map(field), result: type(result), span };
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isParam(value: unknown): value is TlJsonParam {
  return isObject(value) && typeof value['name'] === 'string' && typeof value['type'] === 'string';
}

/** Unsigned id; null when absent, undefined when wrong. */
function toId(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
  return number >= -0x8000_0000 && number <= 0xffff_ffff ? number >>> 0 : undefined;
}

function toLayer(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
