import type { FileSource } from '@tlgen/codec';
import { CallOptionError, isRpcError } from '../../core/errors.js';
import { FileError } from '../errors.js';
import { openSource } from '../source/index.js';
import type { OpenedSource } from '../source/types.js';
import { checkParallel } from '../check-options.js';
import { FloodedCalls } from '../flooded-calls.js';
import type { FilesContext } from '../types.js';
import { HEAD_SIZE, PART_SIZE } from './limits.js';
import { Meter } from './meter.js';
import { nameAndType } from './naming.js';
import { PartReader } from './part-reader.js';
import { PartWindow } from './part-window.js';
import { sendParts } from './send-parts.js';
import type { UploadOptions } from './types.js';
import { sweepUploads, UploadLog, type UploadPlace } from './upload-log.js';
import { isUploading, takeUploadName } from './upload-names.js';
import type { UploadRecord } from './upload-record.js';

/** Parts under way at one time, of one transfer. */

/** A file whose parts are all at the server. */
export interface Transferred {
  readonly record: UploadRecord;
  readonly parts: number;
  /** Bytes, before encryption. */
  readonly size: number;
  /** Empty unless the file is small and not encrypted. */
  readonly md5: string;
  readonly name: string;
  readonly mimeType: string;
  readonly head: Uint8Array;
}

/** Brings all of a source to the server, or what an upload before it has left. */
export async function transfer(
  context: FilesContext,
  source: FileSource,
  options: UploadOptions,
  encrypted: boolean,
): Promise<Transferred> {
  const parallel = checkParallel(options.parallel ?? context.settings.parallel, 'the upload');
  const place = placeOf(context, options.resume);
  const release = place && takeUploadName(place.store, place.key);
  try {
    return await context.cancellable(options, 'the upload', async (signal) => {
      const window = new PartWindow(parallel, signal);
      try {
        const opened = await open(context, source, options, window);
        try {
          return await send({ context, options, place, encrypted }, opened, window);
        } catch (error) {
          throw causeOf(window, error);
        } finally {
          window.close();
          // It was read, or is not wanted any more.
          await opened.close().catch(() => undefined);
        }
      } finally {
        window.close();
      }
    });
  } finally {
    release?.();
  }
}

async function open(
  context: FilesContext,
  source: FileSource,
  { size, fetch }: UploadOptions,
  window: PartWindow,
): Promise<OpenedSource> {
  const opening = openSource(source, context, { size, fetch, signal: window.signal });
  try {
    return await window.orFail(opening);
  } catch (error) {
    // It may yet open, when nobody waits for it any more.
    opening.then((opened) => opened.close()).catch(() => undefined);
    throw error;
  }
}

interface Job {
  readonly context: FilesContext;
  readonly options: UploadOptions;
  readonly place: UploadPlace | null;
  readonly encrypted: boolean;
}

async function send(job: Job, source: OpenedSource, window: PartWindow): Promise<Transferred> {
  const { context, options } = job;
  const reader = new PartReader(source, window);
  const { log, head } = await begin(job, source, reader);
  try {
    window.signal.throwIfAborted();
    const meter = new Meter(options.onProgress, () => reader.size);
    const calls = new FloodedCalls(() => context.floodWaitBelow ?? 0);
    const md5 = await sendParts({ context, source, reader, window, log, meter, calls });
    await log.remove();
    meter.finish();
    const { size = 0 } = reader;
    const parts = Math.ceil(size / PART_SIZE);
    const { record } = log;
    return { record, parts, size, md5, head, ...nameAndType(options, source, head) };
  } catch (error) {
    if (isSpoilt(causeOf(window, error))) await log.remove().catch(() => undefined);
    throw error;
  } finally {
    log.end();
  }
}

/** Reads as much as is needed to know how to upload it, and what an upload before it has left. */
async function begin(
  { context, place, encrypted }: Job,
  source: OpenedSource,
  reader: PartReader,
): Promise<{ readonly log: UploadLog; readonly head: Uint8Array }> {
  const first = await reader.first();
  if (!first) {
    const what = 'There is nothing to upload';
    throw new FileError('EMPTY', `${what}: Telegram takes no files without content`);
  }
  const small = await reader.isSmall();
  const { name = null, version = null, size = null } = source;
  if (place) {
    const isBusy = (key: string): boolean => key !== place.key && isUploading(place.store, key);
    await sweepUploads(place.store, context.now(), isBusy);
  }
  const user = context.self()?.id.toString() ?? null;
  const facts = { user, encrypted, small, size, name, version };
  const log = await UploadLog.begin(context, place, facts, first);
  return { log, head: first.slice(0, HEAD_SIZE) };
}

/** What ended everything, rather than what came of that. */
function causeOf({ signal }: PartWindow, error: unknown): unknown {
  return signal.aborted ? signal.reason : error;
}

/** Whether to go on from there would fail again: the content is another, or the server does not want the parts. */
function isSpoilt(error: unknown): boolean {
  if (isRpcError(error)) return error.number === 400;
  return error instanceof FileError && /^(SOURCE_CHANGED|TOO_LARGE|UNSUPPORTED)$/.test(error.code);
}

function placeOf({ state }: FilesContext, key: unknown): UploadPlace | null {
  if (key === undefined) return null;
  if (typeof key === 'string' && key !== '') return { store: state, key };
  throw new CallOptionError(
    'resume',
    'the upload: the option resume has to be a string, not empty',
  );
}
