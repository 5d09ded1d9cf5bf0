import { formatId } from '@tlgen/codec';
import type { ErrorFacts } from '../emit/options.js';
import type { KnownError } from '../io/facts.js';
import { propertyNames } from '../model/fields.js';
import { constructorClass, methodClass } from '../model/names.js';
import { lineText, typeText } from '../schema/type-text.js';
import type { Schema, SchemaCombinator, SchemaType } from '../schema/types.js';

/** What `inspect` tells about a constructor or method. */
export interface DescribedCombinator {
  readonly kind: 'constructor' | 'method';
  readonly name: string;
  readonly id: string;
  readonly tl: string;
  readonly class: string;
  readonly namespace: string;
  readonly type: string;
  readonly layers: { readonly since: number; readonly until: number | null } | null;
  readonly description: string | null;
  readonly fields: readonly {
    readonly name: string;
    readonly tl: string;
    readonly type: string;
    /** `flags.3`; null: always there. */
    readonly flag: string | null;
    readonly description: string | null;
  }[];
  readonly errors: readonly { readonly name: string; readonly code: number }[];
  /** Who may call it; null: unknown. */
  readonly callers: 'user' | 'bot' | 'both' | null;
}

/** What `inspect` tells about a type. */
export interface DescribedType {
  readonly kind: 'type';
  readonly name: string;
  readonly description: string | null;
  readonly constructors: readonly string[];
  /** Methods that return it, itself or in a vector. */
  readonly returnedBy: readonly string[];
}

/** What `inspect` tells about an RPC error. */
export interface DescribedError {
  readonly kind: 'error';
  readonly name: string;
  readonly codes: readonly number[];
  /** Any method may answer with it. */
  readonly general: boolean;
  readonly methods: readonly string[];
  readonly source: string;
  readonly date: string;
}

export type Described = DescribedCombinator | DescribedType | DescribedError;

/** Describes a constructor or method. */
export function describeCombinator(one: SchemaCombinator, facts: ErrorFacts): DescribedCombinator {
  const isMethod = one.kind === 'method';
  const names = propertyNames(one);
  return {
    kind: one.kind,
    name: one.key,
    id: formatId(one.id),
    tl: lineText(one),
    class: isMethod ? methodClass(one.key) : constructorClass(one.key),
    namespace: one.namespace,
    type: typeText(one.result).replace(/^!/, ''),
    layers: one.since === null ? null : { since: one.since, until: one.until },
    description: one.description,
    fields: one.fields.map(({ name, type, flag, description }) => ({
      name: names.get(name) ?? name,
      tl: name,
      type: typeText(type),
      flag: flag === null ? null : flag.word + (flag.bit === null ? '' : `.${flag.bit}`),
      description,
    })),
    errors: isMethod ? (facts.methods[one.name] ?? []) : [],
    callers: isMethod ? (facts.callers[one.name] ?? null) : null,
  };
}

/** Describes a type. */
export function describeType(type: SchemaType, schema: Schema): DescribedType {
  const returns = ({ result }: SchemaCombinator): boolean => {
    const plain = result.kind === 'vector' ? result.item : result;
    return plain.kind === 'boxed' && plain.type === type.name;
  };
  const { name, description, constructors } = type;
  const returnedBy = schema.methods.filter(returns).map(({ key }) => key);
  return { kind: 'type', name, description, constructors, returnedBy };
}

/** Describes an RPC error; null when it is unknown. `FLOOD_WAIT_42` and `FLOOD_WAIT_X` are `FLOOD_WAIT_%d`. */
export function describeError(
  query: string,
  facts: ErrorFacts,
  all: readonly KnownError[],
): DescribedError | null {
  const name = query.toUpperCase().replace('%D', '%d');
  const wanted = new Set([name, name.replace(/(?<=_)(?:X|\d+)(?=_|$)/, '%d')]);
  const known = all.filter((one) => wanted.has(one.name));
  const codes = new Set(known.map(({ code }) => code));
  const methods: string[] = [];
  let shown = known[0]?.name;
  for (const [method, errors] of Object.entries(facts.methods)) {
    const error = errors.find((one) => wanted.has(one.name));
    if (error === undefined) continue;
    shown ??= error.name;
    methods.push(method);
    codes.add(error.code);
  }
  if (shown === undefined) return null;
  const { source, date } = facts;
  const general = known.some((one) => one.general);
  return { kind: 'error', name: shown, codes: [...codes], general, methods, source, date };
}
