import {
  decode,
  decodeWith,
  encode,
  fromJson,
  layoutOf,
  TlError,
  TlMethod,
  type JsonObject,
} from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { liveRegistry } from '../../../../generator/src/live/live-registry.js';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';

const TEXT = `
all#a1 i:int n:# l:long d:double s:string b:bytes k:int128 yes:Bool t:true = All;
flagged#a2 flags:# on:flags.0?true a:flags.1?int b:flags.1?string last:flags.31?long flags2:# x:flags2.3?Vector<int> y:flags2.4?true z:flags2.4?int = Flagged;
open#a3 mode:# a:mode.2?int = Open;
whole#a4 mode:# a:mode?int = Whole;
pair#a5 a:int b:int = Pair;
holder#a6 boxed:Vector<Pair> bare:vector<%Pair> one:pair nested:Vector<Vector<long>> tuple:2*[ int ] any:Object ok:True = Holder;
odd#a7 constructor:int to_j_s_o_n:int toJSON:int _x:int = Odd;
---functions---
get#b1 id:int = Vector<Pair>;
wrap#b2 {X:Type} query:!X = X;
`;
const { schema, diagnostics } = parseSchema(TEXT);
const registry = liveRegistry(schema);

const bytesOf = (json: JsonObject): string =>
  Buffer.from(encode(fromJson(json, registry))).toString('hex');
const back = (hex: string) => decode(Buffer.from(hex, 'hex'), registry).toJSON();
const PAIR = { _: 'pair', a: 1, b: 2 };

describe('live classes', () => {
  it('come from a schema without errors', () => {
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each<[string, JsonObject, string, JsonObject?]>([
    [
      'every primitive',
      {
        _: 'all',
        i: -1,
        n: 4294967295,
        l: '-2',
        d: 1,
        s: 'abc',
        b: 'AQI=',
        k: 'AAECAwQFBgcICQoLDA0ODw==',
        yes: true,
        t: true,
      },
      'a1000000' +
        'ffffffff' +
        'ffffffff' +
        'feffffffffffffff' +
        '000000000000f03f' +
        '03616263' +
        '02010200' +
        '000102030405060708090a0b0c0d0e0f' +
        'b5757299',
    ],
    [
      'no flags',
      { _: 'flagged' },
      'a20000000000000000000000',
      { _: 'flagged', on: false, y: false },
    ],
    [
      'flags, also bit 31, a shared bit, an empty vector and a second word',
      { _: 'flagged', on: true, a: 7, b: '', last: '1', x: [], y: false },
      'a2000000' +
        '03000080' +
        '07000000' +
        '00000000' +
        '0100000000000000' +
        '08000000' +
        '15c4b51c00000000',
    ],
    [
      'an open word keeps bits of its own',
      { _: 'open', mode: 9, a: 5 },
      'a30000000d00000005000000',
      { _: 'open', mode: 13, a: 5 },
    ],
    ['an open word without its field', { _: 'open', mode: 8 }, 'a300000008000000'],
    ['a condition on a whole word', { _: 'whole', mode: 1, a: 5 }, 'a40000000100000005000000'],
    ['another bit of a whole word', { _: 'whole', mode: 4, a: 5 }, 'a40000000400000005000000'],
    [
      'vectors, bare values, tuples',
      {
        _: 'holder',
        boxed: [PAIR],
        bare: [PAIR],
        one: PAIR,
        nested: [['1'], []],
        tuple: [8, 9],
        any: PAIR,
        ok: true,
      },
      'a6000000' +
        '15c4b51c01000000a50000000100000002000000' +
        '010000000100000002000000' +
        '0100000002000000' +
        '15c4b51c02000000' +
        '15c4b51c010000000100000000000000' +
        '15c4b51c00000000' +
        '0800000009000000' +
        'a50000000100000002000000' +
        '39d3ed3f',
    ],
    ['a method in a method', { _: 'wrap', query: { _: 'get', id: 3 } }, 'b2000000b100000003000000'],
  ])('write and read %s', (_name, json, hex, read = json) => {
    expect(bytesOf(json)).toBe(hex);
    expect(back(hex)).toEqual(read);
    expect(fromJson(back(hex), registry)).toEqual(decode(Buffer.from(hex, 'hex'), registry));
  });

  it('read results, of generic methods those of the method inside', () => {
    const wrap = fromJson({ _: 'wrap', query: { _: 'get', id: 3 } }, registry);
    expect(wrap).toBeInstanceOf(TlMethod);
    const hex = '15c4b51c01000000a50000000100000002000000';
    const result = decodeWith(Buffer.from(hex, 'hex'), registry, (r) =>
      (wrap as TlMethod).$result(r),
    );
    expect(JSON.parse(JSON.stringify(result))).toEqual([PAIR]);
  });

  it.each<[JsonObject, string, string]>([
    [{ _: 'flagged', a: 1 }, 'unpaired-flag', 'a, b share'],
    [{ _: 'flagged', y: true }, 'unpaired-flag', 'y, z share'],
    [{ _: 'open', mode: 12 }, 'unpaired-flag', 'mode, a share'],
    [{ _: 'all', i: 2 ** 31 }, 'bad-json', 'required'],
    [{ _: 'pair', a: 2 ** 31, b: 0 }, 'bad-value', 'an int'],
  ])('refuse %j', (json, code, words) => {
    expect(() => bytesOf(json)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) }),
    );
  });

  it('fail with a typed error and a path at every truncation', () => {
    const hex = bytesOf({
      _: 'holder',
      boxed: [PAIR],
      bare: [PAIR],
      one: PAIR,
      nested: [['1']],
      tuple: [8, 9],
      any: PAIR,
      ok: true,
    });
    const bytes = Buffer.from(hex, 'hex');
    for (let length = 0; length < bytes.length; length++) {
      let thrown: unknown;
      try {
        decode(bytes.subarray(0, length), registry);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(TlError);
      if (length >= 4) expect((thrown as TlError).path[0]).toBe('holder');
    }
  });

  it('tell their layout and their names', () => {
    const one = registry.named('flagged');
    expect(layoutOf(one as never).map(({ name, optional }) => [name, optional])).toEqual([
      ['on', true],
      ['a', true],
      ['b', true],
      ['last', true],
      ['x', true],
      ['y', true],
      ['z', true],
    ]);
    expect(layoutOf(registry.named('odd') as never).map(({ name }) => name)).toEqual([
      'constructor_',
      'toJSON_',
      'toJSON_2',
      'x',
    ]);
    expect(registry.typeOf(one as never)).toBe('Flagged');
    expect((one as unknown as { name: string }).name).toBe('Flagged');
  });
});
