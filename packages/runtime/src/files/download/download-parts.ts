import { checkParallel } from '../check-options.js';
import { FileError } from '../errors.js';
import { MAX_PARTS, PART_SIZE } from '../upload/limits.js';
import type { RemoteFile } from '../location/types.js';
import { checkKey, cipherEnd, cipherStart, decryptParts } from './decrypt.js';
import type { StoredSize } from './file-size.js';
import { inOrder } from './in-order.js';
import { Lifetime } from './lifetime.js';
import { PartFetcher } from './part-fetcher.js';
import { planParts } from './plan.js';
import { ProgressReport } from './progress-report.js';
import { rangeOf, type ByteRange } from './range.js';
import { StoppableParts } from './stoppable.js';
import type { DownloadContext, PartsOptions } from './types.js';

/** Telegram has no larger files. */
const MAX_SIZE = MAX_PARTS * PART_SIZE;

/**
 * The bytes `[start, end)` of a file, exactly these, in order, in arrays of at most 512 KiB that belong to the caller.
 * Up to `parallel` parts are asked for ahead, and none beyond while the caller does not ask for more, so memory stays
 * flat. Leaving the loop cancels what is under way; nothing is asked for before the first `next()`.
 *
 * - Small ranges cost little: the first and last request ask for what is wanted, rounded to 1 KiB.
 * - A file at another data center, a stale reference and a CDN are seen to. Nothing from a CDN is given out before its
 *   hash was checked (https://core.telegram.org/cdn).
 * - When nobody knows the size, the file ends with the first part that comes short.
 * - Encrypted files are decrypted and cut to their size. Their bytes depend on all before: with `start` and without
 *   {@link PartsOptions.tail} everything from the beginning on is fetched and dropped.
 *
 * Errors come from `next()`. `timeout` counts from the first `next()`, for the whole download.
 *
 * @throws FileError `BAD_RANGE`, `NO_FILE`, `REFERENCE_EXPIRED`, `WRONG_SIZE`, `WRONG_HASH`, `WRONG_KEY`, `UNSUPPORTED`;
 * AbortError, TimeoutError; CallOptionError; what calls, the refresh of a reference and `onProgress` throw.
 */
export function downloadParts(
  context: DownloadContext,
  file: RemoteFile,
  options: PartsOptions = {},
): AsyncGenerator<Uint8Array, void> {
  const lifetime = new Lifetime(context, options, 'downloading');
  return new StoppableParts(lifetime, steps(context, file, options, lifetime));
}

async function* steps(
  context: DownloadContext,
  file: RemoteFile,
  options: PartsOptions,
  lifetime: Lifetime,
): AsyncGenerator<Uint8Array, void> {
  const parallel = checkParallel(options.parallel ?? context.settings.parallel, 'downloading');
  if (file.encryption) checkEncrypted(file);
  const range = rangeOf(file.location ? file.size : file.bytes?.length, options);
  const total = range.end - range.start;
  const known = total !== Infinity && (file.location === null || file.size !== undefined);
  const progress = new ProgressReport(options.onProgress, known ? total : undefined);
  try {
    await lifetime.begin();
    const parts = partsOf({ context, file, options, parallel, lifetime }, range);
    for await (const bytes of parts) {
      progress.add(bytes.length);
      yield bytes;
      // It may have been ended while the consumer was busy.
      lifetime.signal.throwIfAborted();
    }
    progress.finish();
  } catch (error) {
    throw lifetime.errorOf(error);
  } finally {
    lifetime.end();
  }
}

interface Job {
  readonly context: DownloadContext;
  readonly file: RemoteFile;
  readonly options: PartsOptions;
  readonly parallel: number;
  readonly lifetime: Lifetime;
}

function partsOf(job: Job, range: ByteRange): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  const { context, file, options } = job;
  const { location, encryption, size } = file;
  const { start, end } = range;
  if (start === end) return [];
  if (!location) return [bytesOf(file).slice(start, end)];
  if (!encryption) return stored(job, range, { bytes: size, padded: false });
  const from = cipherStart(start, options.tail);
  const cipher = { start: from.offset, end: cipherEnd(end) };
  const bytes = size === undefined ? undefined : cipherEnd(size);
  const ciphertext = stored(job, cipher, { bytes, padded: true });
  return decryptParts(context, encryption, from, range, ciphertext);
}

/** Bytes as the server has them. */
async function* stored(
  { context, file, parallel, lifetime }: Job,
  { start, end }: ByteRange,
  size: StoredSize,
): AsyncGenerator<Uint8Array, void> {
  const fetcher = new PartFetcher(context, file, size, lifetime.signal);
  fetcher.forget(start);
  const parts = inOrder(planParts(start, end, fetcher.precise), {
    parallel,
    endless: size.bytes === undefined,
    fetch: (part) => fetcher.fetch(part),
    cancel: () => lifetime.end(),
  });
  let position = start;
  for await (const bytes of parts) {
    position += bytes.length;
    if (position > MAX_SIZE) {
      throw new FileError(
        'WRONG_SIZE',
        `The file does not end: ${position} bytes came of it. Nothing that large is at Telegram`,
      );
    }
    fetcher.forget(position);
    yield bytes;
  }
}

function bytesOf({ bytes }: RemoteFile): Uint8Array {
  if (!bytes)
    throw new FileError(
      'NO_FILE',
      'The file has neither a location nor content: give the message or the media that it came with',
    );
  return bytes;
}

function checkEncrypted({ encryption, size }: RemoteFile): void {
  if (encryption) checkKey(encryption);
  if (size !== undefined) return;
  const message =
    'The size of an encrypted file has to be known: nothing else tells content and padding apart';
  throw new FileError('WRONG_SIZE', message);
}
