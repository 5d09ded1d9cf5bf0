import { gzipSync } from 'node:zlib';
import { decode, encode, type TlObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { gzipPacked, join, packed, words } from '../../support/bytes.js';
import { makerOf, SMALL_REGISTRIES } from '../../support/small-schema.js';
import { readsOrFails, tlError } from '../../support/tl-error.js';

const MB = 1 << 20;
/** Zeros in a deflate stream, made of equal pieces so that the test itself stays small. */
const zeros = (size: number): Uint8Array => gzipSync(new Uint8Array(size));

describe.each(SMALL_REGISTRIES)('gzip_packed, %s', (_name, registry) => {
  const make = makerOf(registry);
  const leaf = encode(make('leaf', { n: 5 }));
  const id = (name: string): number => registry.named(name)?.id ?? 0;
  /** `other`, whose text is that many zeros. */
  const longText = (size: number): Uint8Array => encode(make('other', { text: '\0'.repeat(size) }));

  it('is inflated wherever an object may stand', () => {
    expect(decode(gzipPacked(leaf), registry)).toMatchObject({ n: 5 });
    const node = join(
      words(id('node'), 1, 0, 0),
      gzipPacked(encode(make('node', { value: 3n }))),
      words(0),
    );
    expect(decode(node, registry)).toMatchObject({ next: { value: 3n } });
    expect(decode(gzipPacked(gzipPacked(leaf)), registry)).toMatchObject({ n: 5 });
  });

  it('still has to be of the right type', () => {
    const node = join(words(id('node'), 1, 0, 0), gzipPacked(leaf), words(0));
    expect(tlError(() => decode(node, registry))).toMatchObject({ code: 'wrong-type' });
  });

  it('may hold 10 MB, and a bomb of 100 MB is refused', () => {
    const text = decode(gzipPacked(longText(10 * MB)), registry) as TlObject & { text: string };
    expect(text.text).toHaveLength(10 * MB);
    const bomb = tlError(() => decode(packed(zeros(100 * MB)), registry));
    expect(bomb).toMatchObject({ code: 'gunzip', offset: 4 });
    expect(bomb.reason).toContain('more than');
  });

  it('shares one limit among all packed parts of a packet, side by side or nested', () => {
    const part = gzipPacked(encode(make('node', { value: 1n, name: '\0'.repeat(12 * MB) })));
    const grove = (...parts: Uint8Array[]): Uint8Array =>
      join(words(id('grove'), 0x1cb5c415, parts.length), ...parts);
    expect(decode(grove(part, part), registry)).toMatchObject({
      nodes: [{ value: 1n }, { value: 1n }],
    });
    const third = tlError(() => decode(grove(part, part, part), registry));
    expect(third).toMatchObject({ code: 'gunzip', path: ['grove', 'nodes', 2] });
    // Bombs within a bomb: each is small until it is opened.
    let nested = packed(zeros(100 * MB));
    for (let i = 0; i < 3; i++) nested = gzipPacked(nested);
    expect(tlError(() => decode(nested, registry)).code).toBe('gunzip');
  });

  it('nests only so deep', () => {
    let nested = leaf;
    for (let i = 0; i < 150; i++) nested = gzipPacked(nested);
    expect(tlError(() => decode(nested, registry)).code).toBe('too-deep');
  });

  it('is refused when damaged, at any byte', () => {
    const content = new Uint8Array(gzipSync(leaf));
    for (let at = 0; at < content.length; at++) {
      for (const bit of [0, 3, 7]) {
        const damaged = content.slice();
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
        readsOrFails(() => decode(packed(damaged), registry), 1 << 16);
      }
      const cut = packed(content.subarray(0, at));
      expect(tlError(() => decode(cut, registry)).code).toBe('gunzip');
    }
  });

  it('is refused when empty, or when bytes follow the object in it', () => {
    expect(tlError(() => decode(packed(new Uint8Array(0)), registry)).code).toBe('gunzip');
    expect(tlError(() => decode(gzipPacked(new Uint8Array(0)), registry)).code).toBe('end-of-data');
    const followed = gzipPacked(join(leaf, words(0)));
    expect(tlError(() => decode(followed, registry)).code).toBe('trailing-bytes');
  });
});
