import { FileError } from '../errors.js';

/** The part of the host's `ReadableStream` that is made use of. */
interface StreamSource {
  pull(controller: { enqueue(bytes: Uint8Array<ArrayBuffer>): void; close(): void }): Promise<void>;
  cancel(): Promise<void>;
}

/** The standard `ReadableStream` of bytes; what it is on this host is the host's to say. */
export type ByteStream = ReadableStream<Uint8Array<ArrayBuffer>>;

const host = globalThis as unknown as {
  readonly ReadableStream?: new (
    source: StreamSource,
    strategy: { readonly highWaterMark: number },
  ) => ByteStream;
};

/**
 * A download as a web stream. A part is asked for when the reader wants one; cancelling the stream ends the download.
 *
 * @throws FileError `UNSUPPORTED` where the host has no web streams.
 */
export function toStream(parts: AsyncGenerator<Uint8Array<ArrayBuffer>, void>): ByteStream {
  if (!host.ReadableStream) {
    throw new FileError('UNSUPPORTED', 'This host has no ReadableStream; use chunks() instead');
  }
  const source: StreamSource = {
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return();
    },
  };
  return new host.ReadableStream(source, { highWaterMark: 0 });
}
