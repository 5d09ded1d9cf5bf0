import { encode, type TlErrorCode, type TlPathStep } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { everything, makerOf, SMALL_REGISTRIES, type Maker } from '../../support/small-schema.js';
import { tlError } from '../../support/tl-error.js';

type Row = [
  what: string,
  field: string,
  value: (make: Maker) => unknown,
  code: TlErrorCode,
  path?: TlPathStep[],
];

const is = (value: unknown) => (): unknown => value;

/** What JavaScript callers may put into a field of `everything`, and what they are told. */
const ROWS: Row[] = [
  ['2^31 as int', 'i', is(2 ** 31), 'bad-value'],
  ['-2^31 - 1 as int', 'i', is(-(2 ** 31) - 1), 'bad-value'],
  ['NaN as int', 'i', is(NaN), 'bad-value'],
  ['a fraction as int', 'i', is(1.5), 'bad-value'],
  ['Infinity as int', 'i', is(Infinity), 'bad-value'],
  ['a numeric text as int', 'i', is('5'), 'bad-value'],
  ['a bigint as int', 'i', is(5n), 'bad-value'],
  ['null as int', 'i', is(null), 'bad-value'],
  ['true as int', 'i', is(true), 'bad-value'],
  ['-1 as nat', 'u', is(-1), 'bad-value'],
  ['2^32 as nat', 'u', is(2 ** 32), 'bad-value'],
  ['a number as long', 'l', is(5), 'bad-value'],
  ['a text as long', 'l', is('5'), 'bad-value'],
  ['2^63 as long', 'l', is(2n ** 63n), 'bad-value'],
  ['-2^63 - 1 as long', 'l', is(-(2n ** 63n) - 1n), 'bad-value'],
  ['a text as double', 'd', is('0.5'), 'bad-value'],
  ['a bigint as double', 'd', is(1n), 'bad-value'],
  ['a number as string', 's', is(5), 'bad-value'],
  ['null as string', 's', is(null), 'bad-value'],
  ['bytes as string', 's', is(new Uint8Array(3)), 'bad-value'],
  ['a String object', 's', is(new String('x')), 'bad-value'],
  ['2^24 letters', 's', is('x'.repeat(2 ** 24)), 'too-long'],
  ['letters of more than 2^24 bytes', 's', is('語'.repeat(6_000_000)), 'too-long'],
  ['a text as bytes', 'b', is('abc'), 'bad-value'],
  ['an array as bytes', 'b', is([1, 2]), 'bad-value'],
  ['an ArrayBuffer as bytes', 'b', is(new ArrayBuffer(4)), 'bad-value'],
  ['a DataView as bytes', 'b', is(new DataView(new ArrayBuffer(4))), 'bad-value'],
  ['2^24 bytes', 'b', is(new Uint8Array(2 ** 24)), 'too-long'],
  ['15 bytes as int128', 'k', is(new Uint8Array(15)), 'bad-value'],
  ['17 bytes as int128', 'k', is(new Uint8Array(17)), 'bad-value'],
  ['16 bytes as int256', 'm', is(new Uint8Array(16)), 'bad-value'],
  ['a bigint as int512', 'n', is(5n), 'bad-value'],
  ['1 as Bool', 't', is(1), 'bad-value'],
  ['a text as Bool', 't', is('true'), 'bad-value'],
  ['a plain object as object', 'leaf', is({ _: 'leaf', n: 5 }), 'bad-value'],
  ['null as object', 'leaf', is(null), 'bad-value'],
  ['a number as object', 'leaf', is(5), 'bad-value'],
  ['an array as object', 'leaf', is([]), 'bad-value'],
  ['an object whose $write is no function', 'leaf', is({ $write: 5 }), 'bad-value'],
  ['another class as bare object', 'bare', (make) => make('leaf', { n: 1 }), 'bad-value'],
  ['a plain object as bare object', 'bare', is({ _: 'pair', a: 1, b: 2 }), 'bad-value'],
  ['an object as vector', 'ints', is({ length: 1, 0: 5 }), 'bad-value'],
  ['a typed array as vector', 'ints', is(new Int32Array(2)), 'bad-value'],
  ['a Set as vector', 'ints', is(new Set([1])), 'bad-value'],
  ['null as vector', 'texts', is(null), 'bad-value'],
  ['a hole in a vector', 'ints', is([1, , 3]), 'missing-field', ['ints', 1]], // eslint-disable-line no-sparse-arrays
  ['a wrong item', 'ints', is([1, 2 ** 31]), 'bad-value', ['ints', 1]],
  ['a wrong long among longs', 'longs', is([1n, 2]), 'bad-value', ['longs', 1]],
  ['a wrong text among texts', 'texts', is(['a', null]), 'bad-value', ['texts', 1]],
  ['wrong bytes among bytes', 'blobs', is(['a']), 'bad-value', ['blobs', 0]],
  ['a wrong row', 'grid', is([[1], 2]), 'bad-value', ['grid', 1]],
  ['a wrong cell', 'grid', is([[1], [2, 'x']]), 'bad-value', ['grid', 1, 1]],
  ['a wrong bare item', 'pairs', is([null]), 'bad-value', ['pairs', 0]],
  ['two items as 3*[ int ]', 'three', is([1, 2]), 'bad-value'],
  ['four items as 3*[ int ]', 'three', is([1, 2, 3, 4]), 'bad-value'],
  ['a wrong item in 3*[ int ]', 'three', is([1, 2, '3']), 'bad-value', ['three', 2]],
  [
    'a field deep inside',
    'any',
    (make) => make('other', { text: 5 }),
    'bad-value',
    ['any', 'text'],
  ],
];

describe.each(SMALL_REGISTRIES)(
  'wrong values are told apart and located, %s',
  (_name, registry) => {
    const make = makerOf(registry);

    it.each(ROWS)('%s', (_what, field, value, code, path = [field]) => {
      const object = make('everything', { ...everything(make), [field]: value(make) });
      const error = tlError(() => encode(object));
      expect(error).toMatchObject({ name: 'TlError', code, path: ['everything', ...path] });
      expect(error.message).toContain('everything → ');
    });

    it.each(Object.keys(everything(make)))('missing: %s', (field) => {
      const { [field]: _left, ...rest } = everything(make);
      const error = tlError(() => encode(make('everything', rest)));
      expect(error).toMatchObject({ code: 'missing-field', path: ['everything', field] });
    });

    it('never shows the value at fault, which may be secret', () => {
      const secret = 'hunter2';
      const object = make('everything', { ...everything(make), b: secret, i: secret });
      expect(tlError(() => encode(object)).message).not.toContain(secret);
    });

    it.each([null, undefined, 5, 'text', {}, [], { $write: null }])('encode(%j)', (value) => {
      expect(tlError(() => encode(value as never)).code).toBe('bad-value');
    });

    it('null is not absent', () => {
      const error = tlError(() => encode(make('node', { value: 1n, name: null })));
      expect(error).toMatchObject({ code: 'bad-value', path: ['node', 'name'] });
    });

    it('a required number before the flags does not shift the path', () => {
      const error = tlError(() => encode(make('counted', { total: 1, a: 'x', b: 1 })));
      expect(error.path).toEqual(['counted', 'a']);
      const last = tlError(() => encode(make('counted', { total: 1, b: 'x' })));
      expect(last.path).toEqual(['counted', 'b']);
    });

    it('objects that hold themselves are refused, with a path of readable length', () => {
      const node = make('node', { value: 0n });
      Object.assign(node, { next: node });
      const direct = tlError(() => encode(node));
      expect(direct.code).toBe('too-deep');
      const forest = make('forest', { trees: [] });
      (forest as unknown as { trees: unknown[] }).trees.push(forest, forest);
      const branched = tlError(() => encode(forest));
      expect(branched.code).toBe('too-deep');
      for (const error of [direct, branched]) {
        expect(error.path.length).toBeLessThan(300);
        expect(error.message.length).toBeLessThan(3000);
      }
    });

    it('a good value is encoded after a bad one', () => {
      const leaf = encode(make('leaf', { n: 5 }));
      tlError(() => encode(make('leaf', { n: 'x' })));
      expect(encode(make('leaf', { n: 5 }))).toEqual(leaf);
    });
  },
);
