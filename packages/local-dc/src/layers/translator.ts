import {
  layoutOf,
  TlObject,
  typeHash,
  type FieldKind,
  type LayoutField,
  type Registry,
  type TlClass,
} from '@tlgen/codec';
import { reshaped } from './buttons.js';
import { Defaults, make } from './defaults.js';
import { pairsOf } from './pairs.js';
import { LayerError } from './problem.js';

/** How a translator treats what its target lacks. */
export interface TranslatorOptions {
  /** The target's layer, for messages. */
  readonly layer: number;
  /** Fail instead of leaving out what has no namesake: for requests, where nothing may be lost silently. */
  readonly strict?: boolean | undefined;
  /** Told of everything that was left out or replaced. */
  readonly onLoss?: ((loss: LayerError) => void) | undefined;
}

/**
 * Turns objects of one layer into those of another, by name: constructors by TL name, fields by theirs.
 *
 * A required field the source lacks gets its default. What the target cannot express is left out of optional fields
 * and vectors, and replaced by its type's default in required ones.
 */
export class Translator {
  private readonly defaults: Defaults;

  constructor(
    private readonly target: Registry,
    private readonly options: TranslatorOptions,
  ) {
    this.defaults = new Defaults(target);
  }

  /**
   * The namesake of an object.
   *
   * @throws LayerError when there is none.
   */
  object(source: TlObject): TlObject {
    return this.into(source, this.classFor(source, 0));
  }

  /** A result: an object, a vector of them, or a plain value, which stays. */
  value(value: unknown): unknown {
    if (value instanceof TlObject) return this.object(value);
    return Array.isArray(value) ? this.items(value, { kind: 'object', type: 0 }, 'result') : value;
  }

  private classFor(source: TlObject, type: number): TlClass {
    const one = this.target.named(source._);
    if (!one) throw this.error(source._, 'has no namesake');
    const actual = this.target.typeOf(one);
    if (type > 1 && (actual === undefined || typeHash(actual) !== type))
      throw this.error(source._, 'belongs to another type');
    return one;
  }

  private nested(source: TlObject, type: number): TlObject {
    const other = reshaped(source, type, this.target, (from, one) => this.into(from, one));
    return other
      ? this.into(other.from, other.one)
      : this.into(source, this.classFor(source, type));
  }

  private into(source: object, one: TlClass): TlObject {
    if (source instanceof TlObject && source.constructor === (one as unknown)) return source;
    const from = source as unknown as Readonly<Record<string, unknown>>;
    const init: Record<string, unknown> = {};
    for (const field of layoutOf(one)) {
      const subject = `${one.tl}.${field.name}`;
      const value = this.field(from[field.name], field, subject);
      if (value !== undefined) init[field.name] = value;
    }
    this.complete(one, init);
    return make(one, init);
  }

  private field(value: unknown, field: LayoutField, subject: string): unknown {
    if (value === undefined) return field.optional ? undefined : this.fallback(field, subject);
    try {
      return this.convert(value, field.type, subject);
    } catch (thrown) {
      if (!(thrown instanceof LayerError) || this.options.strict) throw thrown;
      this.options.onLoss?.(thrown);
      return field.optional ? undefined : this.fallback(field, subject);
    }
  }

  private fallback(field: LayoutField, subject: string): unknown {
    const value = this.defaults.of(field.type);
    if (value === undefined) throw this.error(subject, 'is required and has no default');
    return value;
  }

  private convert(value: unknown, kind: FieldKind, subject: string): unknown {
    switch (kind.kind) {
      case 'int':
      case 'nat':
      case 'int53':
        return this.integer(value, kind.kind, subject);
      case 'long':
        if (typeof value === 'bigint') return value;
        if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
        break;
      case 'double':
        if (typeof value === 'number') return value;
        break;
      case 'string':
        if (typeof value === 'string') return value;
        break;
      case 'bytes':
        if (value instanceof Uint8Array) return value;
        break;
      case 'fixed':
        if (value instanceof Uint8Array && value.length === kind.length) return value;
        break;
      case 'bool':
      case 'flag':
        if (typeof value === 'boolean') return value;
        // A plain value whose mere presence said it.
        return true;
      case 'true':
        return true;
      case 'object':
        if (value instanceof TlObject) return this.nested(value, kind.type);
        break;
      case 'bare': {
        const one = this.target.get(kind.id);
        if (value instanceof TlObject && one) return this.into(value, one);
        break;
      }
      case 'vector':
        if (Array.isArray(value)) return this.items(value, kind.item, subject);
        break;
      case 'tuple': {
        const items = Array.isArray(value) ? this.items(value, kind.item, subject) : [];
        if (items.length === kind.count) return items;
        break;
      }
    }
    throw this.error(subject, `holds ${kind.kind} there`);
  }

  private integer(value: unknown, kind: 'int' | 'nat' | 'int53', subject: string): number {
    const number = typeof value === 'bigint' ? Number(value) : value;
    const [least, most] =
      kind === 'int'
        ? [-0x80000000, 0x7fffffff]
        : kind === 'nat'
          ? [0, 0xffffffff]
          : [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
    if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most)
      return number;
    throw this.error(subject, `holds ${kind} there`);
  }

  private items(values: readonly unknown[], kind: FieldKind, subject: string): unknown[] {
    const items: unknown[] = [];
    for (const value of values) {
      try {
        const plain = kind.kind === 'object' && kind.type === 0 && !(value instanceof TlObject);
        items.push(plain ? value : this.convert(value, kind, subject));
      } catch (thrown) {
        if (!(thrown instanceof LayerError) || this.options.strict) throw thrown;
        this.options.onLoss?.(thrown);
      }
    }
    return items;
  }

  /** Gives fields that share a bit with a present one their default. */
  private complete(one: TlClass, init: Record<string, unknown>): void {
    for (const group of pairsOf(one, this.defaults)) {
      const absent = group.filter(({ name, type }) => isAbsent(init[name], type));
      if (absent.length === 0 || absent.length === group.length) continue;
      for (const { name, type } of absent)
        init[name] = type.kind === 'flag' ? true : this.defaults.of(type);
    }
  }

  private error(subject: string, reason: string): LayerError {
    return new LayerError(this.options.layer, subject, reason);
  }
}

/** An unset flag reads as false; every other field that is absent, as undefined. */
const isAbsent = (value: unknown, type: FieldKind): boolean =>
  value === undefined || (type.kind === 'flag' && value === false);
