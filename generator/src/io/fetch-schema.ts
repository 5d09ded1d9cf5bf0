import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError, UsageError } from './errors.js';
import { readText } from './read-file.js';

/** Where a newer layer is fetched from when nothing else is said. */
export const DEFAULT_SOURCE =
  'https://raw.githubusercontent.com/telegramdesktop/tdesktop/dev/Telegram/SourceFiles/mtproto/scheme/api.tl';

/** Limits of a download. */
export interface FetchOptions {
  readonly cwd: string;
  /** Milliseconds for the whole download; default 30 000. */
  readonly timeout?: number | undefined;
  /** Most bytes; default 16 MiB. */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a schema from an http(s) URL or a file.
 *
 * @throws UsageError for another kind of URL; InputError `fetch-failed`, `aborted` or what reading a file throws.
 */
export async function fetchSchema(from: string, options: FetchOptions): Promise<string> {
  if (!/^https?:\/\//i.test(from)) {
    // One letter before the colon is a drive of Windows.
    if (/^[a-z][a-z0-9+.-]+:/i.test(from) && !existsSync(resolve(options.cwd, from))) {
      throw new UsageError(`cannot fetch ${from}: only http(s) URLs and files work`);
    }
    return readText(resolve(options.cwd, from), from);
  }
  const { timeout = 30_000, maxBytes = 16 << 20, signal } = options;
  const timer = AbortSignal.timeout(timeout);
  try {
    const any = signal ? AbortSignal.any([timer, signal]) : timer;
    const response = await fetch(from, { signal: any, redirect: 'follow' });
    if (!response.ok) {
      void response.body?.cancel();
      throw new InputError('fetch-failed', `${from} answered ${response.status}`);
    }
    return await readLimited(response, maxBytes, from);
  } catch (thrown) {
    if (thrown instanceof InputError) throw thrown;
    if (signal?.aborted) throw new InputError('aborted', 'the download was interrupted');
    const reason = timer.aborted ? `no answer within ${timeout / 1000} s` : reasonOf(thrown);
    throw new InputError('fetch-failed', `cannot download ${from}: ${reason}`, { cause: thrown });
  }
}

async function readLimited(response: Response, maxBytes: number, from: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  if (response.body === null) return text;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new InputError('fetch-failed', `${from} is larger than ${maxBytes} bytes`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** `fetch` says only "fetch failed"; its cause says why. */
function reasonOf(thrown: unknown): string {
  const { message, cause } = thrown as Error;
  return cause instanceof Error
    ? cause.message || String((cause as { code?: string }).code)
    : message;
}
