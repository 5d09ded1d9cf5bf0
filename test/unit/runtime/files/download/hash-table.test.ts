import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { HashTable } from '../../../../../packages/runtime/src/files/download/cdn/hash-table.js';
import { counterBlock } from '../../../../../packages/runtime/src/files/download/cdn/redirect.js';
import { KiB, MiB } from './fake-server.js';

const BLOCK = 128 * KiB;

const hashes = (from: number, count: number): base.FileHash[] =>
  Array.from({ length: count }, (_, index) => {
    const offset = BigInt(from + index) * BigInt(BLOCK);
    return new base.FileHash({ offset, limit: BLOCK, hash: new Uint8Array(32).fill(index) });
  });

describe('HashTable', () => {
  it('finds the block of a byte, in whatever order hashes came', () => {
    const table = new HashTable();
    expect(table.at(0)).toBeUndefined();
    expect(table.add(hashes(5, 2))).toBe(7 * BLOCK);
    expect(table.add(hashes(0, 2))).toBe(2 * BLOCK);
    table.add(hashes(0, 2));
    expect(table.size).toBe(4);
    expect(table.at(BLOCK - 1)?.offset).toBe(0);
    expect(table.at(BLOCK)?.offset).toBe(BLOCK);
    expect(table.at(2 * BLOCK)).toBeUndefined();
    expect(table.at(7 * BLOCK - 1)?.end).toBe(7 * BLOCK);
    expect(table.endsAt(2 * BLOCK)).toBe(true);
    expect(table.endsAt(BLOCK + 1)).toBe(false);
    expect(table.endsAt(0)).toBe(false);
    expect(table.add([])).toBe(0);
  });

  it('remembers where the last block ends that is not wanted any more', () => {
    const table = new HashTable();
    table.add(hashes(0, 3));
    table.forget(2 * BLOCK);
    expect(table.size).toBe(2);
    expect(table.endsAt(2 * BLOCK)).toBe(true);
    expect(table.at(0)).toBeUndefined();
  });

  it('stays small, however many come and however far the download is', () => {
    const table = new HashTable();
    for (let at = 0; at < 16_384; at += 256) {
      table.forget(at * BLOCK);
      table.add(hashes(at, 4096));
      expect(table.size).toBeLessThanOrEqual((64 * MiB) / BLOCK + 1);
      expect(table.at(at * BLOCK + 17 * MiB)).toBeDefined();
    }
  });
});

describe('HashTable refuses', () => {
  const block = (offset: number, limit: number, bytes = 32): base.FileHash =>
    new base.FileHash({ offset: BigInt(offset), limit, hash: new Uint8Array(bytes) });
  const other = new base.FileHash({ ...block(0, 4096), hash: new Uint8Array(32).fill(1) });

  it.each<[string, base.FileHash[]]>([
    ['blocks that overlap', [block(0, 8192), block(4096, 8192)]],
    ['blocks that overlap, out of order', [block(4096, 8192), block(0, 8192)]],
    ['a block in another', [block(0, MiB), block(4096, 4096)]],
    ['a block of two lengths', [block(0, 8192), block(0, 4096)]],
    ['two hashes of a block', [block(0, 4096), other]],
    ['blocks without bytes', [block(0, 0)]],
    ['blocks of less', [block(0, -1)]],
    ['blocks of more than 1 MiB', [block(0, MiB + 1)]],
    ['places where no block begins', [block(1, 4096)]],
    ['places before the file', [block(-4096, 4096)]],
    ['places beyond every counter', [block(2 ** 36, 4096)]],
    ['short hashes', [block(0, 4096, 31)]],
  ])('%s', (_, hashes) => {
    const table = new HashTable();
    const refused = expect.objectContaining({ name: 'FileError', code: 'WRONG_HASH' });
    expect(() => table.add(hashes)).toThrow(refused);
    expect(table.size).toBeLessThanOrEqual(1);
  });
});

describe('counterBlock', () => {
  it('ends with offset / 16, big-endian', () => {
    const iv = new Uint8Array(16).fill(0xaa);
    const tail = (offset: number): number[] => [...counterBlock(iv, offset)].slice(11);
    expect(tail(0)).toEqual([0xaa, 0, 0, 0, 0]);
    expect(tail(128 * KiB)).toEqual([0xaa, 0, 0, 0x20, 0]);
    expect(tail(2 ** 36 - 4096)).toEqual([0xaa, 0xff, 0xff, 0xff, 0]);
    expect(iv).toEqual(new Uint8Array(16).fill(0xaa));
  });
});
