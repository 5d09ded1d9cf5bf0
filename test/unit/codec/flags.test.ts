import { decode, encode, fromJson, toJson, type Registry, type TlObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { makerOf, SMALL_REGISTRIES } from '../../support/small-schema.js';
import { tlError } from '../../support/tl-error.js';

/** The two flag words of an encoded `node`. */
function wordsOf(bytes: Uint8Array, second: number): [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return [view.getUint32(4, true), view.getUint32(second, true)];
}

describe.each(SMALL_REGISTRIES)('flags, %s', (_name, registry) => {
  const make = makerOf(registry);
  const node = (init: object): TlObject => make('node', { value: 0n, ...init });
  const again = (object: TlObject): Record<string, unknown> =>
    decode(encode(object), registry) as unknown as Record<string, unknown>;

  it('0, empty text, empty vector, false and empty bytes are present; undefined is absent', () => {
    const full = {
      items: [],
      name: '',
      first: 0,
      second: '',
      on: false,
      blob: new Uint8Array(0),
      count: 0,
      top: 0,
    };
    expect(again(node(full))).toMatchObject({ ...full, mark: true });
    const absent = Object.fromEntries(Object.keys(full).map((key) => [key, undefined]));
    expect(encode(node(absent))).toEqual(encode(node({})));
    expect(again(node({}))).toMatchObject({ value: 0n, mark: false, quiet: false });
    for (const key of Object.keys(full)) expect(again(node({}))[key]).toBeUndefined();
  });

  it('each field sets its own bit, also bit 31, in its own word', () => {
    const bits: [object, number, number][] = [
      [{}, 0, 0],
      [{ items: [] }, 1 << 1, 0],
      [{ name: '' }, 1 << 2, 0],
      [{ first: 0, second: '' }, 1 << 3, 0],
      [{ quiet: true }, 1 << 4, 0],
      [{ on: false }, 1 << 5, 0],
      [{ blob: new Uint8Array(0) }, 2 ** 31, 0],
      [{ count: 0 }, 0, 1],
      [{ top: 0 }, 0, 2 ** 31],
    ];
    for (const [init, first, second] of bits) {
      const bytes = encode(node(init));
      const at = bytes.length - 4 * (1 + ['count', 'top'].filter((key) => key in init).length);
      expect(wordsOf(bytes, at), JSON.stringify(Object.keys(init))).toEqual([first, second]);
      expect(again(node(init))).toMatchObject(init);
    }
  });

  it('true flags take no bytes and need not be given', () => {
    expect(encode(node({ quiet: true })).length).toBe(encode(node({})).length);
    expect(encode(node({ quiet: false }))).toEqual(encode(node({ quiet: undefined })));
  });

  it('fields that share a bit come together or not at all', () => {
    expect(again(node({ first: 1, second: 'x' }))).toMatchObject({
      first: 1,
      second: 'x',
      mark: true,
    });
    for (const half of [{ first: 1 }, { second: '' }, { mark: true }, { first: 1, mark: true }]) {
      const error = tlError(() => encode(node(half)));
      expect(error).toMatchObject({ code: 'unpaired-flag' });
      expect(error.path[0]).toBe('node');
      expect(error.reason).toContain('first, second, mark');
    }
    expect(tlError(() => encode(node({ next: node({ first: 1 }) }))).path).toEqual([
      'node',
      'next',
    ]);
  });

  it('bits nobody knows are ignored while reading', () => {
    const bytes = encode(node({ name: 'x' }));
    const view = new DataView(bytes.buffer);
    view.setUint32(4, view.getUint32(4, true) | 0x40000000, true);
    expect(toJson(decode(bytes, registry))).toEqual(toJson(node({ name: 'x' })));
  });

  it('an idle word does not shift the paths of errors', () => {
    const error = tlError(() => encode(make('idle', { n: 1, a: 'x' })));
    expect(error.path).toEqual(['idle', 'a']);
  });

  it('a word with a name of its own keeps the bits that no field governs', () => {
    const open = (init: object): Record<string, unknown> => again(make('open', init));
    expect(open({ mode: 0x80000002 })).toEqual({ mode: 0x80000002 });
    expect(open({ mode: 0xfffffff6 })).toEqual({ mode: 0xfffffff6 });
    expect(open({ mode: 0, size: 5 })).toEqual({ mode: 1, size: 5 });
    expect(open({ size: 5, title: '' })).toEqual({ mode: 9, size: 5, title: '' });
    expect(open({})).toEqual({ mode: 0 });
  });

  it('a bit of such a word that says a field is there while it is not is an error', () => {
    for (const [init, reason] of [
      [{ mode: 1 }, 'mode, size'],
      [{ mode: 0xffffffff, size: 5 }, 'mode, title'],
      [{ mode: 9, title: '' }, 'mode, size'],
    ] as const) {
      const error = tlError(() => encode(make('open', init)));
      expect(error).toMatchObject({ code: 'unpaired-flag', path: ['open'] });
      expect(error.reason).toContain(`${reason} share`);
    }
  });

  it('a field under a whole word is there when any bit is', () => {
    expect(again(make('whole', { any: 6, when: 1, b: 2 }))).toEqual({ any: 6, when: 1, b: 2 });
    expect(again(make('whole', { when: 1, b: 2 }))).toEqual({ any: 1, when: 1, b: 2 });
    expect(again(make('whole', { b: 2 }))).toMatchObject({ any: 0, b: 2 });
    const error = tlError(() => encode(make('whole', { any: 6, b: 2 })));
    expect(error).toMatchObject({ code: 'unpaired-flag' });
    expect(error.reason).toContain('when');
  });

  it('a word without fields may be left out, in JSON too', () => {
    const idle = make('idle', { n: 5 });
    expect(fromJson(toJson(idle), registry)).toEqual(idle);
    expect(toJson(decode(encode(idle), registry))).toEqual({ _: 'idle', flags: 0, n: 5 });
    expect(again(make('idle', { flags: 2 ** 32 - 1, n: 5 }))).toMatchObject({ flags: 2 ** 32 - 1 });
  });
});

it('both kinds of classes know the same names', () => {
  const names = SMALL_REGISTRIES.map(([, registry]: [string, Registry]) =>
    [...registry].map((one) => one.tl),
  );
  expect(names[0]).toEqual(names[1]);
});
