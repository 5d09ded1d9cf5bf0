import type { CallOptions } from '@tlgen/codec';
import { AbortError } from '../../core/errors.js';
import { wholeNumber } from './list-options.js';

/** What every list takes. `timeout` counts for each request by itself. */
export interface PageOptions extends CallOptions {
  /** At most so many items in all. Default: no end but the list's own. */
  readonly limit?: number | undefined;
  /** How many items a request asks for, 1 to 100 (members: 200), which is the default. */
  readonly chunk?: number | undefined;
}

/** One answer of the server. */
export interface Page<T> {
  /** What is new in it; none of it came before. */
  readonly items: readonly T[];
  /** How many there are in all, as the server says; null: it doesn't. */
  readonly total: number | null;
  /** Nothing follows. */
  readonly last: boolean;
}

/** Reads one list from its beginning: each call fetches the next page, of about `count` items. */
export type PageReader<T> = (count: number, options: CallOptions) => Promise<Page<T>>;

/** The most items that one request may ask for. */
export const CHUNK_MAX = 100;

/**
 * A list that the server gives out page by page. A page is asked for when its first item is wanted, and leaving the
 * loop asks for no more. Each `for await` begins anew.
 *
 * ```ts
 * for await (const message of client.peers.history('@durov', { limit: 500 })) console.log(message.id);
 * ```
 */
export class Pages<T> implements AsyncIterable<T> {
  private readonly limit: number;
  private readonly chunk: number;
  private readonly call: CallOptions;
  private known: number | null | undefined;
  private asking: Promise<number | null> | null = null;

  /**
   * @param open - begins the list: the reader it makes is used for one iteration.
   * @throws ListOptionError for a `limit` or `chunk` that cannot be.
   */
  constructor(
    private readonly open: () => PageReader<T>,
    { limit = Infinity, chunk, signal, timeout }: PageOptions = {},
    chunkMax = CHUNK_MAX,
  ) {
    this.limit = limit === Infinity ? limit : wholeNumber('limit', limit, 0);
    this.chunk = wholeNumber('chunk', chunk ?? chunkMax, 1, chunkMax);
    this.call = { signal, timeout };
  }

  /** @throws What the calls throw; AbortError when the signal aborts. */
  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    const read = this.open();
    let left = this.limit;
    let first = true;
    while (left > 0) {
      const page = await this.read(read, Math.min(left, this.chunk), first);
      first = false;
      for (const item of page.items) {
        this.goOn();
        yield item;
        if (--left === 0) return;
      }
      if (page.last) return;
    }
  }

  /** All items, up to `limit`, in an array. */
  async all(): Promise<T[]> {
    const items: T[] = [];
    for await (const item of this) items.push(item);
    return items;
  }

  /**
   * How many items there are by the server's count, whatever `limit` is; null when it doesn't count them. Known since
   * the first page; asks for one when there was none yet.
   */
  total(): Promise<number | null> {
    if (this.known !== undefined) return Promise.resolve(this.known);
    this.asking ??= this.read(this.open(), 1, true)
      .then(({ total }) => total)
      .finally(() => {
        this.asking = null;
      });
    return this.asking;
  }

  private async read(read: PageReader<T>, count: number, first: boolean): Promise<Page<T>> {
    this.goOn();
    const page = await read(count, this.call);
    // Some last pages count only themselves.
    if (first) this.known = page.total;
    return page;
  }

  private goOn(): void {
    const { signal } = this.call;
    if (!signal?.aborted) return;
    const cause: unknown = (signal as { readonly reason?: unknown }).reason;
    throw new AbortError('reading the list was given up', { cause });
  }
}
