import { inspect } from 'node:util';
import { encode, fromJson, toJson, type JsonObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { everything, makerOf, SMALL_REGISTRIES } from '../../support/small-schema.js';
import { tlError } from '../../support/tl-error.js';

describe.each(SMALL_REGISTRIES)('JSON, %s', (_name, registry) => {
  const make = makerOf(registry);
  const object = make('everything', everything(make));
  const json = toJson(object);
  const read = (changes: object): unknown =>
    fromJson({ ...json, ...changes } as JsonObject, registry);

  it('shows longs as text, bytes as base64, objects by name', () => {
    expect(json).toMatchObject({
      _: 'everything',
      l: '1099511627776',
      b: 'AQID',
      leaf: { _: 'leaf', n: 5 },
      longs: ['1'],
      grid: [[1], [], [2, 3]],
      any: { _: 'other', text: 'any' },
    });
    expect(JSON.parse(JSON.stringify(object))).toEqual(json);
    expect(fromJson(JSON.parse(JSON.stringify(object)) as JsonObject, registry)).toEqual(object);
  });

  it('leaves absent fields out and keeps doubles that JSON has no form for', () => {
    expect(toJson(make('node', { value: 1n }))).toEqual({
      _: 'node',
      value: '1',
      mark: false,
      quiet: false,
    });
    for (const d of [NaN, Infinity, -Infinity]) {
      expect(toJson(make('everything', { ...everything(make), d }))['d']).toBe(String(d));
      expect(read({ d: String(d) })).toMatchObject({ d });
    }
  });

  it('takes what a person would write by hand', () => {
    const bytes = new Uint8Array([251, 255, 254]);
    expect(read({ l: 5 })).toMatchObject({ l: 5n });
    expect(read({ l: -7n })).toMatchObject({ l: -7n });
    expect(read({ b: '-__-' })).toMatchObject({ b: bytes });
    expect(read({ b: '+//+' })).toMatchObject({ b: bytes });
    expect(read({ b: bytes })).toMatchObject({ b: bytes });
    expect(read({ bare: { a: 8, b: 9 } })).toMatchObject({ bare: { a: 8, b: 9 } });
    expect(fromJson({ _: 'node', value: 5 }, registry)).toEqual(make('node', { value: 5n }));
  });

  const WRONG: [object, (string | number)[], RegExp][] = [
    [{ i: '5' }, ['i'], /expected an integer, got string/],
    [{ i: 1.5 }, ['i'], /expected an integer/],
    [{ i: undefined }, ['i'], /required/],
    [{ l: 2 ** 60 }, ['l'], /long/],
    [{ l: '1e3' }, ['l'], /decimal/],
    [{ l: '' }, ['l'], /decimal/],
    [{ d: '0.5' }, ['d'], /number/],
    [{ s: null }, ['s'], /string, got null/],
    [{ b: '*' }, ['b'], /base64/],
    [{ b: 5 }, ['b'], /base64/],
    [{ k: 'AAAA' }, ['k'], /16 bytes/],
    [{ t: 1 }, ['t'], /true or false/],
    [{ leaf: 5 }, ['leaf'], /an object/],
    [{ leaf: [] }, ['leaf'], /an object, got an array/],
    [{ leaf: {} }, ['leaf'], /"_"/],
    [{ leaf: { _: 'nothing here' } }, ['leaf'], /no constructor "nothing here"/],
    [{ leaf: { _: 'other', text: '' } }, ['leaf'], /expected Leaf, got other/],
    [{ leaf: { _: 'getLeaf', n: 1 } }, ['leaf'], /expected Leaf, got getLeaf/],
    [{ bare: { _: 'leaf', n: 1 } }, ['bare'], /expected pair/],
    [{ pairs: [{ a: 1 }] }, ['pairs', 0, 'b'], /required/],
    [{ ints: [1, 'x'] }, ['ints', 1], /integer/],
    [{ ints: 5 }, ['ints'], /an array/],
    [{ grid: [[1], [2, null]] }, ['grid', 1, 1], /integer, got null/],
    [{ three: [1, 2] }, ['three'], /3 items/],
    [{ any: { _: 'other', text: 5 } }, ['any', 'text'], /string/],
    [{ extra: 1 }, [], /has no field "extra"/],
  ];

  it.each(WRONG)('%j is refused with its path', (changes, path, reason) => {
    const error = tlError(() => read(changes));
    expect(error).toMatchObject({ code: 'bad-json', path: ['everything', ...path] });
    expect(error.reason).toMatch(reason);
  });

  it('refuses what is no object, unknown names, and inherited ones', () => {
    for (const wrong of [
      null,
      undefined,
      5,
      'x',
      [],
      {},
      { _: 5 },
      { _: 'toString' },
      { _: '__proto__' },
    ]) {
      expect(tlError(() => fromJson(wrong as never, registry)).code).toBe('bad-json');
    }
    const poisoned = JSON.parse('{"_":"leaf","n":1,"__proto__":{"n":2}}') as JsonObject;
    expect(tlError(() => fromJson(poisoned, registry)).code).toBe('bad-json');
    const inherited = Object.assign(Object.create({ n: 5 }) as object, { _: 'leaf' });
    expect(tlError(() => fromJson(inherited as JsonObject, registry)).path).toEqual(['leaf', 'n']);
  });

  it('refuses data that nests without end', () => {
    const endless: Record<string, unknown> = { _: 'node', value: '1' };
    endless['next'] = endless;
    expect(tlError(() => fromJson(endless as JsonObject, registry)).code).toBe('bad-json');
  });

  it('refuses an object that holds itself', () => {
    const node = make('node', { value: 1n }) as { next?: unknown };
    node.next = node;
    expect(tlError(() => toJson(node as never)).code).toBe('too-deep');
  });

  it('methods in methods', () => {
    const wrap = { _: 'wrap', layer: 1, query: { _: 'getLeaf', n: 5 } };
    expect(toJson(fromJson(wrap, registry))).toEqual(wrap);
    const wrong = tlError(() => fromJson({ ...wrap, query: { _: 'leaf', n: 5 } }, registry));
    expect(wrong).toMatchObject({ code: 'bad-json', path: ['wrap', 'query'] });
  });

  it('console.log shows the name first and no absent fields', () => {
    const text = inspect(make('node', { value: 1n, next: make('node', { value: 2n }) }));
    expect(text).toMatch(/^Node \{\s+_: 'node',\s+value: 1n/);
    expect(text).not.toContain('undefined');
  });

  it('out-of-range numbers pass as JSON and are refused while encoding', () => {
    expect(tlError(() => encode(read({ i: 2 ** 31 }) as never)).code).toBe('bad-value');
    expect(tlError(() => encode(read({ l: '99999999999999999999' }) as never)).code).toBe(
      'bad-value',
    );
  });
});
