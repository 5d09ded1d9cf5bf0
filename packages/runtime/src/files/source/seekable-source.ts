import { FileError } from '../errors.js';
import { Lifetime } from './lifetime.js';
import type { OpenedSource } from './types.js';

/** Content that can be read at any position. */
export interface Content {
  /** Bytes. */
  readonly size: number;
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
  readonly version: string | undefined;
  /** Bytes of their own; fewer only when the content ends before `size`. The range is inside of it. */
  at(position: number, length: number): Promise<Uint8Array>;
  /** @throws FileError `SOURCE_CHANGED` when the content is not what it was. Called before its last bytes are given. */
  confirm(): Promise<void>;
  close(): Promise<void>;
}

/** Bytes, a Blob or a file: read in any order, as often as wanted. */
export class SeekableSource implements OpenedSource {
  readonly size: number;
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
  readonly version: string | undefined;
  readonly seekable = true;
  private position = 0;
  private readonly lifetime: Lifetime;

  constructor(
    private readonly content: Content,
    signal: AbortSignal | undefined,
  ) {
    this.size = content.size;
    this.name = content.name;
    this.mimeType = content.mimeType;
    this.version = content.version;
    this.lifetime = new Lifetime(signal, () => content.close());
  }

  async read(length: number): Promise<Uint8Array> {
    checkLength(length);
    const { position, size } = this;
    const wanted = Math.min(length, size - position);
    this.position += wanted;
    return this.lifetime.wait(() => this.take(position, wanted));
  }

  seek(position: number): void {
    if (!Number.isSafeInteger(position) || position < 0 || position > this.size) {
      throw new FileError(
        'BAD_RANGE',
        `A source of ${this.size} bytes cannot be read from byte ${position} on`,
      );
    }
    this.position = position;
  }

  close(): Promise<void> {
    return this.lifetime.close();
  }

  private async take(position: number, wanted: number): Promise<Uint8Array> {
    const bytes = wanted === 0 ? new Uint8Array(0) : await this.content.at(position, wanted);
    if (bytes.length !== wanted) {
      throw new FileError(
        'SOURCE_CHANGED',
        `The source ended after ${position + bytes.length} of ${this.size} bytes; start again with what it is now`,
      );
    }
    if (position + wanted === this.size) await this.content.confirm();
    return bytes;
  }
}

/** @throws FileError `BAD_RANGE` for a length that nothing can be read of. */
export function checkLength(length: number): void {
  if (Number.isSafeInteger(length) && length > 0) return;
  throw new FileError('BAD_RANGE', `${length} is no number of bytes to read; give 1 or more`);
}
