import type { TlMethod } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import {
  UpdateEngine,
  type BoxId,
  type RequestFailure,
  type UpdatesAnswer,
  type UpdatesOutput,
} from '../engine/index.js';
import { CongestionWatch } from './congestion.js';
import { Delivering } from './delivering.js';
import { Driver } from './driver.js';
import type { Hands } from './in-hand.js';
import { Inbox } from './inbox.js';
import type { Input } from './input.js';
import { KnownPeers } from './known-peers.js';
import { LeftChannels } from './left-channel.js';
import { inputsOf, type OwnContext } from './own-results.js';
import { Places } from './places.js';
import { PolledChannels } from './polled.js';
import { Reconnects } from './reconnects.js';
import { Requests } from './requests.js';
import { Saving } from './saving.js';
import { SilenceWatch } from './silence.js';
import type { Loaded, StateStore } from './state-store.js';
import type { FeedContext } from './types.js';

/** Who is signed in. */
export interface Self {
  readonly id: bigint;
  readonly bot: boolean;
}

/**
 * One life of an engine, from a start to a stop. What must be on disk before what:
 *
 * 1. An update is done before a position past it is written.
 * 2. The positions of all boxes, and the keys of what is done beyond them, are one commit: all of it counts, or none.
 * 3. A secret message is in the journal before its handlers see it, and before a qts past it is written.
 * 4. A qts is written before the server is told that it need not keep what came up to there.
 * 5. Where an account begins is written at once, so that what comes from then on is delivered by this run or the next.
 * 6. What stood there of another account, or of one that begins anew, goes with the first commit of this one.
 */
export class FeedRun {
  readonly #driver: Driver;
  readonly #delivering: Delivering;
  readonly #saving: Saving;
  readonly #inbox: Inbox;
  readonly #known: KnownPeers;
  readonly #requests: Requests;
  readonly #polled: PolledChannels;
  readonly #places: Places;
  readonly #silence: SilenceWatch;
  readonly #congestion: CongestionWatch;
  readonly #reconnects = new Reconnects();
  readonly #own: OwnContext;
  readonly #left: LeftChannels;
  /** Updates that differences brought although the server should have pushed them. */
  #found = 0;
  /** What the answer at hand makes the engine ask is due to silence, too. */
  #following = false;

  constructor(
    private readonly context: FeedContext,
    private readonly self: Self,
    states: StateStore,
    private readonly loaded: Loaded,
    hands: Hands,
  ) {
    const { clock, schema } = context;
    this.#polled = new PolledChannels(() => context.settings());
    this.#known = new KnownPeers(context.peers, self.id, (error) => context.fail(error));
    this.#driver = new Driver(this.#engine(), clock, {
      output: (output) => this.#output(output),
      changed: () => {
        this.#saving.touch();
        this.#congestion.look();
      },
      fail: (error) => context.fail(error),
    });
    const { engine } = this.#driver;
    this.#congestion = new CongestionWatch(clock, context.log, engine);
    this.#delivering = new Delivering(context, this.#driver, loaded.done, hands);
    this.#requests = new Requests(context, {
      answered: (id, answer) => this.#answered(id, answer),
      failed: (id, failure) => this.#failed(id, failure),
    });
    this.#places = new Places(this.#polled, engine, this.#requests, (channel, pts) => {
      this.follow(channel, pts);
    });
    this.#saving = new Saving(context, {
      self,
      states,
      qts: loaded.stored?.qts ?? null,
      snapshot: () => engine.snapshot(),
      keys: () => this.#delivering.keys(),
      confirm: (maxQts) => this.#requests.confirm(maxQts),
    });
    this.#inbox = new Inbox({
      prepare: (input) => this.#prepare(input),
      take: (input) => this.#take(input),
      dropped: () => this.missed(),
    });
    this.#silence = new SilenceWatch(clock, ({ milliseconds, missed }) => {
      const text = `nothing was pushed for ${Math.round(milliseconds / 1000)} s, though there were updates`;
      context.log.log('warning', `updates: ${text}: ${missed}`);
      this.#driver.guard(() => context.silent({ milliseconds, missed }));
    });
    this.#own = { schema, self: self.id, isPolled: (channel) => this.#polled.named().has(channel) };
    this.#left = new LeftChannels(this.#own.isPolled);
  }

  start(): void {
    const { stored, damaged } = this.loaded;
    for (const box of damaged) this.#delivering.lostTrack(box);
    this.#driver.call((engine, now) => engine.start(stored, now));
    this.#places.ask();
  }

  /** The settings have changed. */
  configured(): void {
    this.#driver.call((engine, now) => engine.configured(now));
    this.#places.ask();
  }

  pushed(updates: base.TypeUpdates): void {
    this.#silence.heard();
    this.#inbox.put({ type: 'updates', updates, from: 'push' });
  }

  answered(answer: unknown, request: TlMethod): void {
    this.#driver.guard(() => {
      for (const input of inputsOf(this.#own, answer, request)) this.#inbox.put(input);
    });
  }

  follow(channel: bigint, pts: number): void {
    this.#inbox.put({ type: 'follow', channel, pts });
  }

  /** Channels are not asked about one by one: the common difference names those in which something happened. */
  connected(): void {
    if (this.#reconnects.connected()) this.missed();
  }

  sessionCreated(): void {
    if (this.#reconnects.sessionCreated()) this.missed();
  }

  /** Takes nothing more; `done` still counts. */
  close(): void {
    this.#inbox.close();
    this.#requests.abort();
    this.#delivering.close();
    this.#driver.close();
    this.#silence.reset();
    this.#congestion.stop();
    this.#saving.close();
  }

  /** What is given, for the next life. @param renew - lets the sink drop what nobody has begun with. */
  leave(renew: () => void): Hands {
    return this.#delivering.leave(renew);
  }

  /** @throws StorageError. */
  save(): Promise<void> {
    return this.#saving.save();
  }

  /** Tries to save; what fails is tried again. Never rejects. */
  flush(): Promise<void> {
    return this.#saving.flush();
  }

  /** Saves nothing more. */
  end(): void {
    this.#saving.end();
  }

  #engine(): UpdateEngine {
    const { schema, settings } = this.context;
    return new UpdateEngine({
      schema,
      self: this.self.id,
      bot: this.self.bot,
      idle: () => {
        const { pollInterval } = settings();
        return pollInterval > 0 ? pollInterval * 1000 : Infinity;
      },
      outstanding: () => Math.max(1, settings().queueLimit),
      knows: (update, entities) => this.#known.knows(update, entities),
      poll: (channel) => this.#polled.has(channel),
    });
  }

  missed(): void {
    this.#silence.reset();
    this.#driver.call((engine, now) => engine.missed(now));
  }

  #prepare(input: Input): Promise<void> | null {
    let loading: Promise<void> | null = null;
    if (input.type === 'updates') {
      this.#driver.guard(() => (loading = this.#known.load(input.updates)));
    }
    return loading;
  }

  #take(input: Input): void {
    this.#driver.call((engine, now) => {
      if (input.type === 'updates') engine.receive(input.updates, now, input);
      else if (input.type === 'affected') engine.affected(input.affected, now);
      else engine.follow(input.channel, input.pts, now);
    });
  }

  #output(output: UpdatesOutput): void {
    switch (output.type) {
      case 'deliver':
        if (output.from === 'difference' && this.#isPushed(output.box)) this.#found++;
        this.#delivering.deliver(output);
        this.#leave(this.#left.find(output));
        return;
      case 'lost':
        this.#delivering.lost(output);
        return;
      case 'request': {
        const { id, request, silent } = output;
        if (this.#following || (silent && request.type === 'difference')) this.#silence.asked(id);
        this.#requests.carry(id, request);
        return;
      }
      case 'forgotten':
        this.context.log.log(
          'verbose',
          `updates: channel ${output.channel} is not followed any more: ${output.reason}`,
        );
        return;
      default:
        this.context.log.log(
          output.level === 'warn' ? 'warning' : 'verbose',
          `updates: ${output.text}`,
        );
    }
  }

  #answered(id: number, answer: UpdatesAnswer): void {
    const before = this.#found;
    this.#following = this.#silence.isAsked(id);
    let understood = false;
    this.#driver.call((engine, now) => {
      try {
        engine.answered(id, answer, now);
        if (!('final' in answer)) this.#reconnects.answered();
        understood = true;
      } finally {
        if (!understood) engine.failed(id, { code: 'not-understood' }, now);
      }
    });
    this.#following = false;
    // where the account begins: what has come since is not lost with the process
    if (understood && answer._ === 'updates.state') this.#saving.soon();
    this.#silence.answered(id, this.#found - before);
    if (understood) this.#driver.recovered();
  }

  #failed(id: number, failure: RequestFailure): void {
    this.#driver.call((engine, now) => engine.failed(id, failure, now));
    this.#silence.answered(id, 0);
  }

  /** Whether the server pushes what happens in a box: of some channels it pushes nothing, by design. */
  #isPushed(box: BoxId): boolean {
    if (typeof box === 'bigint') return this.#driver.engine.isPushed(box);
    return box === 'common' || box === 'qts';
  }

  /** A channel one has left goes on without us. */
  #leave(channel: bigint | null): void {
    if (channel !== null) this.#driver.call((engine, now) => engine.forget(channel, now));
  }
}
