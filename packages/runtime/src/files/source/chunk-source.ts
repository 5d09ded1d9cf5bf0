import { FileError } from '../errors.js';
import type { Chunks } from './chunks.js';
import { Lifetime } from './lifetime.js';
import { checkLength } from './seekable-source.js';
import type { OpenedSource } from './types.js';

const NOTHING = new Uint8Array(0);

/** What is known of a stream beside its bytes. */
export interface StreamFacts {
  /** Bytes; the stream is held to it. */
  readonly size: number | undefined;
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
}

/** A stream, read once and in order. It is asked for a chunk only when bytes are wanted, and one chunk is kept. */
export class ChunkSource implements OpenedSource {
  readonly size: number | undefined;
  readonly name: string | undefined;
  readonly mimeType: string | undefined;
  readonly version = undefined;
  readonly seekable = false;
  private rest: Uint8Array = NOTHING;
  private position = 0;
  private ended = false;
  private failure: { readonly error: unknown } | null = null;
  private reading = false;
  private readonly lifetime: Lifetime;

  constructor(
    private readonly chunks: Chunks,
    facts: StreamFacts,
    signal: AbortSignal | undefined,
  ) {
    this.size = facts.size;
    this.name = facts.name;
    this.mimeType = facts.mimeType;
    this.lifetime = new Lifetime(signal, async (reason, pending) => {
      this.rest = NOTHING;
      await chunks.cancel(reason, pending);
    });
  }

  async read(length: number): Promise<Uint8Array> {
    checkLength(length);
    this.lifetime.throwIfEnded();
    if (this.failure !== null) throw this.failure.error;
    if (this.reading)
      throw new FileError(
        'BAD_SOURCE',
        'A stream is read by one at a time: make one for each, or give bytes, a Blob or a path',
      );
    this.reading = true;
    try {
      return await this.take(length);
    } catch (error) {
      this.failure = { error };
      throw error;
    } finally {
      this.reading = false;
    }
  }

  seek(): void {
    throw new FileError(
      'BAD_SOURCE',
      'A stream can be read once only; give bytes, a Blob or a path to read it again',
    );
  }

  close(): Promise<void> {
    return this.lifetime.close();
  }

  private async take(length: number): Promise<Uint8Array> {
    const left = this.size === undefined ? length : this.size - this.position;
    const wanted = Math.min(length, left);
    const bytes = await this.collect(wanted);
    this.position += bytes.length;
    if (this.size === undefined) return bytes;
    if (bytes.length < wanted) throw this.changed(`ended after ${this.position}`);
    // Only its next chunk tells whether a stream ends where it should.
    if (this.position === this.size && !(await this.atEnd())) throw this.changed('goes on after');
    return bytes;
  }

  /** Fewer only at the end. */
  private async collect(wanted: number): Promise<Uint8Array> {
    if (wanted === 0 || (await this.atEnd())) return NOTHING;
    // A copy in any case: streams may fill the memory of a chunk again. The `slice` of a Buffer would be none.
    if (this.rest.length >= wanted) return new Uint8Array(this.cut(wanted));
    const out = new Uint8Array(wanted);
    let filled = 0;
    while (filled < wanted && !(await this.atEnd())) {
      const piece = this.cut(wanted - filled);
      out.set(piece, filled);
      filled += piece.length;
    }
    return filled === wanted ? out : out.slice(0, filled);
  }

  private cut(most: number): Uint8Array {
    const piece = this.rest.subarray(0, most);
    this.rest = piece.length === this.rest.length ? NOTHING : this.rest.subarray(most);
    return piece;
  }

  /** Whether nothing is left; if not, there is something in `rest`. */
  private async atEnd(): Promise<boolean> {
    while (this.rest.length === 0 && !this.ended) {
      const chunk = await this.lifetime.wait(() => this.chunks.next());
      if (chunk === null) this.ended = true;
      else this.rest = chunk;
    }
    return this.rest.length === 0;
  }

  private changed(how: string): FileError {
    return new FileError(
      'SOURCE_CHANGED',
      `The stream ${how} of ${this.size} bytes that it should have; give its true size, or none`,
    );
  }
}
