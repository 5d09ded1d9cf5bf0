import { FileError } from '../errors.js';
import type { WritableLike } from './types.js';

/**
 * Writes a download to a stream, waiting for it where it is slower. The stream stays open when `keepOpen`, else it is
 * ended after the last byte. When anything fails, it is destroyed or aborted with that.
 *
 * @returns bytes written.
 * @throws FileError `BAD_SOURCE` when it is no stream to write to; what the stream or the download fails with.
 */
export async function toWritable(
  parts: AsyncIterable<Uint8Array>,
  stream: WritableLike,
  keepOpen: boolean,
): Promise<number> {
  const sink = sinkOf(stream);
  let length = 0;
  try {
    for await (const bytes of parts) {
      await sink.write(bytes);
      length += bytes.length;
    }
    await sink.end(keepOpen);
    return length;
  } catch (error) {
    await sink.fail(error);
    throw error;
  }
}

interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  end(keepOpen: boolean): Promise<void>;
  fail(error: unknown): Promise<void>;
}

function sinkOf(stream: WritableLike): Sink {
  const given = stream as { readonly getWriter?: unknown; readonly write?: unknown } | null;
  if (typeof given?.getWriter === 'function') return webSink(stream as WebWritable);
  if (typeof given?.write === 'function') return nodeSink(stream as NodeWritable);
  throw new FileError(
    'BAD_SOURCE',
    'This is no stream to write to: it has neither getWriter() nor write()',
  );
}

type WebWritable = Extract<WritableLike, { getWriter(): unknown }>;
type NodeWritable = Exclude<WritableLike, WebWritable>;

function webSink(stream: WebWritable): Sink {
  const writer = stream.getWriter();
  return {
    async write(bytes) {
      await writer.ready;
      await writer.write(bytes);
    },
    async end(keepOpen) {
      if (!keepOpen) await writer.close();
      writer.releaseLock();
    },
    async fail(error) {
      await writer.abort(error).catch(() => undefined);
      writer.releaseLock();
    },
  };
}

function nodeSink(stream: NodeWritable): Sink {
  let failed: { readonly error: unknown } | null = null;
  let wake: () => void = () => undefined;
  const onError = (error: unknown): void => {
    failed ??= { error };
    wake();
  };
  // One that is closed by others takes no more, and says so by no error.
  const onClose = (): void =>
    onError(new FileError('FILE_ACCESS', 'The stream was closed before the file ended'));
  stream.on('error', onError);
  stream.on('close', onClose);
  const check = (): void => {
    if (failed) throw failed.error;
  };
  const wait = (begin: (done: () => void) => void): Promise<void> =>
    new Promise<void>((resolve) => {
      wake = resolve;
      begin(resolve);
    }).then(check);
  const leave = (): void => {
    stream.off('close', onClose);
    stream.off('error', onError);
  };
  return {
    async write(bytes) {
      check();
      let room = true;
      await wait((done) => {
        const drained = (): void => {
          stream.off('drain', drained);
          done();
        };
        room = stream.write(bytes);
        if (room) done();
        else stream.on('drain', drained);
      });
    },
    async end(keepOpen) {
      check();
      if (!keepOpen) await wait((done) => stream.end(done));
      leave();
    },
    fail(error) {
      stream.off('close', onClose);
      // An error that comes of destroying it is the one that is thrown already.
      if (!failed) stream.destroy?.(error as Error);
      return Promise.resolve();
    },
  };
}
