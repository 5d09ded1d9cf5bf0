import { decode, encode, TlError, traceRead, type Registry } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { ID_VECTOR, join, words } from '../../support/bytes.js';
import { everything, makerOf, SMALL_REGISTRIES } from '../../support/small-schema.js';
import { tlError } from '../../support/tl-error.js';

const idOf = (registry: Registry, name: string): number => registry.named(name)?.id ?? 0;

describe.each(SMALL_REGISTRIES)('errors tell the place, %s', (_name, registry) => {
  const make = makerOf(registry);
  const node = idOf(registry, 'node');
  const leaf = idOf(registry, 'leaf');

  it('of an unknown constructor: id, offset and path', () => {
    // next (flag 0) is a node that has items (flag 1); the second item is unknown.
    const packet = words(node, 1, 0, 0, node, 2, 0, 0, ID_VECTOR, 2, leaf, 7, 0xdeadbeef, 0);
    const error = tlError(() => decode(packet, registry));
    expect(error).toMatchObject({
      name: 'TlError',
      code: 'unknown-constructor',
      id: 0xdeadbeef,
      offset: 48,
      path: ['node', 'next', 'items', 1],
    });
    expect(error.message).toBe(
      'no constructor #deadbeef in this schema at node → next → items[1], byte 48',
    );
  });

  it('of a known constructor where another type is due', () => {
    const other = idOf(registry, 'other');
    const error = tlError(() => decode(words(node, 2, 0, 0, ID_VECTOR, 1, other, 0), registry));
    expect(error).toMatchObject({ code: 'wrong-type', id: other, offset: 24 });
    expect(error.path).toEqual(['node', 'items', 0]);
    expect(error.reason).toMatch(/^expected Leaf, got other#[\da-f]{8}$/);
  });

  it('of a method where an object is due, and of an object where a method is due', () => {
    const [wrap, getLeaf] = [idOf(registry, 'wrap'), idOf(registry, 'getLeaf')];
    const method = tlError(() => decode(words(node, 1, 0, 0, getLeaf, 1), registry));
    expect(method).toMatchObject({ code: 'wrong-type', path: ['node', 'next'] });
    const object = tlError(() => decode(words(wrap, 1, leaf, 1), registry));
    expect(object).toMatchObject({ code: 'wrong-type', path: ['wrap', 'query'] });
    expect(object.reason).toContain('expected a method');
  });

  it('of a packet that begins with something unknown', () => {
    const error = tlError(() => decode(words(1), registry));
    expect(error).toMatchObject({ code: 'unknown-constructor', id: 1, offset: 0, path: [] });
    expect(tlError(() => decode(new Uint8Array(0), registry))).toMatchObject({
      code: 'end-of-data',
      offset: 0,
    });
  });

  it('of bytes that follow the object', () => {
    const error = tlError(() => decode(words(leaf, 5, 0, 0), registry));
    expect(error).toMatchObject({ code: 'trailing-bytes', offset: 8 });
    expect(error.reason).toContain('8 bytes');
    expect(tlError(() => decode(join(words(leaf, 5), new Uint8Array(1)), registry)).code).toBe(
      'trailing-bytes',
    );
  });

  it('of a length that begins with 255', () => {
    for (const first of [0xff, 0x000001ff, 0xffffffff]) {
      const error = tlError(() => decode(words(idOf(registry, 'other'), first, 0, 0), registry));
      expect(error).toMatchObject({ code: 'bad-length', offset: 4, path: ['other', 'text'] });
    }
  });

  it('of a Bool that is neither', () => {
    const bytes = encode(make('node', { value: 0n, on: true }));
    new DataView(bytes.buffer).setUint32(16, leaf, true);
    expect(tlError(() => decode(bytes, registry))).toMatchObject({
      code: 'wrong-type',
      path: ['node', 'on'],
    });
    new DataView(bytes.buffer).setUint32(16, 5, true);
    expect(tlError(() => decode(bytes, registry)).code).toBe('unknown-constructor');
  });

  it('of a vector without its id', () => {
    const error = tlError(() => decode(words(node, 2, 0, 0, 0x1cb5c416, 0), registry));
    expect(error).toMatchObject({ offset: 16, path: ['node', 'items'], id: 0x1cb5c416 });
  });

  it('of input that is not bytes', () => {
    for (const wrong of [null, undefined, 'text', 5, [], {}, new ArrayBuffer(8)]) {
      expect(tlError(() => decode(wrong as never, registry)).code).toBe('bad-value');
    }
  });

  it('names every field, wherever the data ends', () => {
    const bytes = encode(make('everything', everything(make)));
    const seen = new Set<unknown>();
    for (let length = 4; length < bytes.length; length += 4) {
      const error = tlError(() => decode(bytes.subarray(0, length), registry));
      expect(error.path[0]).toBe('everything');
      seen.add(error.path[1]);
    }
    expect([...seen]).toEqual(Object.keys(everything(make)));
  });

  it('and how far reading got', () => {
    const bytes = encode(make('node', { value: 5n, items: [make('leaf', { n: 1 })], name: 'abc' }));
    const whole = traceRead(bytes, registry);
    expect(whole).toMatchObject({ error: null, offset: bytes.length });
    const cut = traceRead(bytes.subarray(0, bytes.length - 8), registry);
    expect(cut.error).toBeInstanceOf(TlError);
    expect(cut.error?.path).toEqual(['node', 'name']);
    expect(cut.value).toMatchObject({ _: 'node', value: '5', items: [{ _: 'leaf', n: 1 }] });
    expect(cut.value).not.toHaveProperty('name');
  });
});
