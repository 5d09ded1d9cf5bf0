import type { base } from '@tlgen/telegram';
import { equalBytes } from '../../../crypto/compare.js';
import { FileError } from '../../errors.js';

/** Bytes `[offset, end)` of a file, and the SHA-256 of them. */
export interface HashedBlock {
  readonly offset: number;
  readonly end: number;
  readonly hash: Uint8Array;
}

/** What a download needs hashes of at one time is less; the rest is asked for when its turn comes. */
const AHEAD = 64 * 1024 * 1024;
/** Requests to a CDN begin at multiples of it. */
const UNIT = 4096;
/** Blocks that the servers make have 128 KiB. */
const MAX_BLOCK = 1024 * 1024;
/** Offsets above cannot be counted by a counter block. */
const MAX_OFFSET = 2 ** 36;

/**
 * Hashes of a file at a CDN, as the master data center tells them. Holds those of the bytes that are wanted now and
 * soon, so it stays small whatever the size of the file is.
 */
export class HashTable {
  /** In order, none overlaps another. */
  private blocks: HashedBlock[] = [];
  private low = 0;

  /** The block that has that byte; undefined: not known, or not yet. */
  at(position: number): HashedBlock | undefined {
    const block = this.blocks[this.indexAfter(position) - 1];
    return block && position < block.end ? block : undefined;
  }

  /** How many are held. */
  get size(): number {
    return this.blocks.length;
  }

  /** Whether a block ends there. */
  endsAt(position: number): boolean {
    return position > 0 && this.at(position - 1)?.end === position;
  }

  /** Bytes before are not wanted any more; where the last block of them ends is remembered. */
  forget(before: number): void {
    this.low = before;
    let gone = 0;
    while ((this.blocks[gone]?.end ?? Infinity) < before) gone += 1;
    if (gone > 0) this.blocks = this.blocks.slice(gone);
  }

  /**
   * @returns where the last of these blocks ends; 0 without any.
   * @throws FileError `WRONG_HASH` for hashes that cannot be, and those that contradict others.
   */
  add(hashes: readonly base.TypeFileHash[]): number {
    let reach = 0;
    for (const one of hashes) {
      const block = blockOf(one);
      reach = Math.max(reach, block.end);
      if (block.end >= this.low && block.offset < this.low + AHEAD) this.insert(block);
    }
    return reach;
  }

  private insert(block: HashedBlock): void {
    const index = this.indexAfter(block.offset);
    const before = this.blocks[index - 1];
    const after = this.blocks[index];
    if (before && before.offset === block.offset && before.end === block.end) {
      if (equalBytes(before.hash, block.hash)) return;
      refuse(block, 'and sent another one before');
    }
    if (before && before.end > block.offset) refuse(block, 'which overlaps the one before');
    if (after && block.end > after.offset) refuse(block, 'which overlaps the one after');
    this.blocks.splice(index, 0, block);
  }

  /** Of the first block that begins after `position`. */
  private indexAfter(position: number): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.blocks[middle]?.offset ?? Infinity) <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function blockOf({ offset: at, limit, hash }: base.TypeFileHash): HashedBlock {
  const offset = Number(at);
  const block = { offset, end: offset + limit, hash };
  if (offset < 0 || offset % UNIT !== 0 || offset >= MAX_OFFSET) {
    refuse(block, 'which no block begins at');
  }
  if (limit < 1 || limit > MAX_BLOCK) refuse(block, 'which no block can have');
  if (hash.length !== 32) refuse(block, `of ${hash.length} bytes`);
  return block;
}

function refuse({ offset, end }: HashedBlock, why: string): never {
  const message = `The server sent a hash for bytes ${offset} to ${end} at the CDN, ${why}`;
  throw new FileError('WRONG_HASH', message);
}
