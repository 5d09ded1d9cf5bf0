import { StorageError, type StorageChange } from '../../storage/types.js';
import type { BoxId, StoredUpdates } from '../engine/index.js';
import type { DoneKey } from './done-keys.js';
import { readChannel, readState, writeChannel, writeState } from './state-records.js';
import type { FeedContext } from './types.js';

const SPACE = 'updates';

/** What a feed begins with. */
export interface Loaded {
  /** null: nothing that is of use. */
  readonly stored: StoredUpdates | null;
  /** Keys of updates that are done although they come again. */
  readonly done: readonly DoneKey[];
  /** Boxes whose records cannot be understood: what was missed in them is not known. */
  readonly damaged: readonly BoxId[];
}

/** Changes for one commit. */
export interface Plan {
  readonly changes: readonly StorageChange[];
  /** They are durable. */
  written(): void;
}

/**
 * The storage of one account's place in its updates: a record of what is common, and one for each channel, so that a
 * message in one of a thousand channels writes one small record.
 */
export class StateStore {
  /** What stands in the storage; undefined: something to be replaced. */
  #state: string | null | undefined = null;
  readonly #channels = new Map<string, number | undefined>();

  constructor(private readonly context: Pick<FeedContext, 'store' | 'world' | 'log'>) {}

  /**
   * Reads what stands there.
   *
   * @param owner - whose it has to be; what is another's is not used, and goes with the next commit.
   * @param use - false: nothing is used.
   * @throws StorageError when the storage cannot be read: nothing is known then, and nothing may be written.
   */
  async load(owner: bigint, use: boolean): Promise<Loaded> {
    const records = new Map(await this.context.store.list(SPACE));
    const state = this.#read(records.get(this.#stateKey), readState);
    const usable = use && state?.owner === owner;
    this.#state = records.has(this.#stateKey) ? undefined : null;
    const channels = new Map<bigint, number>();
    const isDamaged = use && state === null && records.has(this.#stateKey);
    const damaged: BoxId[] = isDamaged ? ['common'] : [];
    for (const [key, bytes] of records) {
      const id = this.#channelOf(key);
      if (id === null) continue;
      const pts = usable ? this.#read(bytes, readChannel) : null;
      this.#channels.set(key, pts ?? undefined);
      if (pts !== null) channels.set(id, pts);
      else if (usable || isDamaged) damaged.push(id);
    }
    if (!usable) return { stored: null, done: [], damaged };
    const { done, pts, qts, seq, date } = state;
    return { stored: { pts, qts, seq, date, channels }, done, damaged };
  }

  /** What has to be written so that the storage holds it; null: nothing. */
  plan(owner: bigint, snapshot: StoredUpdates, done: readonly DoneKey[]): Plan | null {
    const { pts, qts, seq, date } = snapshot;
    const changes: StorageChange[] = [];
    const state = writeState({ owner, pts, qts, seq, date, done });
    const text = new TextDecoder().decode(state);
    if (text !== this.#state) changes.push({ space: SPACE, key: this.#stateKey, value: state });
    const channels = new Map<string, number | null>();
    for (const [id, at] of snapshot.channels) {
      const key = this.#channelKey(id);
      // No channel has such an id, and no record of it could be read.
      if (this.#channelOf(key) === null) continue;
      if (this.#channels.get(key) !== at) channels.set(key, at);
    }
    for (const key of this.#channels.keys()) {
      const id = this.#channelOf(key);
      if (id === null || !snapshot.channels.has(id)) channels.set(key, null);
    }
    for (const [key, at] of channels) {
      changes.push({ space: SPACE, key, value: at === null ? null : writeChannel(at) });
    }
    if (changes.length === 0) return null;
    const written = (): void => {
      this.#state = text;
      for (const [key, at] of channels) {
        if (at === null) this.#channels.delete(key);
        else this.#channels.set(key, at);
      }
    };
    return { changes, written };
  }

  /** Drops all that stands there, in one commit. @throws StorageError. */
  async clear(): Promise<void> {
    const { store, world } = this.context;
    const all = await store.list(SPACE);
    const changes = all
      .filter(([key]) => key.startsWith(`${world}:`))
      .map(([key]) => ({ space: SPACE, key, value: null }));
    if (changes.length > 0) await store.commit(changes);
  }

  get #stateKey(): string {
    return `${this.context.world}:state`;
  }

  #channelKey(id: bigint): string {
    return `${this.context.world}:channel:${id}`;
  }

  #channelOf(key: string): bigint | null {
    const prefix = this.#channelKey(0n).slice(0, -1);
    const id = key.startsWith(prefix) ? key.slice(prefix.length) : '';
    return /^\d{1,19}$/.test(id) ? BigInt(id) : null;
  }

  /** null: there is none, or none that can be read. */
  #read<T>(bytes: Uint8Array | undefined, read: (bytes: Uint8Array) => T): T | null {
    if (bytes === undefined) return null;
    try {
      return read(bytes);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      this.context.log.log('warning', `${error.message}: what it was about begins anew`);
      return null;
    }
  }
}
