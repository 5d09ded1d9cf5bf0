import { SocketError } from './errors.js';
import type { HttpFetch } from './types.js';

/** The part of the standard Response that is used here. */
interface ResponseLike {
  readonly status: number;
  readonly body: { getReader(): BodyReader } | null;
}

interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

type FetchLike = (url: string, request: object) => Promise<ResponseLike>;

/** Requests by the host's `fetch`, without cookies, caches and redirects. */
export function webFetchOf(fetch: FetchLike): HttpFetch {
  return async (url, { body, signal }) => {
    let response: ResponseLike;
    try {
      response = await fetch(url, {
        method: 'POST',
        body,
        signal,
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw new SocketError('connection', `The request to ${url} failed`, { cause: error });
    }
    return { status: response.status, body: chunksOf(response) };
  };
}

async function* chunksOf(response: ResponseLike): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value !== undefined) yield value;
    }
  } finally {
    await reader.cancel();
  }
}
