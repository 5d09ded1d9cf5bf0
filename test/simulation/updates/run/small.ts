import type { TlMethod } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { Store } from '../../../../packages/runtime/src/storage/store.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import type { StorageChange } from '../../../../packages/runtime/src/storage/types.js';
import type { Delivery, Lost } from '../../../../packages/runtime/src/updates/engine/index.js';
import {
  UpdateFeed,
  type FeedContext,
} from '../../../../packages/runtime/src/updates/feed/index.js';
import * as make from '../model/make.js';
import { ModelPeers } from '../network/peers.js';
import { Scheduler } from './scheduler.js';

/** Counts its writes. */
class CountingStorage extends MemoryStorage {
  writes = 0;

  override async commit(changes: readonly StorageChange[]): Promise<void> {
    this.writes++;
    await super.commit(changes);
  }
}

/** How a small feed is. */
export interface SmallOptions extends Partial<Pick<FeedContext, 'journal' | 'self'>> {
  readonly settings?: Partial<ReturnType<FeedContext['settings']>>;
  /** Milliseconds that an answer takes. Default 20. */
  readonly answerAfter?: number;
  /** Milliseconds that a handler takes; null: handlers end when the test says so. Default 0. */
  readonly handler?: number | null;
  readonly storage?: CountingStorage;
  readonly peers?: ModelPeers;
}

/** One feed under virtual time, whose server is a function. */
export class SmallFeed {
  readonly scheduler = new Scheduler();
  readonly peers: ModelPeers;
  readonly storage: CountingStorage;
  readonly feed: UpdateFeed;
  readonly store: Store;
  readonly asked: TlMethod[] = [];
  readonly deliveries: Delivery[] = [];
  readonly dones: (() => void)[] = [];
  readonly lost: Lost[] = [];
  readonly errors: unknown[] = [];
  underWay = 0;
  /** Most calls under way, and most updates not done, at one time. */
  mostUnderWay = 0;
  mostWaiting = 0;
  #waiting = 0;

  /** @param answer - what the server says; an Error is thrown. */
  constructor(
    private readonly answer: (request: TlMethod) => unknown,
    private readonly options: SmallOptions = {},
  ) {
    this.scheduler.life = 1;
    this.peers = options.peers ?? new ModelPeers();
    this.storage = options.storage ?? new CountingStorage();
    const clock = this.scheduler.clock();
    const after: typeof clock.after = (ms, run) => clock.after(ms, run);
    this.store = new Store(this.storage, { after, saveInterval: () => 1 });
    this.feed = new UpdateFeed({
      schema,
      clock,
      world: 'test',
      store: this.store,
      peers: this.peers,
      log: { log: () => undefined },
      settings: () => ({
        catchUp: true,
        pollInterval: 900,
        queueLimit: 10_000,
        pollChannels: false,
        ...options.settings,
      }),
      self: options.self ?? (() => ({ id: make.SELF, bot: false })),
      invoke: (request) => this.#invoke(request),
      journal: options.journal ?? (() => null),
      fail: (error) => this.errors.push(error),
      silent: () => undefined,
      sink: {
        deliver: (delivery, done) => this.#deliver(delivery, done),
        lost: (lost) => this.lost.push(lost),
      },
    });
  }

  /** Opened, started and connected. */
  async start(): Promise<void> {
    void this.store.open();
    await this.wait(1);
    void this.feed.start();
    await this.wait(1);
    this.feed.connected();
    await this.wait(2_000);
  }

  async wait(milliseconds: number): Promise<void> {
    // what the test itself set off has to settle first
    this.scheduler.later(0, null, () => undefined);
    await this.scheduler.runUntil(this.scheduler.time + milliseconds);
  }

  push(...updates: base.TypeUpdates[]): void {
    for (const one of updates) this.feed.pushed(one);
  }

  /** Names of the methods that were asked. */
  get methods(): string[] {
    return this.asked.map(({ _ }) => _);
  }

  #deliver(delivery: Delivery, done: () => void): void {
    this.deliveries.push(delivery);
    this.mostWaiting = Math.max(this.mostWaiting, ++this.#waiting);
    const end = (): void => {
      this.#waiting--;
      done();
    };
    const { handler = 0 } = this.options;
    if (handler === null) this.dones.push(end);
    else if (handler === 0) end();
    else this.scheduler.later(handler, 1, end);
  }

  #invoke<Result>(request: TlMethod<Result>): Promise<Result> {
    this.asked.push(request);
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay);
    return new Promise((resolve, reject) => {
      this.scheduler.later(this.options.answerAfter ?? 20, null, () => {
        this.underWay--;
        const answer = this.answer(request);
        if (answer instanceof Error) return reject(answer);
        this.feed.answered(answer, request);
        resolve(answer as Result);
      });
    });
  }
}

export { CountingStorage };
