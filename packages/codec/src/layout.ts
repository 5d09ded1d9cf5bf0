import type { TlClass } from './object.js';
import { TlReader } from './reader.js';
import { METHOD, Registry } from './registry.js';

/**
 * What a field holds.
 *
 * `object.type` is the `typeHash` of the boxed type, 0 for any. `flag` is a `true` that takes no bytes.
 */
export type FieldKind =
  | {
      readonly kind:
        'int' | 'nat' | 'long' | 'int53' | 'double' | 'string' | 'bytes' | 'bool' | 'true' | 'flag';
    }
  | { readonly kind: 'fixed'; readonly length: number }
  | { readonly kind: 'object'; readonly type: number }
  | { readonly kind: 'bare'; readonly id: number }
  | { readonly kind: 'vector'; readonly boxed: boolean; readonly item: FieldKind }
  | { readonly kind: 'tuple'; readonly count: number; readonly item: FieldKind };

/** One field of a generated class. */
export interface LayoutField {
  readonly name: string;
  readonly type: FieldKind;
  readonly optional: boolean;
}

/** Stands for the value that the `op`-th read of a class yields. */
class Probe {
  constructor(
    readonly op: number,
    readonly type: FieldKind,
  ) {}
}

const none = /* @__PURE__ */ new Registry();

/**
 * Finds out the fields of a class by running its own `$read` on a reader that yields probes instead of values: the
 * generated code is the only description of a class there is, so it can never disagree with itself, and classes carry
 * no tables.
 */
class ProbeReader extends TlReader {
  private op = 0;
  private words = 0;

  /** @param flagWords - what the flag words hold, in order; the last one repeats. */
  constructor(private readonly flagWords: readonly number[]) {
    super(none);
  }

  private yields(type: FieldKind): never {
    return new Probe(this.op++, type) as never;
  }

  private simple(
    kind: 'int' | 'nat' | 'long' | 'int53' | 'double' | 'string' | 'bytes' | 'bool' | 'true',
  ): never {
    return this.yields({ kind });
  }

  private item(read: (r: TlReader) => unknown): FieldKind {
    const { op } = this;
    const probe = read(this);
    this.op = op;
    return probe instanceof Probe ? probe.type : { kind: 'nat' };
  }

  override flags(): number {
    this.op++;
    const at = Math.min(this.words++, this.flagWords.length - 1);
    return this.flagWords[at] ?? 0;
  }

  override int = (): number => this.simple('int');
  override nat = (): number => this.simple('nat');
  override long = (): bigint => this.simple('long');
  override int53 = (): number => this.simple('int53');
  override double = (): number => this.simple('double');
  override string = (): string => this.simple('string');
  override bytes = (): Uint8Array => this.simple('bytes');
  override bool = (): boolean => this.simple('bool');
  override true = (): true => this.simple('true');
  override fixed = (length: number): Uint8Array => this.yields({ kind: 'fixed', length });
  override object = <T>(type: number): T => this.yields({ kind: 'object', type });
  override method = <T>(): T => this.yields({ kind: 'object', type: METHOD });
  override bare = <T>(id: number): T => this.yields({ kind: 'bare', id });

  override vector<T>(boxed: boolean, _itemSize: number, item: (r: TlReader) => T): T[] {
    return this.yields({ kind: 'vector', boxed, item: this.item(item) });
  }
  override objects = <T>(type: number): T[] => this.vector(true, 4, (r) => r.object<T>(type));
  override ints = (): number[] => this.vector(true, 4, (r) => r.int());
  override longs = (): bigint[] => this.vector(true, 8, (r) => r.long());
  override strings = (): string[] => this.vector(true, 4, (r) => r.string());
  override tuple<T>(count: number, item: (r: TlReader) => T): T[] {
    return this.yields({ kind: 'tuple', count, item: this.item(item) });
  }
}

const probe = (one: TlClass, words: readonly number[]): [string, unknown][] =>
  Object.entries(one.$read(new ProbeReader(words)));

const layouts = /* @__PURE__ */ new WeakMap<TlClass, readonly LayoutField[]>();

/** The fields of a generated class, in wire order. */
export function layoutOf(one: TlClass): readonly LayoutField[] {
  let layout = layouts.get(one);
  if (layout === undefined) {
    const bare = new Map(probe(one, [0]));
    layout = probe(one, [-1]).map(([name, value]) => ({
      name,
      type: value instanceof Probe ? value.type : { kind: value === true ? 'flag' : 'nat' },
      optional: !(bare.get(name) instanceof Probe),
    }));
    layouts.set(one, layout);
  }
  return layout;
}

/** The names of the fields by the order in which they are read when the flag words hold `words`. */
export function fieldsByOperation(
  one: TlClass,
  words: readonly number[],
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const [name, value] of probe(one, words))
    if (value instanceof Probe) names.set(value.op, name);
  return names;
}
