import type { Combinator, Field, Span, TypeExpr, TypeParameter } from './ast.js';
import { shorten } from './cursor.js';
import type { DiagnosticCode } from './diagnostics.js';
import { type LoneType, parseFieldType, parseResultType, withSpan } from './lone-type.js';

type Loose = Readonly<Record<string, unknown>>;

/** An entry of `constructors` or `methods`, of which only the name is known to be there. */
export interface Entry {
  readonly entry: Loose;
  readonly kind: Combinator['kind'];
  readonly nameKey: string;
  readonly name: string;
  /** `constructors[3]`, for messages. */
  readonly path: string;
  readonly span: Span;
}

/** Where an entry says what is wrong with it. */
export interface EntryReport {
  readonly file: string;
  error(message: string, hint: string | null, code?: DiagnosticCode): void;
  unknownKey(key: string, value: unknown, path: string): void;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*$/;
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The combinator that an entry tells of; null after reporting an error. Every string is read by
 * itself to its end, so that none of them can bring another field or declaration in.
 */
export function readEntry(given: Entry, report: EntryReport): Combinator | null {
  const { entry, kind, name, path, nameKey, span } = given;
  const place = `${path} (\`${shorten(name)}\`)`;
  let sound = true;
  const fail = (message: string, hint: string | null, code?: DiagnosticCode): void => {
    sound = false;
    report.error(message, hint, code);
  };
  for (const [key, value] of Object.entries(entry)) {
    if (!['id', 'params', 'type', 'layer', nameKey].includes(key)) {
      report.unknownKey(key, value, place);
    }
  }
  if (!NAME.test(name)) {
    fail(`${path}: \`${shorten(name)}\` is not a name`, 'as in `messages.sendMessage`');
  }
  const id = toId(entry['id']);
  if (id === undefined) {
    const hint = 'an id is a signed 32-bit number in decimal, as a string';
    fail(`${place} has a wrong \`id\``, hint, 'bad-id');
  }
  const layer = toLayer(entry['layer']);
  if (layer === undefined) fail(`${place} has a wrong \`layer\``, 'a whole number');
  const params = entry['params'] ?? [];
  const type = entry['type'];
  if (typeof type !== 'string' || !Array.isArray(params) || !params.every(isParam)) {
    const hint = 'each param is { "name": …, "type": … } and `type` is a string';
    fail(`${place} has no proper \`params\` and \`type\``, hint);
    return null;
  }
  const take = ({ type: read, diagnostics }: LoneType, at: string): TypeExpr | null => {
    for (const { code, message, hint } of diagnostics) fail(`${at}: ${message}`, hint, code);
    return read === null ? null : withSpan(read, span);
  };
  const fields = params.map((param, index): Field | null => {
    const at = `${place}, params[${String(index)}]`;
    for (const [key, value] of Object.entries(param)) {
      if (key !== 'name' && key !== 'type') report.unknownKey(key, value, at);
    }
    // Nameless as in `4*[ int ]`.
    if (param.name !== '' && !FIELD_NAME.test(param.name)) {
      fail(`${at}: \`${shorten(param.name)}\` is not a field name`, 'letters, digits and `_`');
    }
    const lone = parseFieldType(param.type, report.file);
    const read = take(lone, at);
    if (read === null) return null;
    const { condition } = lone;
    return { name: param.name || null, condition, type: read, description: null, span };
  });
  const result = take(parseResultType(type, report.file), `${place}, type`);
  if (!sound || result === null) return null;
  const whole = {
    kind,
    name,
    id: id ?? null,
    result,
    builtin: false,
    layer: layer ?? null,
    description: null,
    span,
  };
  if (fields.length === 0 && isVector(whole)) return { ...whole, ...vectorParts(span) };
  const sure = fields.filter((field) => field !== null);
  return { ...whole, fields: sure, typeParameters: parametersOf(sure, span) };
}

/** TL-JSON leaves type parameters out; they are put back from the types that need them. */
function parametersOf(fields: readonly Field[], span: Span): readonly TypeParameter[] {
  const names = new Set<string>();
  const visit = (type: TypeExpr): void => {
    if (type.kind === 'repeat') for (const item of type.items) visit(item.type);
    if (type.kind !== 'named') return;
    if (type.bang) names.add(type.name);
    type.args.forEach(visit);
  };
  for (const { type } of fields) visit(type);
  return [...names].map((name) => ({ name, type: 'Type', span }));
}

/** `vector` stands in TL-JSON without its fields: `"params": [], "type": "Vector t"`. */
function isVector({ kind, name, result }: Pick<Combinator, 'kind' | 'name' | 'result'>): boolean {
  const [arg, ...more] = result.kind === 'named' ? result.args : [];
  const isT = arg?.kind === 'named' && arg.name === 't' && more.length === 0;
  return kind === 'constructor' && name === 'vector' && isT;
}

/** `{t:Type} # [ t ]`. */
function vectorParts(span: Span): Pick<Combinator, 'fields' | 'typeParameters'> {
  const nameless = { name: null, condition: null, description: null, span };
  const named = { kind: 'named', name: 't', percent: false, bang: false, args: [], span } as const;
  const items = [{ ...nameless, type: named }];
  const types: TypeExpr[] = [
    { kind: 'nat', span },
    { kind: 'repeat', count: null, items, span },
  ];
  return {
    fields: types.map((type) => ({ ...nameless, type })),
    typeParameters: [{ name: 't', type: 'Type', span }],
  };
}

/** Whether it is a JSON object. */
export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isParam(value: unknown): value is { readonly name: string; readonly type: string } {
  return isObject(value) && typeof value['name'] === 'string' && typeof value['type'] === 'string';
}

/** Unsigned id; null when absent, undefined when wrong. */
function toId(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) return undefined;
  return number >= -0x8000_0000 && number <= 0xffff_ffff ? number >>> 0 : undefined;
}

/** A layer number, also as a string; null when absent, undefined when wrong. */
export function toLayer(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  const fits = typeof number === 'number' && Number.isSafeInteger(number) && number >= 0;
  return fits ? number : undefined;
}
