import { typeHash } from '@tlgen/codec';
import type { WireSizes } from '../model/sizes.js';
import type { TypeRef } from '../schema/types.js';
import { literal } from '../model/literal.js';

/** `0x44fa7a15`. */
export function hex(value: number): string {
  return `0x${(value >>> 0).toString(16).padStart(8, '0')}`;
}

const SIMPLE: Readonly<Record<string, string>> = {
  int: 'int()',
  nat: 'nat()',
  long: 'long()',
  int53: 'int53()',
  double: 'double()',
  string: 'string()',
  bytes: 'bytes()',
  int128: 'fixed(16)',
  int256: 'fixed(32)',
  int512: 'fixed(64)',
  Bool: 'bool()',
};

/** Vectors with a method of their own: short in the output, and the hot ones. */
const VECTORS: Readonly<Record<string, string>> = { int: 'ints', long: 'longs', string: 'strings' };

/** Writes the reader and writer calls for values of TL types. */
export class WireCalls {
  constructor(
    private readonly sizes: WireSizes,
    private readonly idOf: (constructorKey: string) => number,
  ) {}

  /** An expression that reads a value from `r`. */
  read(type: TypeRef): string {
    switch (type.kind) {
      case 'primitive':
        return type.name === 'true' ? 'true' : `r.${SIMPLE[type.name]}`;
      case 'boxed':
        return type.type === 'True' ? 'r.true()' : `r.object(${typeHash(type.type)})`;
      case 'bare':
        return `r.bare(${hex(this.idOf(type.constructor))})`;
      case 'object':
        return 'r.object(0)';
      case 'method':
      case 'generic':
        return 'r.method()';
      case 'tuple':
        return `r.tuple(${type.count}, (r) => ${this.read(type.item)})`;
      case 'vector':
        return this.readVector(type.boxed, type.item);
    }
  }

  private readVector(boxed: boolean, item: TypeRef): string {
    if (boxed && item.kind === 'boxed' && item.type !== 'True') {
      return `r.objects(${typeHash(item.type)})`;
    }
    const own = boxed && item.kind === 'primitive' ? VECTORS[item.name] : undefined;
    if (own) return `r.${own}()`;
    return `r.vector(${boxed}, ${this.sizes.least(item)}, (r) => ${this.read(item)})`;
  }

  /** A call that writes `value` to `w`; null when the type takes no bytes. */
  write(type: TypeRef, value: string): string | null {
    switch (type.kind) {
      case 'primitive': {
        if (type.name === 'true') return null;
        const call = SIMPLE[type.name] as string;
        return `w.${call.replace('(', `(${value}`).replace(/(\w)(16|32|64)\)/, '$1, $2)')}`;
      }
      case 'boxed':
        return type.type === 'True' ? 'w.true()' : `w.object(${value})`;
      case 'object':
      case 'method':
      case 'generic':
        return `w.object(${value})`;
      case 'bare':
        return `w.bare(${value}, ${literal(type.constructor)})`;
      case 'tuple':
        return `w.tuple(${value}, ${type.count}, ${this.item(type.item)})`;
      case 'vector':
        return this.writeVector(type.boxed, type.item, value);
    }
  }

  private writeVector(boxed: boolean, item: TypeRef, value: string): string {
    if (boxed && item.kind === 'boxed' && item.type !== 'True') return `w.objects(${value})`;
    const own = boxed && item.kind === 'primitive' ? VECTORS[item.name] : undefined;
    return own ? `w.${own}(${value})` : `w.vector(${value}, ${boxed}, ${this.item(item)})`;
  }

  private item(type: TypeRef): string {
    const call = this.write(type, 'v');
    if (call === null) return '() => {}';
    return call.endsWith('()') ? `(w) => ${call}` : `(w, v) => ${call}`;
  }
}
