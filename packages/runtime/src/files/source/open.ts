import { FileError } from '../errors.js';
import { dataUrlContent } from './data-url.js';
import { bytesContent } from './bytes-content.js';
import { blobContent } from './blob-content.js';
import { ChunkSource } from './chunk-source.js';
import { chunksOfIterable, chunksOfStream, type Chunks } from './chunks.js';
import { fetchSource } from './fetch-source.js';
import { fileContent } from './file-content.js';
import { isArrayBuffer, isBlob, isBytes, isIterable, isUrl, isWebStream } from './kinds.js';
import { SeekableSource, type Content } from './seekable-source.js';
import type { FileSource, OpenedSource, SourceContext, SourceOptions } from './types.js';

/**
 * Makes one kind of source of all of them. It is the opener's to close; a stream that was given belongs to the source
 * from then on, and is cancelled with it.
 *
 * @throws FileError `BAD_SOURCE` for what is no source; `FILE_ACCESS` for a path that cannot be read; `FETCH` for a URL
 * that does not answer with a file, or that must not be fetched past the proxy; `UNSUPPORTED` for a path where there are
 * no files; `SOURCE_CHANGED` when the size is known and not that of the options. The reason of the signal.
 */
export async function openSource(
  source: FileSource,
  context: SourceContext,
  options: SourceOptions = {},
): Promise<OpenedSource> {
  const { size, signal } = options;
  if (size !== undefined && (!Number.isSafeInteger(size) || size < 0)) {
    throw new FileError('BAD_SOURCE', `A source has no size of ${size}; give whole bytes`);
  }
  const opened = await open(source, context, options);
  if (signal?.aborted === true) {
    await opened.close();
    throw signal.reason;
  }
  if (size === undefined || opened.size === size) return opened;
  await opened.close();
  throw new FileError(
    'SOURCE_CHANGED',
    `The source has ${opened.size} bytes, not ${size}; give its true size, or none`,
  );
}

async function open(
  source: unknown,
  context: SourceContext,
  options: SourceOptions,
): Promise<OpenedSource> {
  const { signal } = options;
  const seekable = (content: Content): OpenedSource => new SeekableSource(content, signal);
  const streamed = (chunks: Chunks): OpenedSource => {
    const facts = { size: options.size, name: undefined, mimeType: undefined };
    return new ChunkSource(chunks, facts, signal);
  };
  if (typeof source === 'string') return openText(source, context, options);
  if (isBytes(source)) return seekable(bytesContent(source));
  if (isArrayBuffer(source)) return seekable(bytesContent(new Uint8Array(source)));
  if (isBlob(source)) return seekable(blobContent(source));
  if (isWebStream(source)) return streamed(chunksOfStream(source));
  if (isIterable(source)) return streamed(chunksOfIterable(source));
  if (isUrl(source)) return openUrl(source.href, context, options);
  const kind = ArrayBuffer.isView(source) ? 'a view that is no Uint8Array' : typeof source;
  throw new FileError(
    'BAD_SOURCE',
    `A file cannot be read from ${source === null ? 'null' : kind}; give a path, URL, Uint8Array, ArrayBuffer, Blob, stream or async iterable`,
  );
}

/** One letter before the colon is a drive of Windows. */
const URL_TEXT = /^(?:[a-z][a-z0-9+.-]+:\/\/|file:|data:)/i;

async function openText(
  text: string,
  context: SourceContext,
  options: SourceOptions,
): Promise<OpenedSource> {
  if (text === '') throw new FileError('BAD_SOURCE', 'The path is empty; give that of a file');
  if (URL_TEXT.test(text)) return openUrl(text, context, options);
  options.signal?.throwIfAborted();
  return new SeekableSource(await fileContent(text, context.fileSystem), options.signal);
}

async function openUrl(
  href: string,
  context: SourceContext,
  options: SourceOptions,
): Promise<OpenedSource> {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    // Without a cause: that one repeats the URL, which may hold secrets.
    throw new FileError('BAD_SOURCE', 'The URL cannot be parsed; give a whole one, with a host');
  }
  options.signal?.throwIfAborted();
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return fetchSource(url, context, options);
    case 'data:':
      return new SeekableSource(dataUrlContent(url.href), options.signal);
    case 'file:':
      return new SeekableSource(
        await fileContent(pathOf(url, context), context.fileSystem),
        options.signal,
      );
    default:
      throw new FileError(
        'BAD_SOURCE',
        `Files are not read from URLs that begin with ${url.protocol} – give one of http, https, file or data`,
      );
  }
}

function pathOf(url: URL, { fileSystem }: SourceContext): string {
  if (fileSystem === undefined) return url.pathname;
  try {
    return fileSystem.pathOf(url.href);
  } catch (cause) {
    const message = 'The file URL leads to no path of this host; give file:///path, or the path';
    throw new FileError('BAD_SOURCE', message, { cause });
  }
}
