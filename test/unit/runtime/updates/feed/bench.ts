import type { TlMethod } from '@tlgen/codec';
import { base, updates } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import { MemoryStorage } from '../../../../../packages/runtime/src/storage/memory.js';
import { Store } from '../../../../../packages/runtime/src/storage/store.js';
import type { StorageChange } from '../../../../../packages/runtime/src/storage/types.js';
import type { Delivery, Lost } from '../../../../../packages/runtime/src/updates/engine/index.js';
import { UpdateFeed } from '../../../../../packages/runtime/src/updates/feed/index.js';
import type {
  FeedContext,
  FeedPeers,
  FeedSettings,
  Silence,
} from '../../../../../packages/runtime/src/updates/feed/index.js';
import type { SecretJournal } from '../../../../../packages/runtime/src/updates/journal.js';
import { FakeClock, settle } from '../../network/fakes/clock.js';
import { empty, SELF } from '../kit.js';

type Known = Awaited<ReturnType<FeedPeers['load']>>;

export interface Asked {
  readonly request: TlMethod;
  readonly options: unknown;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** A feed in a world that a test moves: clock, storage, server, peers and sink. */
export class FeedBench {
  readonly clock = new FakeClock();
  readonly store: Store;
  readonly feed: UpdateFeed;
  readonly settings: { -readonly [Key in keyof FeedSettings]: FeedSettings[Key] } = {
    catchUp: true,
    pollInterval: 0,
    queueLimit: 1000,
    pollChannels: false,
  };
  self: { readonly id: bigint; readonly bot: boolean } | null = { id: SELF, bot: false };
  journal: SecretJournal | null = null;
  readonly deliveries: { readonly delivery: Delivery; done(): void }[] = [];
  readonly losses: Lost[] = [];
  readonly asked: Asked[] = [];
  readonly lines: string[] = [];
  readonly failures: unknown[] = [];
  readonly silences: Silence[] = [];
  /** Each commit, in order. */
  readonly commits: StorageChange[][] = [];
  /** Makes commits fail. */
  broken: Error | null = null;
  /** Who is known; by default everybody, in full. */
  known: (marked: bigint) => Known | undefined = () => FULL;
  load: (marked: bigint) => Promise<Known> = () => Promise.resolve(null);
  inputChannel: FeedPeers['inputChannel'] = (channelId) =>
    Promise.resolve(new base.InputChannel({ channelId, accessHash: 1n }));
  /** Called with each delivery. */
  onDeliver: ((delivery: Delivery, done: () => void) => void) | null = null;
  /** Called when what waits is to be dropped. */
  renewed: () => void = () => undefined;
  renewals = 0;
  private readonly storage: MemoryStorage;

  constructor(before?: FeedBench) {
    this.storage = before?.storage ?? new MemoryStorage();
    this.store = new Store(this.storage, {
      after: (milliseconds, callback) => this.clock.after(milliseconds, callback),
      saveInterval: () => 0,
    });
    this.feed = new UpdateFeed(this.context());
  }

  /** Opened, started and up to date: at pts 10, qts 5, seq 3 as of its first state. */
  static async started(before?: FeedBench): Promise<FeedBench> {
    const bench = new FeedBench(before);
    await bench.start();
    bench.answer(before ? empty(3) : new updates.State(FIRST));
    await settle();
    return bench;
  }

  async start(): Promise<void> {
    await this.store.open();
    await this.feed.start();
    await settle();
  }

  /** The process dies: what is stored stays. */
  async die(): Promise<void> {
    this.broken = new Error('dead');
    await this.store.close();
  }

  /** Names of the methods that wait for their answers. */
  get names(): string[] {
    return this.asked.map(({ request }) => request._);
  }

  /** Ids of messages, or names of updates, in the order of their delivery. */
  get seen(): (number | string)[] {
    return this.deliveries.map(({ delivery: { update } }) => {
      if (update._ === 'updateNewMessage' || update._ === 'updateNewChannelMessage')
        return update.message.id;
      if (update._ === 'updateNewEncryptedMessage') return `secret ${update.message.randomId}`;
      return update._;
    });
  }

  next(method?: string): Asked {
    const at = method ? this.asked.findIndex(({ request }) => request._ === method) : 0;
    const [asked] = this.asked.splice(at, at < 0 ? 0 : 1);
    if (!asked) throw new Error(`nothing was asked${method ? ` of ${method}` : ''}`);
    return asked;
  }

  answer(answer: unknown, method?: string): Asked {
    const asked = this.next(method);
    asked.resolve(answer);
    return asked;
  }

  refuse(raw: string, number = 400): void {
    const asked = this.next();
    asked.reject(new RpcError(number, raw, asked.request._));
  }

  done(): void {
    for (const { done } of this.deliveries) done();
  }

  /** What stands in the storage. */
  async stored(): Promise<Record<string, unknown>> {
    const all = await this.store.list('updates');
    const text = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
    return Object.fromEntries(all.map(([key, value]) => [key, text(value)]));
  }

  context(): FeedContext {
    const { store, clock } = this;
    return {
      schema,
      clock,
      world: 'main',
      store: {
        get: (...args) => store.get(...args),
        list: (space) => store.list(space),
        commit: async (changes) => {
          if (this.broken) throw this.broken;
          this.commits.push([...changes]);
          await store.commit(changes);
        },
      },
      peers: {
        known: (marked) => this.known(marked),
        load: (marked) => this.load(marked),
        inputChannel: (channel) => this.inputChannel(channel),
      },
      sink: {
        deliver: (delivery, done) => {
          this.deliveries.push({ delivery, done });
          this.onDeliver?.(delivery, done);
        },
        lost: (lost) => this.losses.push(lost),
        renewed: () => {
          this.renewals++;
          this.renewed();
        },
      },
      log: { log: (level, message) => this.lines.push(`${level}: ${message}`) },
      settings: () => this.settings,
      self: () => this.self,
      invoke: (request, options) =>
        new Promise((resolve, reject) => {
          this.asked.push({
            request,
            options,
            resolve: resolve as (answer: unknown) => void,
            reject,
          });
        }),
      journal: () => this.journal,
      fail: (error) => this.failures.push(error),
      silent: (silence) => this.silences.push(silence),
    };
  }
}

export const FIRST = { pts: 10, qts: 5, seq: 3, date: 1, unreadCount: 0 };

export const FULL: Known = { type: 'user', accessHash: 1n, min: false };
export const MIN: Known = { type: 'user', accessHash: 1n, min: true };
