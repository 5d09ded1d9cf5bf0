import { expect, it } from 'vitest';
import { toBytes } from '../../../../../packages/runtime/src/files/output/to-bytes.js';

async function* parts(...lengths: number[]): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (const length of lengths) yield new Uint8Array(length).fill(length);
}

it.each([5, undefined])('puts parts together (size %s)', async (size) => {
  expect(await toBytes(parts(2, 3), size)).toEqual(Uint8Array.of(2, 2, 3, 3, 3));
});

it.each([2 ** 50, 2 ** 52, Number.MAX_SAFE_INTEGER])(
  'a size of %d, which no array has, is refused with advice',
  async (size) => {
    const error: unknown = await toBytes(parts(2), size).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'FileError', code: 'TOO_LARGE' });
    expect(String(error)).toMatch(/chunks\(\).*downloadToFile/);
  },
);

it('a size takes no memory before a byte has come', async () => {
  expect(await toBytes(parts(), 2 ** 52)).toEqual(new Uint8Array(0));
});
