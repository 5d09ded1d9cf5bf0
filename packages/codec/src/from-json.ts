import { fromBase64 } from './base64.js';
import { TlError, type TlPathStep } from './errors.js';
import type { JsonObject } from './json.js';
import { layoutOf, type FieldKind } from './layout.js';
import { MAX_DEPTH } from './limits.js';
import type { TlClass, TlObject } from './object.js';
import { METHOD, type Registry } from './registry.js';

/**
 * Builds an object from the JSON data that `toJson` writes. Longs may also be safe integers, bytes may also be
 * Uint8Arrays, URL-safe or unpadded base64.
 *
 * @throws TlError `bad-json` with the path of what does not fit: an unknown `_`, an unknown, missing or wrong field.
 */
export function fromJson(json: JsonObject, registry: Registry): TlObject {
  return new JsonReader(registry).object(json, 0);
}

type Make = new (init?: object) => TlObject;

class JsonReader {
  private readonly path: TlPathStep[] = [];
  private depth = 0;

  constructor(private readonly registry: Registry) {}

  object(json: unknown, type: number, bare?: TlClass): TlObject {
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      this.fail('expected an object', json);
    if (++this.depth > MAX_DEPTH) this.fail(`objects nest deeper than ${MAX_DEPTH}`);
    const data = json as Record<string, unknown>;
    const one = this.classOf(data, bare);
    this.checkType(one, type, bare);
    if (this.path.length === 0) this.path.push(one.tl);
    const layout = layoutOf(one);
    const names = new Set(layout.map((field) => field.name));
    for (const key of Object.keys(data)) {
      if (key !== '_' && !names.has(key)) {
        this.fail(
          `${one.tl} has no field ${JSON.stringify(key)}; it has ${[...names].join(', ') || 'none'}`,
        );
      }
    }
    const init: Record<string, unknown> = {};
    for (const { name, type: kind, optional } of layout) {
      this.path.push(name);
      const value = Object.hasOwn(data, name) ? data[name] : undefined;
      if (value !== undefined) init[name] = this.value(value, kind);
      else if (!optional) this.fail('this field is required');
      this.path.pop();
    }
    this.depth--;
    return new (one as unknown as Make)(init);
  }

  private classOf(data: Record<string, unknown>, bare?: TlClass): TlClass {
    const name = data['_'];
    if (name === undefined && bare) return bare;
    if (typeof name !== 'string') this.fail('"_" must hold a TL name', name);
    return (
      this.registry.named(name) ??
      this.fail(`no constructor ${JSON.stringify(name)} in this schema`)
    );
  }

  private checkType(one: TlClass, type: number, bare?: TlClass): void {
    if (bare && one !== bare) this.fail(`expected ${bare.tl}, got ${one.tl}`);
    if (type === 0 || bare) return;
    const actual = this.registry.isMethod(one)
      ? METHOD
      : this.registry.$types[this.registry.$find(one.id | 0)];
    if (actual !== type) this.fail(`expected ${this.registry.$typeName(type)}, got ${one.tl}`);
  }

  private value(value: unknown, kind: FieldKind): unknown {
    switch (kind.kind) {
      case 'int':
      case 'nat':
      case 'int53':
        return typeof value === 'number' && Number.isInteger(value)
          ? value
          : this.fail('expected an integer', value);
      case 'double':
        return this.double(value);
      case 'long':
        return this.long(value);
      case 'string':
        return typeof value === 'string' ? value : this.fail('expected a string', value);
      case 'bool':
      case 'flag':
      case 'true':
        return typeof value === 'boolean' ? value : this.fail('expected true or false', value);
      case 'bytes':
        return this.bytes(value);
      case 'fixed': {
        const bytes = this.bytes(value);
        return bytes.length === kind.length
          ? bytes
          : this.fail(`expected base64 of ${kind.length} bytes`);
      }
      case 'object':
        return this.object(value, kind.type);
      case 'bare':
        return this.object(value, 0, this.registry.get(kind.id));
      case 'vector':
        return this.items(value, kind.item);
      case 'tuple': {
        const items = this.items(value, kind.item);
        return items.length === kind.count ? items : this.fail(`expected ${kind.count} items`);
      }
    }
  }

  private items(value: unknown, kind: FieldKind): unknown[] {
    if (!Array.isArray(value)) this.fail('expected an array', value);
    return (value as unknown[]).map((item, index) => {
      this.path.push(index);
      const result = this.value(item, kind);
      this.path.pop();
      return result;
    });
  }

  private double(value: unknown): number {
    if (typeof value === 'number') return value;
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
    return this.fail('expected a number', value);
  }

  private long(value: unknown): bigint {
    if (typeof value === 'bigint') return value;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value);
    return this.fail('expected a long as decimal string', value);
  }

  private bytes(value: unknown): Uint8Array {
    if (value instanceof Uint8Array) return value;
    const bytes = typeof value === 'string' ? fromBase64(value) : null;
    return bytes ?? this.fail('expected bytes as base64', value);
  }

  private fail(reason: string, value?: unknown): never {
    const got =
      value === undefined
        ? ''
        : `, got ${value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value}`;
    throw new TlError('bad-json', reason + got, { path: [...this.path] });
  }
}
