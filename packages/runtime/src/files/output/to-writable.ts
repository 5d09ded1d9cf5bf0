import { orAbort } from '../../core/sleep.js';
import { FileError } from '../errors.js';
import type { WritableLike } from './types.js';

/**
 * Writes a download to a stream, waiting for it where it is slower. The stream stays open when `keepOpen`, else it is
 * ended after the last byte. When anything fails, it is destroyed or aborted with that.
 *
 * @param cancellable - runs the work, and ends it by the signal that the work is given, also while the stream stalls.
 * @param parts - begins the download.
 * @returns bytes written.
 * @throws FileError `BAD_SOURCE` when it is no stream to write to; what the stream or the download fails with.
 */
export async function toWritable(
  stream: WritableLike,
  keepOpen: boolean,
  cancellable: (work: (signal: AbortSignal) => Promise<number>) => Promise<number>,
  parts: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
): Promise<number> {
  const sink = sinkOf(stream);
  try {
    return await cancellable((signal) => written(parts(signal), sink, keepOpen, signal));
  } catch (error) {
    sink.fail(error);
    throw error;
  }
}

async function written(
  parts: AsyncIterable<Uint8Array>,
  sink: Sink,
  keepOpen: boolean,
  signal: AbortSignal,
): Promise<number> {
  let length = 0;
  try {
    for await (const bytes of parts) {
      await orAbort(sink.write(bytes), signal);
      length += bytes.length;
    }
    await orAbort(sink.end(keepOpen), signal);
    return length;
  } catch (error) {
    // What ended it all, rather than what came of that.
    throw signal.aborted ? signal.reason : error;
  }
}

interface Sink {
  write(bytes: Uint8Array): Promise<void>;
  end(keepOpen: boolean): Promise<void>;
  /** Never throws, and nobody waits: a stream that stalls may not even end. */
  fail(error: unknown): void;
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
  const writer = writerOf(stream);
  return {
    async write(bytes) {
      await writer.ready;
      await writer.write(bytes);
    },
    async end(keepOpen) {
      if (!keepOpen) await writer.close();
      writer.releaseLock();
    },
    fail(error) {
      const aborted = async (): Promise<void> => writer.abort(error);
      aborted().catch(() => undefined);
      writer.releaseLock();
    },
  };
}

function writerOf(stream: WebWritable): ReturnType<WebWritable['getWriter']> {
  try {
    return stream.getWriter();
  } catch (cause) {
    const message = 'The stream is being written to already; give one that nobody has a writer of';
    throw new FileError('BAD_SOURCE', message, { cause });
  }
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
    onError(
      new FileError(
        'FILE_ACCESS',
        'The stream was closed before the file ended: keep it open until all is written',
      ),
    );
  stream.on('error', onError);
  stream.on('close', onClose);
  // That one will never say so again, nor that it has room.
  if (stream.destroyed === true) onClose();
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
      // An error that comes of destroying it is the one that is thrown already: its listener stays.
      try {
        stream.destroy?.(error as Error);
      } catch {
        // It is of no use any more, however it ends.
      }
    },
  };
}
