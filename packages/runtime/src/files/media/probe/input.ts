import type { OpenedSource } from '../../source/types.js';
import type { ProbeInput } from './types.js';

/** Bytes read at one time. */
const BLOCK = 4096;

/** Bytes in all: a file that wants more read to tell what it is tells nothing. */
export const PROBE_LIMIT = 512 * 1024;

/** The first bytes of a file. @param total - bytes of the file, if known. */
export function headInput(head: Uint8Array, total: number | undefined): ProbeInput {
  return {
    size: head.length,
    complete: total === head.length,
    read: (position, length) =>
      Promise.resolve(
        position < 0 ? head.subarray(0, 0) : head.subarray(position, position + length),
      ),
  };
}

/** A source that can be read anywhere: in blocks, of which the last is kept, and {@link PROBE_LIMIT} bytes at most. */
export class SourceInput implements ProbeInput {
  readonly complete = true;
  private left = PROBE_LIMIT;
  private block: Uint8Array = new Uint8Array(0);
  private start = 0;

  constructor(
    private readonly source: Pick<OpenedSource, 'read' | 'seek'>,
    readonly size: number,
  ) {}

  async read(position: number, length: number): Promise<Uint8Array> {
    const end = Math.min(position + length, this.size);
    if (!(position >= 0 && position < end)) return new Uint8Array(0);
    if (position < this.start || end > this.start + this.block.length) {
      const wanted = Math.min(Math.max(end - position, BLOCK), this.size - position);
      if (wanted > this.left) return new Uint8Array(0);
      this.left -= wanted;
      this.source.seek(position);
      // The array is ours only until the next read.
      this.block = (await this.source.read(wanted)).slice();
      this.start = position;
    }
    return this.block.subarray(position - this.start, end - this.start);
  }
}
