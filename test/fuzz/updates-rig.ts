import type { AbortSignalLike, TlMethod } from '@tlgen/codec';
import { base, messages, updates } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { PeerError } from '../../packages/runtime/src/peers/errors.js';
import { MemoryStorage } from '../../packages/runtime/src/storage/memory.js';
import { Store } from '../../packages/runtime/src/storage/store.js';
import type { Delivery } from '../../packages/runtime/src/updates/engine/index.js';
import { UpdateFeed } from '../../packages/runtime/src/updates/feed/index.js';
import type { FeedContext } from '../../packages/runtime/src/updates/feed/index.js';
import { filters } from '../../packages/runtime/src/updates/filters/index.js';
import { UpdateHub } from '../../packages/runtime/src/updates/hub/index.js';
import type { UpdateStream } from '../../packages/runtime/src/updates/hub/index.js';
import type { Random } from '../support/random.js';
import { FakeClock, settle } from '../unit/runtime/network/fakes/clock.js';
import { container, difference, message, newMessage, state } from '../unit/runtime/updates/kit.js';

const SELF = 7n;
/** Deliveries beyond which the feed takes nothing. */
const LIMIT = 40;

interface Asked {
  readonly request: TlMethod;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** An account with its feed and hub, between a server and handlers that a test moves. */
export class UpdatesRig {
  readonly clock = new FakeClock();
  readonly store: Store;
  readonly hub: UpdateHub;
  readonly feed: UpdateFeed;
  /** What waits for an answer of the server. */
  asked: Asked[] = [];
  /** How often something was asked. */
  askedEver = 0;
  readonly failures: unknown[] = [];
  readonly lines: string[] = [];
  commits = 0;
  /** Ids of messages that handlers heard of since the honest server took over. */
  readonly heard: number[] = [];
  /** Updates, those of the moment apart, that are given and not done. */
  open = 0;
  /** Of handlers that are busy: each ends one. */
  busy: (() => void)[] = [];
  /** Handlers end at once, and nothing is wrong with them. */
  calm = false;
  private readonly reader: UpdateStream;

  constructor(
    private readonly random: Random,
    private readonly storage = new MemoryStorage(),
  ) {
    const { clock } = this;
    this.store = new Store(storage, {
      after: (milliseconds, callback) => clock.after(milliseconds, callback),
      saveInterval: () => 0,
    });
    const log: FeedContext['log'] = { log: (level, text) => this.lines.push(`${level}: ${text}`) };
    const settings = {
      catchUp: true,
      pollInterval: random.pick([0, 30, 900]),
      queueLimit: LIMIT,
      pollChannels: random.pick([false, true, [-1_000_000_000_050n]]),
      overflow: random.pick(['pause', 'drop-oldest'] as const),
    };
    this.hub = new UpdateHub({
      clock,
      log,
      actions: {
        sendText: () => Promise.resolve([]),
        known: () => null,
        answerCallback: () => Promise.resolve(),
        self: () => ({ id: SELF, bot: false, username: 'me' }),
      },
      settings: () => settings,
      wanted: () => undefined,
      handlerFailed: (error) => {
        if (!(error instanceof Error && error.message === 'a handler')) this.failures.push(error);
      },
      lost: () => undefined,
    });
    this.feed = new UpdateFeed({
      schema,
      clock,
      world: 'main',
      log,
      store: {
        get: (...args) => this.store.get(...args),
        list: (space) => this.store.list(space),
        commit: (changes) => {
          this.commits++;
          return this.store.commit(changes);
        },
      },
      peers: {
        known: (marked) => this.known(marked),
        load: () => {
          if (!this.calm && random.chance(10)) return Promise.reject(new LoadError('no disk'));
          return Promise.resolve(random.chance(50) ? null : FULL);
        },
        inputChannel: (channelId) =>
          channelId > 0n && channelId < 1000n
            ? Promise.resolve(new base.InputChannel({ channelId, accessHash: 1n }))
            : Promise.reject(new PeerError('UNKNOWN_PEER', String(channelId), 'unknown')),
      },
      sink: {
        deliver: (delivery, done) => this.deliver(delivery, done),
        lost: (lost) => this.hub.lost(lost),
      },
      settings: () => settings,
      self: () => ({ id: SELF, bot: false }),
      invoke: (request, options) => this.invoke(request, options?.signal),
      journal: () => null,
      fail: (error) => {
        if (!(error instanceof LoadError)) this.failures.push(error);
      },
      silent: () => undefined,
    });
    this.hub.on(filters.all, (event) => this.handle(event.update));
    this.hub.on(filters.command('start').or(filters.regex(/a+/)), () => undefined, { own: true });
    this.hub.on(filters.album, () => undefined);
    this.reader = this.hub.updates({ own: true });
  }

  async start(): Promise<void> {
    await this.store.open();
    await this.feed.start();
    await settle();
  }

  /** Another program that begins with what this one left. */
  async next(): Promise<UpdatesRig> {
    await this.store.close();
    const rig = new UpdatesRig(this.random, this.storage);
    rig.calm = true;
    await rig.start();
    return rig;
  }

  take(): Asked | undefined {
    return this.asked.splice(this.random.below(this.asked.length), 1)[0];
  }

  /** Whoever reads and handles goes on. */
  goOn(most: number): void {
    for (let i = 0; i < Math.min(most, 200); i++) void this.reader.next();
    for (const end of this.busy.splice(0, most)) end();
  }

  /** The honest server takes over, at that pts. @returns which of the nine messages that it pushes were handled. */
  async recover(pts: number): Promise<number[]> {
    this.calm = true;
    // as long as a box may wait before it asks again
    for (let round = 0; round < 16; round++) {
      await this.serve(pts, pts);
      await this.clock.advance(5_000);
    }
    this.feed.connected();
    for (let round = 0; round < 5; round++) await this.serve(pts, pts);
    for (let one = pts + 1; one < pts + 10; one++) {
      this.feed.pushed(container([newMessage(one)]));
      await this.serve(pts, one);
      await this.clock.advance(1000);
    }
    return this.heard.filter((one) => one > pts && one < pts + 10).map((one) => one - pts);
  }

  /** Answers what is asked, as it should be: the account began at one pts and has come to another. */
  private async serve(first: number, last: number): Promise<void> {
    await settle();
    this.goOn(Infinity);
    for (const { request, resolve, reject } of this.asked) {
      if (request._ === 'updates.getState') resolve(state(last, 5, 3));
      else if (request._ === 'messages.receivedQueue') resolve([]);
      else if (request._ === 'updates.getDifference') {
        const { pts } = request as updates.GetDifferenceRequest;
        const ids = Array.from({ length: last - first }, (_, i) => first + 1 + i);
        const messages = ids.filter((id) => id > pts).map((id) => message(id));
        resolve(difference(state(last, 5, 3), { messages }));
      } else reject(new PeerError('UNKNOWN_PEER', '', 'unknown'));
    }
    await settle();
  }

  /** @returns whether all handlers came to an end. */
  async end(): Promise<boolean> {
    this.goOn(Infinity);
    const drained = this.hub.drain(1000);
    await this.clock.advance(1000);
    this.hub.close();
    await this.feed.stop();
    await this.feed.save();
    return drained;
  }

  private deliver(delivery: Delivery, done: () => void): void {
    const counts = delivery.ephemeral || delivery.durable ? 0 : 1;
    this.open += counts;
    let over = false;
    this.hub.deliver(delivery, () => {
      if (over) throw new Error('done twice');
      over = true;
      this.open -= counts;
      done();
    });
  }

  private handle(update: base.TypeUpdate): unknown {
    if (this.calm) {
      if (update._ === 'updateNewMessage') this.heard.push(update.message.id);
      return undefined;
    }
    if (this.random.chance(10)) throw new Error('a handler');
    if (this.random.chance(50)) return undefined;
    return new Promise<void>((resolve) => this.busy.push(resolve));
  }

  private known(marked: bigint): typeof FULL | null | undefined {
    if (this.calm || marked === -1_000_000_000_050n) return FULL;
    return this.random.pick([FULL, FULL, null, undefined]);
  }

  private invoke<Result>(
    request: TlMethod<Result>,
    signal: AbortSignalLike | undefined,
  ): Promise<Result> {
    this.askedEver++;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        this.asked = this.asked.filter((one) => one !== asked);
        signal?.removeEventListener('abort', giveUp);
      };
      const giveUp = (): void => {
        end();
        reject(new Error('given up'));
      };
      const asked: Asked = {
        request,
        resolve: (answer) => {
          end();
          resolve(answer as Result);
        },
        reject: (error) => {
          end();
          reject(error as Error);
        },
      };
      this.asked.push(asked);
      signal?.addEventListener('abort', giveUp);
    });
  }
}

/** What a storage of peers says that is broken. */
class LoadError extends Error {}

const FULL = { type: 'user', accessHash: 1n, min: false } as const;

/** Requests whose answers the feed looks at. */
export const REQUESTS: readonly TlMethod[] = [
  new messages.SendMessageRequest({
    peer: new base.InputPeerUser({ userId: 100n, accessHash: 1n }),
    message: 'hello',
    randomId: 1n,
  }),
  new messages.ReadMentionsRequest({
    peer: new base.InputPeerChannel({ channelId: 50n, accessHash: 1n }),
  }),
  new messages.GetDialogsRequest({
    offsetDate: 0,
    offsetId: 0,
    offsetPeer: new base.InputPeerEmpty(),
    limit: 1,
    hash: 0n,
  }),
  new updates.GetStateRequest(),
] as readonly TlMethod[];
