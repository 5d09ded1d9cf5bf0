import { decode, decodeWith, encode, TlWriter, type TlObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { everything, makerOf, SMALL_REGISTRIES } from '../../support/small-schema.js';

type Blob = TlObject & { blob: Uint8Array };

describe.each(SMALL_REGISTRIES)('who owns the memory, %s', (_name, registry) => {
  const make = makerOf(registry);
  const blobOf = (size: number): Uint8Array =>
    encode(make('node', { value: 1n, blob: new Uint8Array(size).fill(7) }));

  it('encode returns bytes of their own', () => {
    const first = encode(make('leaf', { n: 1 }));
    const copy = first.slice();
    encode(make('leaf', { n: 2 }));
    expect(first).toEqual(copy);
    expect(first.buffer.byteLength).toBe(first.length);
  });

  it('a field of a small packet outlives the packet', () => {
    const packet = blobOf(100);
    const { blob } = decode(packet, registry) as Blob;
    packet.fill(0);
    decode(blobOf(50), registry);
    expect(blob).toEqual(new Uint8Array(100).fill(7));
  });

  it('fields of many small packets keep apart, also when somebody gives a buffer away', () => {
    const blobs = Array.from({ length: 300 }, (_, i) => {
      const blob = new Uint8Array(60 + i).fill(i);
      return (decode(encode(make('node', { value: 1n, blob })), registry) as Blob).blob;
    });
    blobs.forEach((blob, i) => expect(blob).toEqual(new Uint8Array(60 + i).fill(i)));
    const last = blobs.at(-1) as Uint8Array<ArrayBuffer>;
    structuredClone(last.buffer, { transfer: [last.buffer] });
    expect((decode(blobOf(100), registry) as Blob).blob).toEqual(new Uint8Array(100).fill(7));
  });

  it('a field of a large packet is a view of it', () => {
    const packet = blobOf(10_000);
    const { blob } = decode(packet, registry) as Blob;
    expect(blob.buffer).toBe(packet.buffer);
    expect(blob).toHaveLength(10_000);
  });

  it.each([100, 4079, 4080, 4084, 4100, 10_000])(
    'a packet with %d bytes is read at any alignment',
    (size) => {
      const packet = blobOf(size);
      for (const shift of [0, 1, 2, 3, 4]) {
        const room = new Uint8Array(packet.length + 8);
        room.set(packet, shift);
        const { blob } = decode(room.subarray(shift, shift + packet.length), registry) as Blob;
        expect(blob.every((byte) => byte === 7)).toBe(true);
        expect(blob).toHaveLength(size);
      }
    },
  );

  it('a Buffer goes in, plain Uint8Arrays come out', () => {
    for (const size of [10, 10_000]) {
      const { blob } = decode(Buffer.from(blobOf(size)), registry) as Blob;
      expect(Object.getPrototypeOf(blob)).toBe(Uint8Array.prototype);
    }
    const k = Buffer.alloc(16, 1);
    const again = decode(encode(make('everything', { ...everything(make), k })), registry);
    expect(again).toMatchObject({ k: new Uint8Array(16).fill(1) });
  });

  it('decoding within decoding does no harm', () => {
    const outer = encode(make('other', { text: 'outer' }));
    const inner = encode(make('leaf', { n: 9 }));
    const both = decodeWith(outer, registry, (r) => [decode(inner, registry), r.object(0)]);
    expect(both).toMatchObject([{ n: 9 }, { text: 'outer' }]);
  });

  it('encoding within encoding does no harm', () => {
    const outer = make('forest', { trees: [] });
    const sly = { $write: (w: TlWriter) => (encode(make('leaf', { n: 1 })), w.id(5)) };
    Object.assign(outer, { trees: [sly] });
    expect(encode(outer)).toHaveLength(16);
  });

  it('writeAt leaves room for a header and grows', () => {
    const writer = new TlWriter(32);
    const object = make('other', { text: 'x'.repeat(500) });
    const packet = writer.writeAt(object, 24);
    expect(packet.subarray(24)).toEqual(encode(object));
    expect(packet.length % 4).toBe(0);
  });

  it('a result is read by the method that asked', () => {
    const ask = make('wrap', { layer: 1, query: make('getInts') }) as TlObject & {
      $result(r: unknown): unknown;
    };
    const bytes = new Uint8Array([0x15, 0xc4, 0xb5, 0x1c, 1, 0, 0, 0, 42, 0, 0, 0]);
    expect(decodeWith(bytes, registry, (r) => ask.$result(r))).toEqual([42]);
  });
});
