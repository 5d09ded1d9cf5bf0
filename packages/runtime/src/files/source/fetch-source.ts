import type { FetchFile } from '../../platform/types.js';
import { FileError } from '../errors.js';
import { ChunkSource } from './chunk-source.js';
import { chunksOfIterable, chunksOfStream, type Chunks } from './chunks.js';
import { mimeTypeIn, nameInDisposition, sizeIn } from './content-headers.js';
import { hostCode } from './host-error.js';
import { isWebStream } from './kinds.js';
import { Lifetime } from './lifetime.js';
import { decoded, nameInUrl } from './source-name.js';
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

/** With what the cause says, unless it repeats the URL: some hosts put that in their messages. */
function failed(url: URL, message: string, error: unknown): FileError {
  const code = codeOf(error);
  const cause = plainError(error);
  const told = `${cause.name} ${cause.message}`;
  const secrets = secretsOf(url);
  const safe = !secrets.some((part) => told.includes(part));
  const words = code === undefined ? message : `${message} (${code})`;
  return new FileError('FETCH', words, safe ? { cause } : {});
}

/** Name and message only: among other properties, and in causes of causes, libraries keep the request. */
function plainError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(`A value of type ${typeof error} was thrown`);
  const plain = new Error(error.message);
  plain.name = error.name;
  return plain;
}

/** The host's own word for what happened, such as `ECONNREFUSED`: `fetch` has it in the cause of its error. */
function codeOf(error: unknown): string | undefined {
  const code = hostCode(error) ?? hostCode((error as { readonly cause?: unknown } | null)?.cause);
  return code !== undefined && /^[A-Z][A-Z_]{2,40}$/.test(code) ? code : undefined;
}

/** What stands before the host, and what follows it: whole, in parts, and as it was before it was encoded. */
function secretsOf(url: URL): string[] {
  const { pathname, search, hash, username, password, searchParams } = url;
  const whole = [pathname, search, hash, username, password].filter((part) => part.length > 1);
  const parts = [...pathname.split('/'), ...searchParams.values()];
  const all = [...whole, ...parts.filter((part) => part.length > 3)];
  return [...all, ...all.map((part) => decoded(part) ?? part)];
}
