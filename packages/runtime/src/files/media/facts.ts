import type { FileSource } from '@tlgen/codec';
import { FileError } from '../errors.js';
import { mimeTypeOf, openSource } from '../source/index.js';
import { isArrayBuffer, isBlob, isBytes, isIterable, isUrl, isWebStream } from '../source/kinds.js';
import { headInput, probe, SourceInput, type Probed } from './probe/index.js';
import type { MediaContext } from './types.js';

/** What is known of a file that will be sent, from whoever told it. */
export interface Facts extends Probed {
  readonly name: string | undefined;
  readonly mimeType: string;
  /** Bytes; undefined: nobody told. */
  readonly size: number | undefined;
}

/** What the sender tells, which counts before what the file tells. */
export interface Told {
  readonly name?: string | undefined;
  readonly mimeType?: string | undefined;
  readonly size?: number | undefined;
}

/** Whether a source can be read more than once: all but streams can. */
export function isReadAgain(source: FileSource): boolean {
  if (typeof source === 'string' || isBytes(source) || isArrayBuffer(source)) return true;
  // As sources are opened: a stream is one, whatever else it has.
  if (isBlob(source)) return true;
  return !isWebStream(source) && !isIterable(source) && isUrl(source);
}

/** Whether looking at it costs nothing: a URL would be fetched twice. */
function isAtHand(source: FileSource): boolean {
  if (!isReadAgain(source)) return false;
  const url = typeof source === 'string' ? source : isUrl(source) ? source.href : '';
  return !/^https?:\/\//i.test(url);
}

/**
 * Looks into a file before it is uploaded.
 *
 * @returns undefined for streams and URLs: those can be read once only, and {@link factsOfHead} has to do.
 * @throws FileError when it cannot be read; `EMPTY`.
 */
export async function factsOfSource(
  context: MediaContext,
  source: FileSource,
  told: Told,
  signal: AbortSignal,
): Promise<Facts | undefined> {
  if (!isAtHand(source)) return undefined;
  const opened = await openSource(source, context, { signal, size: told.size });
  try {
    const { size, seekable } = opened;
    if (size === 0) {
      throw new FileError('EMPTY', 'The file is empty: Telegram takes no files without content');
    }
    if (!seekable || size === undefined) return undefined;
    const input = new SourceInput(opened, size);
    const name = told.name || opened.name;
    const mimeType = told.mimeType || opened.mimeType;
    return {
      ...(await probe(input)),
      name,
      mimeType: mimeType || mimeTypeOf(name, await input.read(0, 4096)),
      size,
    };
  } finally {
    await opened.close();
  }
}

/** What the first bytes of a file tell that has been uploaded. */
export async function factsOfHead(
  uploaded: {
    readonly name: string | undefined;
    readonly mimeType: string | undefined;
    readonly size: number | undefined;
    readonly head: Uint8Array;
  },
  told: Told,
): Promise<Facts> {
  const { size, head } = uploaded;
  const name = told.name || uploaded.name;
  return {
    ...(await probe(headInput(head, size))),
    name,
    mimeType: told.mimeType || uploaded.mimeType || mimeTypeOf(name, head),
    size,
  };
}
