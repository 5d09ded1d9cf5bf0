import type { FetchFile } from '../../platform/types.js';
import { FileError } from '../errors.js';
import { ChunkSource } from './chunk-source.js';
import { chunksOfIterable, chunksOfStream, type Chunks } from './chunks.js';
import { mimeTypeIn, nameInDisposition, sizeIn } from './content-headers.js';
import { isWebStream } from './kinds.js';
import { Lifetime } from './lifetime.js';
import { nameInUrl } from './source-name.js';
import type { OpenedSource, SourceContext, SourceOptions } from './types.js';

type Response = Awaited<ReturnType<FetchFile>>;

/** A file by its URL. Messages name the host only: what follows it may hold secrets. */
export async function fetchSource(
  url: URL,
  context: SourceContext,
  options: SourceOptions,
): Promise<OpenedSource> {
  const { signal } = options;
  const response = await answer(url, fetchOf(url, context, options), signal);
  if (!response.ok) {
    await bodyOf(url, response).cancel(undefined, true);
    throw new FileError(
      'FETCH',
      `${url.host} answered with status ${response.status} instead of a file; check the URL`,
    );
  }
  const facts = {
    size: options.size ?? sizeIn(response.headers),
    name: nameInDisposition(response.headers.get('content-disposition')) ?? nameInUrl(url),
    mimeType: mimeTypeIn(response.headers.get('content-type')),
  };
  return new ChunkSource(bodyOf(url, response), facts, signal);
}

function fetchOf(url: URL, context: SourceContext, options: SourceOptions): FetchFile {
  if (options.fetch !== undefined) return options.fetch;
  if (context.proxied) {
    throw new FileError(
      'FETCH',
      `A proxy is set, and fetching from ${url.host} would go past it; give a \`fetch\` that uses the proxy, or a stream`,
    );
  }
  if (context.fetchFile === undefined) {
    throw new FileError('UNSUPPORTED', 'This host has no `fetch`; give one, or a stream');
  }
  if (url.username !== '' || url.password !== '') {
    throw new FileError(
      'BAD_SOURCE',
      `The URL at ${url.host} has a user name or password in it, which is not sent; give a \`fetch\` that signs in`,
    );
  }
  return context.fetchFile;
}

async function answer(
  url: URL,
  fetch: FetchFile,
  signal: AbortSignal | undefined,
): Promise<Response> {
  // Ends waiting even if the function that was given does not look at the signal.
  const lifetime = new Lifetime(signal, async () => {});
  try {
    return await lifetime.wait(async () => {
      const response = await fetch(url.href, { signal });
      // Nobody waits for this one any more.
      if (signal?.aborted === true) await bodyOf(url, response).cancel(signal.reason, true);
      return response;
    });
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw failed(url, `Fetching from ${url.host} failed; check the URL and the network`, error);
  } finally {
    await lifetime.close();
  }
}

function bodyOf(url: URL, { body }: Response): Chunks {
  if (body === null) return { next: async () => null, cancel: async () => {} };
  const chunks = isWebStream(body) ? chunksOfStream(body) : chunksOfIterable(body);
  return {
    async next() {
      try {
        return await chunks.next();
      } catch (error) {
        if (error instanceof FileError) throw error;
        throw failed(url, `The file from ${url.host} broke off; fetch it again`, error);
      }
    },
    cancel: (reason, pending) => chunks.cancel(reason, pending),
  };
}

/** With the cause, unless it repeats the URL: some hosts put that in their messages. */
function failed(url: URL, message: string, cause: unknown): FileError {
  const secrets = [url.pathname, url.search, url.username, url.password].filter(
    (part) => part.length > 1,
  );
  const told = cause instanceof Error ? cause.message : String(cause);
  const safe = !secrets.some((part) => told.includes(part));
  return new FileError('FETCH', message, safe ? { cause } : {});
}
