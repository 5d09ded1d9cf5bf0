import { FileError } from '../errors.js';
import type { OpenedSource } from '../source/types.js';
import { MAX_PARTS, PART_SIZE, SMALL_LIMIT } from './limits.js';
import type { PartWindow } from './part-window.js';

/** A part on its way from the source to the server. */
export interface Part {
  readonly index: number;
  readonly bytes: Uint8Array;
  readonly last: boolean;
}

/** @throws FileError `TOO_LARGE` when no account may send so many bytes. */
export function checkSize(size: number): void {
  if (size <= MAX_PARTS * PART_SIZE) return;
  const most = `${MAX_PARTS} parts of ${PART_SIZE} bytes`;
  throw new FileError('TOO_LARGE', `Telegram takes files of at most ${most}; this one is larger`);
}

/**
 * Cuts a source into parts. Of a source whose size nobody knows it reads one part ahead, so that the last part is known
 * to be the last; of others nothing before it is asked for.
 */
export class PartReader {
  private readonly ahead: Uint8Array[] = [];
  /** Of the part that {@link next} gives. */
  private index = 0;
  /** How far the source was read, or skipped. */
  private position = 0;
  private skipped = false;
  private ended = false;

  constructor(
    private readonly source: OpenedSource,
    private readonly window: PartWindow,
  ) {
    if (source.size !== undefined) checkSize(source.size);
  }

  /** Bytes; undefined: not known yet. */
  get size(): number | undefined {
    return this.source.size ?? (this.ended ? this.position : undefined);
  }

  /** Index of the part that comes next. */
  get nextIndex(): number {
    return this.index;
  }

  /** The first part, which {@link next} gives all the same; null: there is no content. */
  async first(): Promise<Uint8Array | null> {
    if (this.ahead.length === 0) await this.fill();
    return this.ahead[0] ?? null;
  }

  /** Reads as far as is needed to know. */
  async isSmall(): Promise<boolean> {
    if (this.source.size !== undefined) return this.source.size <= SMALL_LIMIT;
    while (!this.ended && this.position <= SMALL_LIMIT) await this.fill();
    return this.position <= SMALL_LIMIT;
  }

  /** null: there are no more. @throws FileError `SOURCE_CHANGED`, `TOO_LARGE`, and what the source fails with. */
  async next(): Promise<Part | null> {
    const needed = this.source.size === undefined ? 2 : 1;
    while (!this.ended && this.ahead.length < needed) await this.fill();
    const bytes = this.ahead.shift();
    if (!bytes) return null;
    const { index } = this;
    this.index += 1;
    return { index, bytes, last: this.ended && this.ahead.length === 0 };
  }

  /**
   * Leaves the next part out, of a source that can seek and knows its size.
   *
   * @returns bytes of the part; 0: there is none.
   */
  skip(): number {
    const { size = 0 } = this.source;
    const start = this.index * PART_SIZE;
    if (start >= size) return 0;
    const end = Math.min(size, start + PART_SIZE);
    this.index += 1;
    if (!this.ahead.shift()) {
      this.position = end;
      this.skipped = true;
      this.ended = end === size;
    }
    return end - start;
  }

  private async fill(): Promise<void> {
    const { size } = this.source;
    if (this.skipped) this.source.seek(this.position);
    this.skipped = false;
    const wanted = size === undefined ? PART_SIZE : Math.min(PART_SIZE, size - this.position);
    const bytes = await this.read(wanted);
    this.position += bytes.length;
    if (size === undefined) {
      checkSize(this.position);
      this.ended = bytes.length < wanted;
    } else {
      if (bytes.length < wanted) throw changed(`ended after ${this.position} of ${size} bytes`);
      this.ended = this.position === size;
      if (this.ended && (await this.read(1)).length > 0)
        throw changed(`has more than ${size} bytes`);
    }
    if (bytes.length > 0) this.ahead.push(bytes);
  }

  private async read(length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array(0);
    const bytes = await this.window.orFail(this.source.read(length));
    if (bytes.length > length) throw changed(`gave ${bytes.length} bytes instead of ${length}`);
    return bytes;
  }
}

function changed(how: string): FileError {
  return new FileError('SOURCE_CHANGED', `The source of the upload ${how}`);
}
