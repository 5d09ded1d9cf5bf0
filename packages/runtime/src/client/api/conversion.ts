import { TlObject, type TlClass } from '@tlgen/codec';
import { nearest } from '../nearest.js';
import type { ApiContext } from './context.js';
import { ParameterError } from './errors.js';
import { filled } from './fill.js';
import { Lookup } from './lookup.js';
import type { Plan, PlanField, Plans } from './plan.js';
import { scalar } from './scalar.js';
import type { ObjectShape, Shape } from './shape.js';
import { substitute } from './substitute.js';
import { accepted, described, quoted } from './words.js';

/** Objects within objects: what encoding takes. */
const MAX_DEPTH = 100;

/** Plain objects that one call may hold; more could not be sent, and one that is shared many times never ends. */
const MAX_OBJECTS = 100_000;

/** Longer words are like no name. */
const LONGEST_NAME = 64;

/** What fields are collected in: without a prototype, so that a field never reads what it wasn't given. */
const Init = function Init() {} as unknown as new () => Record<string, unknown>;
Object.setPrototypeOf(Init.prototype, null);

/** An object of the caller's, by its fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** Makes one call's request of loose values. What has to be looked up is collected, and begins afterwards. */
export class Conversion {
  readonly lookups: Lookup[] = [];
  private readonly path: (string | number)[] = [];
  private depth = 0;
  private objects = 0;

  constructor(
    /** TL name of the method. */
    readonly method: string,
    readonly context: ApiContext,
    readonly plans: Plans,
  ) {}

  /**
   * Makes an object of the fields that are given, and fills in the others.
   *
   * @param others - names beside the class's own that the caller may have meant, for messages.
   * @throws ParameterError
   */
  build(plan: Plan, given: Fields, others: readonly string[] = []): TlObject {
    if (++this.objects > MAX_OBJECTS) this.fail(`more than ${MAX_OBJECTS} objects`);
    if (++this.depth > MAX_DEPTH) this.fail(`objects nest deeper than ${MAX_DEPTH}`);
    const init = new Init();
    const isMethod = this.path.length === 0;
    let waiting: string[] | null = null;
    for (const key of Object.keys(given)) {
      const field = plan.fields.get(key);
      if (field === undefined) {
        if (key === '_' && !isMethod) continue;
        this.unknown(plan, key, others);
      }
      const value = given[key];
      if (value === undefined || (value === null && !takesNull(field, plan))) continue;
      this.path.push(key);
      const made = this.value(value, field.shape);
      this.path.pop();
      init[key] = made;
      if (made instanceof Lookup) (waiting ??= []).push(key);
    }
    for (const field of plan.required) {
      if (init[field.name] === undefined) init[field.name] = this.missing(field, init);
    }
    const object = plan.make(init);
    if (waiting) {
      for (const key of waiting) this.lookups.push((init[key] as Lookup).into(object, key));
    }
    this.depth--;
    return object;
  }

  /** The value as its class takes it, or a look-up of it. */
  value(value: unknown, shape: Shape): unknown {
    switch (shape.kind) {
      case 'object':
        return this.object(value, shape.object, shape);
      case 'vector':
        return this.items(value, shape);
      case 'bare':
        return this.bare(value, shape.one, shape);
      default: {
        const made = scalar(value, shape);
        return made === undefined ? this.refuse(value, shape) : made;
      }
    }
  }

  /** An object of a class, as if it had been given as a plain one. */
  named(name: string, given: Fields): TlObject {
    const one = this.plans.schema.registry.named(name);
    if (!one) return this.fail(`the schema (layer ${this.plans.schema.layer}) has no ${name}`);
    return this.build(this.plans.of(one), given);
  }

  /**
   * An object of any type of a value that may be a plain one; other values stay what they are.
   *
   * @param type - the TL type that is expected, for messages.
   * @returns with it, the look-ups that it waits for.
   */
  loose(
    value: unknown,
    type: string,
  ): { readonly value: unknown; readonly lookups: readonly Lookup[] } {
    const name = value instanceof TlObject ? undefined : nameOf(value);
    if (name === undefined) return { value, lookups: [] };
    const one = this.plans.schema.registry.named(name) ?? this.stranger(name, type);
    const before = this.lookups.length;
    const made = this.build(this.plans.of(one), value as Fields);
    return { value: made, lookups: this.lookups.splice(before) };
  }

  /** @throws ParameterError that tells what the field takes. */
  refuse(value: unknown, shape: Shape): never {
    this.fail(`expected ${accepted(shape, this.plans)}, got ${described(value, isNumeric(shape))}`);
  }

  /** @throws ParameterError about the place that is being converted, or a field of it. */
  fail(reason: string, field?: string): never {
    throw new ParameterError(this.method, this.place(field), reason);
  }

  private object(value: unknown, object: ObjectShape, shape: Shape): unknown {
    if (value instanceof TlObject) {
      if (object.fits(classOf(value))) return value;
    } else {
      const name = nameOf(value);
      const one = name === undefined ? undefined : this.plans.schema.registry.named(name);
      if (one && object.fits(one)) return this.build(this.plans.of(one), value as Fields);
      if (name !== undefined && !one && object.loose === undefined)
        this.stranger(name, object.type);
    }
    return substitute(this, value, object) ?? this.refuse(value, shape);
  }

  private bare(value: unknown, one: TlClass | undefined, shape: Shape): unknown {
    if (one && typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const name = nameOf(value);
      if (value instanceof TlObject) {
        if (value._ === one.tl) return value;
      } else if (name === undefined || name === one.tl) {
        return this.build(this.plans.of(one), value as Fields);
      }
    }
    return this.refuse(value, shape);
  }

  private items(value: unknown, shape: Shape & { readonly kind: 'vector' }): unknown {
    if (!Array.isArray(value)) return this.refuse(value, shape);
    const given = value as readonly unknown[];
    if (shape.count !== null && given.length !== shape.count) this.refuse(value, shape);
    let copy: unknown[] | null = null;
    for (let i = 0; i < given.length; i++) {
      const item = given[i];
      this.path.push(i);
      const made = this.value(item, shape.item);
      this.path.pop();
      if (made === item) continue;
      copy ??= given.slice();
      copy[i] = made;
      if (made instanceof Lookup) this.lookups.push(made.into(copy, i));
    }
    return copy ?? given;
  }

  private missing(field: PlanField, init: Fields): unknown {
    if (field.rule) {
      this.path.push(field.name);
      const made = filled(this, field, field.rule, init);
      this.path.pop();
      if (made !== undefined) return made;
    }
    const words = `it is required (${field.type}): ${accepted(field.shape, this.plans)}`;
    return this.fail(words, field.name);
  }

  private unknown(plan: Plan, key: string, others: readonly string[]): never {
    const names = [...plan.fields.keys()];
    const close = key.length > LONGEST_NAME ? null : nearest(key, [...names, ...others]);
    const hint = close === null ? `it has ${names.join(', ') || 'none'}` : `did you mean ${close}?`;
    const kind = this.path.length === 0 ? 'parameter' : 'field';
    const shown = quoted(key).slice(1, -1);
    this.fail(`${plan.one.tl} has no ${kind} of that name; ${hint}`, shown);
  }

  private stranger(name: string, type: string): never {
    const all = this.plans.constructorsOf(type);
    const close = name.length > LONGEST_NAME ? null : nearest(name, all);
    const hint =
      close === null ? `${type} has ${all.slice(0, 12).join(', ')}` : `did you mean ${close}?`;
    return this.fail(`the schema has no constructor ${quoted(name)}; ${hint}`);
  }

  private place(field?: string): string {
    const steps = field === undefined ? this.path : [...this.path, field];
    let text = '';
    // The middle of a long way down says nothing new.
    const shown = steps.length > 24 ? [...steps.slice(0, 12), '…', ...steps.slice(-12)] : steps;
    for (const step of shown) {
      if (typeof step === 'number') text += `[${step}]`;
      else text += text === '' ? step : `.${step}`;
    }
    return text;
  }
}

/** Whether a number may be shown: one that stands for a text may be a login code. */
const isNumeric = ({ kind }: Shape): boolean => /^(?:int|nat|long|int53|double)$/.test(kind);

const classOf = (object: TlObject): TlClass =>
  (Object.getPrototypeOf(object) as { readonly constructor: unknown }).constructor as TlClass;

/** What `_` of an object says; undefined for other values. */
function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const name: unknown = (value as { readonly _?: unknown })._;
  return typeof name === 'string' ? name : undefined;
}

/** Whether null is a value: JSON has one. Optional fields are left out by it, as all others are. */
function takesNull(field: PlanField, plan: Plan): boolean {
  const { shape } = field;
  if (shape.kind !== 'object') return false;
  const { loose } = shape.object;
  return (loose === 'JsonValue' || loose === 'DataJsonLike') && plan.required.includes(field);
}
