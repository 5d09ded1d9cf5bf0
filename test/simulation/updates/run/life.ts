import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { Store } from '../../../../packages/runtime/src/storage/store.js';
import type { Delivery, Lost } from '../../../../packages/runtime/src/updates/engine/index.js';
import {
  UpdateFeed,
  type FeedContext,
} from '../../../../packages/runtime/src/updates/feed/index.js';
import type { ModelNetwork } from '../network/network.js';
import type { ModelPeers } from '../network/peers.js';
import * as make from '../model/make.js';
import { nameOf } from '../model/history.js';
import type { MortalDriver } from './driver.js';
import type { Plan } from './plan.js';
import type { Scheduler } from './scheduler.js';
import { HubSide } from './hub-side.js';
import { ModelHandlers, type Taker } from './sink.js';
import type { View } from './view.js';

/** What a life needs of its world. */
export interface Surroundings {
  readonly plan: Plan;
  readonly scheduler: Scheduler;
  readonly network: ModelNetwork;
  readonly peers: ModelPeers;
  readonly view: View;
  readonly driver: MortalDriver;
  /** Secret messages that are kept, whatever happens. */
  readonly journal: Set<string>;
  random(bound: number): number;
  /** Whether things go wrong. */
  bad(): boolean;
  problem(text: string): void;
  trace(text: string): void;
}

/** One process of the client, from its start to its death. */
export class Life {
  readonly feed: UpdateFeed;
  readonly store: Store;
  readonly #handlers: Taker;
  readonly #number: number;
  started = false;

  constructor(private readonly world: Surroundings) {
    const { scheduler, driver } = world;
    this.#number = scheduler.life;
    const clock = scheduler.clock();
    this.store = new Store(driver, {
      after: (ms, callback) => clock.after(ms, callback),
      saveInterval: () => 1,
    });
    this.#handlers = world.plan.hub ? this.#hubSide() : this.#modelHandlers();
    this.feed = new UpdateFeed(this.#context());
  }

  get alive(): boolean {
    return this.world.scheduler.life === this.#number;
  }

  /** Updates whose handlers have not ended. */
  get waiting(): number {
    return this.#handlers.waiting;
  }

  async start(): Promise<void> {
    await this.store.open();
    await this.feed.start();
    this.started = this.alive;
  }

  #context(): FeedContext {
    const { world } = this;
    const { plan, network } = world;
    return {
      schema,
      clock: world.scheduler.clock(),
      world: 'test',
      store: this.store,
      peers: world.peers,
      log: { log: (level, text) => world.trace(`log ${level}: ${text}`) },
      settings: () => ({
        catchUp: true,
        pollInterval: 900,
        queueLimit: plan.queueLimit,
        pollChannels: plan.pollChannels,
      }),
      self: () => ({ id: make.SELF, bot: plan.bot }),
      invoke: (request, options) => network.invoke(request, options),
      journal: () => (plan.journal === 'none' ? null : { store: (_, key) => this.#keep(key) }),
      fail: (error) => this.#failed(error),
      silent: ({ missed }) => {
        world.trace(`silence: ${missed} missed`);
        if (this.alive && network.bad) network.cut();
      },
      sink: {
        deliver: (delivery, done) => this.#deliver(delivery, done),
        lost: (lost) => this.#lost(lost),
      },
    };
  }

  #deliver(delivery: Delivery, done: () => void): void {
    const { view, trace } = this.world;
    if (!this.alive) return;
    const named = nameOf(delivery.update);
    trace(
      `deliver ${delivery.id}: ${named?.name ?? delivery.update._} (${named?.told}) ${delivery.from}`,
    );
    view.delivered(delivery);
    this.#handlers.deliver(delivery, done);
  }

  /** Resolves when all handlers have ended. */
  drain(): Promise<void> {
    return this.#handlers.drain();
  }

  #modelHandlers(): Taker {
    const { scheduler, view } = this.world;
    const later = (ms: number, run: () => void): unknown => scheduler.later(ms, this.#number, run);
    return new ModelHandlers(
      ({ update }, over) => {
        const end = (): void => {
          view.isDone(update);
          over();
        };
        const takes = this.#takes();
        if (takes === 0) end();
        else later(takes, end);
      },
      () => new Promise((resolve) => later(20, resolve)),
    );
  }

  #hubSide(): Taker {
    const { scheduler, plan, view, problem } = this.world;
    return new HubSide({
      clock: scheduler.clock(),
      queueLimit: plan.queueLimit,
      handler: () => ({ takes: this.#takes(), fails: this.world.random(100) < 5 }),
      shows: (update) => view.shows(update),
      isDone: (update) => view.isDone(update),
      problem,
    });
  }

  /** Milliseconds that the next handler takes. */
  #takes(): number {
    const { plan, bad, random } = this.world;
    const longest = bad() ? plan.handler : Math.min(plan.handler, 30);
    return longest === 0 ? 0 : random(longest);
  }

  #lost(lost: Lost): void {
    if (!this.alive) return;
    this.world.trace(`lost ${lost.box}: ${lost.from} to ${lost.to}`);
    this.world.view.losing(lost);
    this.#handlers.lost(lost);
    if (typeof lost.box !== 'bigint') return;
    if (lost.to === null) this.world.network.startsAnew(lost.box);
  }

  #keep(key: string): Promise<void> {
    const { scheduler, plan, journal } = this.world;
    const fails = plan.journal === 'fails' && this.world.bad() && this.world.random(100) < 20;
    return new Promise((resolve, reject) => {
      scheduler.later(this.world.random(100), this.#number, () => {
        if (fails) return reject(new Error('the journal is full'));
        journal.add(key);
        // it may die between the journal and the answer
        scheduler.later(this.world.random(20), this.#number, resolve);
      });
    });
  }

  #failed(error: unknown): void {
    const text = String(error);
    this.world.trace(`error ${text}`);
    if (!/journal is full|disk is full/.test(text)) this.world.problem(`it fails with ${text}`);
  }
}

/** Who is in what came to the client. */
export function entitiesIn(answer: unknown): readonly [base.TypeUser[], base.TypeChat[]] {
  if (typeof answer !== 'object' || answer === null) return [[], []];
  const users = 'users' in answer && Array.isArray(answer.users) ? answer.users : [];
  const chats = 'chats' in answer && Array.isArray(answer.chats) ? answer.chats : [];
  return [users as base.TypeUser[], chats as base.TypeChat[]];
}
