import type { CallOptions } from '@tlgen/codec';
import { Lru } from '../memory/lru.js';
import { SharedLoad } from '../lookup/shared-load.js';

/** How a value is loaded; `options` end it. */
export type Load<T> = (options: CallOptions) => Promise<T>;

interface Kept<T> {
  readonly value: T;
  /** Milliseconds of the wall clock. */
  readonly at: number;
  /** Loads are numbered in the order they began. */
  readonly load: number;
}

/** How one caller wants it. */
export interface CacheRequest extends CallOptions {
  /** Loads it even if it is there. */
  readonly refresh?: boolean | undefined;
}

/**
 * Values that are dear to load: kept for some time, the ones used last, and loaded once for all who want one at the
 * same time. Errors are not kept.
 */
export class FullCache<T> {
  private readonly kept: Lru<bigint, Kept<T>>;
  private readonly loading = new Map<bigint, SharedLoad<T>>();
  private loads = 0;
  private generation = 0;

  constructor(
    private readonly options: {
      /** How many are kept. */
      readonly size: number;
      /** Wall clock, milliseconds. */
      now(): number;
      /** Milliseconds that a value is good for. */
      lifetime(): number;
    },
  ) {
    this.kept = new Lru(options.size);
  }

  /** @param what - names the load in messages. */
  get(key: bigint, what: string, request: CacheRequest, load: Load<T>): Promise<T> {
    const { refresh = false, signal, timeout } = request;
    const there = refresh ? undefined : this.fresh(key);
    if (there) return Promise.resolve(there.value);
    // Others must not wait as long, or as shortly, as this caller wants to.
    if (timeout !== undefined) return this.run(key, load, { signal, timeout });
    const under = refresh ? undefined : this.loading.get(key);
    const shared = under && !under.isGivenUp ? under : this.share(key, load);
    return shared.wait(signal, what);
  }

  /** Forgets everything, also what is being loaded. */
  clear(): void {
    this.generation++;
    this.kept.clear();
    this.loading.clear();
  }

  private fresh(key: bigint): Kept<T> | undefined {
    const found = this.kept.get(key);
    if (!found) return undefined;
    const age = this.options.now() - found.at;
    // A clock that was set back makes nothing younger than it is.
    return age >= 0 && age < this.options.lifetime() ? found : undefined;
  }

  private share(key: bigint, load: Load<T>): SharedLoad<T> {
    const shared = new SharedLoad((signal) =>
      this.run(key, load, { signal }).finally(() => {
        if (this.loading.get(key) === shared) this.loading.delete(key);
      }),
    );
    this.loading.set(key, shared);
    return shared;
  }

  private async run(key: bigint, load: Load<T>, options: CallOptions): Promise<T> {
    const { generation } = this;
    const number = ++this.loads;
    const value = await load(options);
    if (generation === this.generation) this.keep(key, value, number);
    return value;
  }

  private keep(key: bigint, value: T, load: number): void {
    // What began later knows more.
    if ((this.kept.get(key)?.load ?? 0) > load) return;
    this.kept.set(key, { value, at: this.options.now(), load });
  }
}
