import { decode, decodeWith, encode, type Registry, type TlObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { ID_VECTOR, join, words } from '../../support/bytes.js';
import { makerOf, SMALL_REGISTRIES } from '../../support/small-schema.js';
import { tlError } from '../../support/tl-error.js';

const idOf = (registry: Registry, name: string): number => registry.named(name)?.id ?? 0;

describe.each(SMALL_REGISTRIES)('counts and depth, %s', (_name, registry) => {
  const make = makerOf(registry);

  describe.each([2 ** 31 - 1, -1, -(2 ** 31), 3])(
    'a vector that claims %d items in 8 bytes',
    (count) => {
      it('is refused before anything is made, with place and path', () => {
        const packet = words(idOf(registry, 'forest'), ID_VECTOR, count, 0, 0);
        const error = tlError(() => decode(packet, registry));
        expect(error).toMatchObject({
          code: 'vector-too-long',
          offset: 8,
          path: ['forest', 'trees'],
        });
        expect(error.message).toContain(`${count >>> 0} items in 8 bytes`);
      });

      it('is refused as a result too, whatever its items', () => {
        const run = decodeWith<unknown>;
        const readers = [
          () => run(words(ID_VECTOR, count, 0, 0), registry, (r) => r.ints()),
          () => run(words(ID_VECTOR, count, 0, 0), registry, (r) => r.longs()),
          () => run(words(ID_VECTOR, count, 0, 0), registry, (r) => r.strings()),
          () => run(words(ID_VECTOR, count, 0, 0), registry, (r) => r.objects(0)),
          () => run(words(count, 0, 0), registry, (r) => r.vector(false, 8, (one) => one.long())),
        ];
        for (const read of readers) expect(tlError(read).code).toBe('vector-too-long');
      });
    },
  );

  it('bounds vectors whose items take no bytes', () => {
    const id = idOf(registry, 'empties');
    const ok = decode(words(id, 65535), registry) as TlObject & { list: unknown[] };
    expect(ok.list).toHaveLength(65535);
    expect(tlError(() => decode(words(id, 65536), registry)).code).toBe('vector-too-long');
    expect(tlError(() => decode(words(id, 2 ** 31 - 1), registry)).code).toBe('vector-too-long');
  });

  const chain = (depth: number): TlObject => {
    let node = make('node', { value: 0n });
    for (let i = 1; i < depth; i++) node = make('node', { value: 0n, next: node });
    return node;
  };

  it('decodes 100 levels of objects and refuses the 101st', () => {
    expect(decode(encode(chain(100)), registry)).toBeInstanceOf(registry.named('node') as never);
    const error = tlError(() => decode(encode(chain(101)), registry));
    expect(error.code).toBe('too-deep');
    expect(error.path).toHaveLength(101);
    expect(error.path.slice(0, 3)).toEqual(['node', 'next', 'next']);
  });

  it('refuses nesting without end in vectors and in bare objects', () => {
    const forest = idOf(registry, 'forest');
    const level = words(forest, ID_VECTOR, 1);
    const deep = join(...Array.from({ length: 20_000 }, () => level), words(forest, ID_VECTOR, 0));
    expect(tlError(() => decode(deep, registry)).code).toBe('too-deep');
    const bare = join(
      words(idOf(registry, 'bareChain')),
      words(...new Array<number>(5000).fill(1)),
    );
    expect(tlError(() => decode(bare, registry)).code).toBe('too-deep');
  });

  it('reads properly after a failure', () => {
    const leaf = encode(make('leaf', { n: 5 }));
    for (let i = 0; i < 3; i++) {
      tlError(() => decode(words(idOf(registry, 'forest'), ID_VECTOR, 9), registry));
      expect(decode(leaf, registry)).toMatchObject({ n: 5 });
    }
  });
});
