import type { Readable } from 'node:stream';

/** Bytes. A longer line is no answer to any question. */
const MAX_LINE = 65_536;
const NEWLINE = 0x0a;

/**
 * Takes one line off a stream and leaves the rest in it, for the next question or the program. Nothing listens to the
 * stream when this settles.
 *
 * @returns the line without its end; null when the stream has ended.
 * @throws RangeError for a line without end; the stream's own error; the signal's reason.
 */
export function takeLine(input: Readable, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const settle = (finish: () => void): void => {
      input.off('readable', onReadable).off('end', onEnd).off('close', onEnd).off('error', onError);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const onAbort = (): void => {
      settle(() => {
        if (bytes.length > 0) input.unshift(bytes);
        reject(signal.reason as Error);
      });
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onEnd = (): void => settle(() => resolve(bytes.length > 0 ? text(bytes) : null));
    const onReadable = (): void => {
      for (;;) {
        const chunk = input.read() as Buffer | string | null;
        if (chunk === null) return;
        const end = bytes.length;
        bytes = Buffer.concat([bytes, typeof chunk === 'string' ? Buffer.from(chunk) : chunk]);
        const at = bytes.indexOf(NEWLINE, end);
        if (at < 0 && bytes.length <= MAX_LINE) continue;
        settle(() => {
          if (at < 0) {
            reject(new RangeError(`The input has a line of more than ${MAX_LINE} bytes`));
            return;
          }
          // Put back before the stream can tell of its end.
          if (at + 1 < bytes.length) input.unshift(bytes.subarray(at + 1));
          resolve(text(bytes.subarray(0, at)));
        });
        return;
      }
    };
    if (signal.aborted) return onAbort();
    if (input.readableEnded || input.destroyed) return onEnd();
    input.on('readable', onReadable).on('end', onEnd).on('close', onEnd).on('error', onError);
    signal.addEventListener('abort', onAbort);
  });
}

function text(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/\r$/, '');
}
