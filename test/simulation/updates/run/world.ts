import type { base } from '@tlgen/telegram';
import { Random } from '../../../support/random.js';
import { nameOf, type Box } from '../model/history.js';
import * as make from '../model/make.js';
import { ModelServer, USERS } from '../model/server.js';
import { ModelNetwork } from '../network/network.js';
import { ModelPeers } from '../network/peers.js';
import { Disk, MortalDriver, type Fate } from './driver.js';
import { Events, type Own } from './events.js';
import { entitiesIn, Life } from './life.js';
import { CHAOS, type Mishap, type Plan } from './plan.js';
import { Scheduler } from './scheduler.js';
import { View } from './view.js';

/** Long enough for every box to be asked about after fifteen minutes of silence, and again. */
const REST = 35 * 60_000;

/** How often what happened in a run. */
export interface Tally {
  deliveries: number;
  deaths: number;
  losses: number;
  requests: number;
  steps: number;
}

/** A server, a network and a client that dies and comes back, in one queue of virtual time. */
export class World {
  readonly lines: string[] = [];
  readonly problems: string[] = [];
  readonly tally: Tally = { deliveries: 0, deaths: 0, losses: 0, requests: 0, steps: 0 };
  readonly #random: Random;
  readonly #scheduler = new Scheduler();
  readonly #server: ModelServer;
  readonly #events: Events;
  readonly #network: ModelNetwork;
  readonly #peers = new ModelPeers();
  readonly #disk = new Disk();
  readonly #view: View;
  readonly #journal = new Set<string>();
  #life: Life | null = null;
  #stopping = false;
  #settingUp = true;

  constructor(
    readonly plan: Plan,
    private readonly tracing: boolean,
  ) {
    const random = new Random(plan.seed);
    this.#random = random;
    this.#server = new ModelServer(random, plan.server);
    this.#events = new Events(random, this.#server, plan.unknown);
    this.#view = new View(this.#server, plan.hub);
    this.#network = new ModelNetwork(plan, random, this.#server, this.#scheduler, {
      pushed: (updates) => this.#pushed(updates),
      answered: (answer, request) => {
        this.#learn(answer);
        this.#life?.feed.answered(answer, request);
      },
      connected: () => this.#connected(),
      refused: (channel, code) => this.#refused(channel, code),
      confirming: (qts) => this.#confirming(qts),
      problem: (text) => this.#problem(text),
      trace: (text) => this.#trace(text),
    });
  }

  /** Runs the whole story. */
  async run(): Promise<void> {
    await this.#setUp();
    const { plan } = this;
    for (let i = 0; i < plan.events; i++) this.#at(() => this.#happen());
    for (const [mishap, at] of plan.mishaps) {
      this.#scheduler.later(at, null, () => this.#befall(mishap));
    }
    await this.#scheduler.runUntil(this.#scheduler.time + CHAOS);
    this.#trace('all is well from now on');
    this.#network.bad = false;
    this.#network.mend();
    this.#network.silent = false;
    if (this.#life === null && !this.#stopping) this.#begin();
    await this.#rest(10_000);
    this.#connected();
    await this.#rest(REST);
    for (const box of ['common', 'qts', 'seq', ...this.#server.joined] as const) {
      for (const container of this.#events.happen(box)) this.#push(container);
    }
    await this.#rest(60_000);
    await this.#close();
    this.tally.deliveries = this.#view.deliveries;
    this.tally.requests = this.#network.requests;
    this.tally.steps = this.#scheduler.steps;
  }

  /** An account that has seen everything, and whose channels are known. */
  async #setUp(): Promise<void> {
    const { plan } = this;
    this.#network.bad = false;
    this.#peers.learn(
      USERS.slice(0, plan.unknown > 0 ? 3 : 4).map((id) => make.user(id)),
      [
        ...this.#server.channels.map((id) => make.channel(id)),
        ...this.#server.groups.map((id) => make.group(id)),
      ],
    );
    this.#peers.learn([make.user(make.SELF)], []);
    this.#begin();
    await this.#rest(3_000);
    for (const id of this.#server.channels) {
      this.#life?.feed.follow(id, this.#server.at(id));
      this.#view.follows(id, this.#server.at(id));
    }
    await this.#rest(3_000);
    const saved = this.#view.saving();
    void this.#life?.feed.save().then(saved, () => this.#problem('the first state is not saved'));
    await this.#rest(3_000);
    this.#network.bad = true;
    this.#settingUp = false;
  }

  /** All that had to happen did; nothing comes again. */
  async #close(): Promise<void> {
    // channels that are polled are asked about now and then
    for (let i = 0; i < 100 && this.#network.underWay > 0; i++) await this.#rest(20);
    const { underWay } = this.#network;
    if (underWay > 0) this.#problem(`${underWay} calls are still under way`);
    if ((this.#life?.waiting ?? 0) > 0) this.#problem('some handlers have not ended');
    this.#view.judge();
    const secrets = this.#server.history('qts').filter(({ secret }) => secret !== undefined);
    if (this.plan.journal !== 'none') {
      for (const { secret, name } of secrets) {
        const key = `secret:${secret?.chatId}:${secret?.randomId}`;
        const safe = this.#journal.has(key) || this.#view.lost.has(name);
        if (!safe) this.#problem(`${name} was never stored`);
      }
    }
    // once more: all is done and saved, and the view tells when something comes again
    this.#befall('stop');
    await this.#rest(20_000);
    if (this.#stopping) this.#problem('the end does not end');
    this.problems.push(...this.#view.problems);
  }

  async #rest(milliseconds: number): Promise<void> {
    await this.#scheduler.runUntil(this.#scheduler.time + milliseconds);
  }

  #at(run: () => void): void {
    this.#scheduler.later(this.#random.below(CHAOS), null, run);
  }

  #begin(): void {
    const { scheduler } = { scheduler: this.#scheduler };
    scheduler.life++;
    this.#stopping = false;
    this.#network.begins();
    this.#view.begins();
    this.#peers.forgetMemory();
    const driver = new MortalDriver(
      this.#disk,
      (write) => this.#fate(write),
      (run) => void scheduler.later(this.#random.below(10), scheduler.life, run),
      (why) => this.#die(why),
    );
    const life = new Life({
      plan: this.plan,
      scheduler,
      network: this.#network,
      peers: this.#peers,
      view: this.#view,
      driver,
      journal: this.#journal,
      random: (bound) => this.#random.below(bound),
      bad: () => this.#network.bad,
      problem: (text) => this.#problem(text),
      trace: (text) => this.#trace(text),
    });
    this.#life = life;
    this.#trace(`life ${scheduler.life} begins`);
    const early = this.#random.chance(30);
    void life.start().then(
      () => (early ? undefined : this.#connected()),
      (error: unknown) => this.#problem(`start() fails: ${String(error)}`),
    );
    if (early) this.#connected();
  }

  #fate(write: number): Fate {
    return this.#network.bad && !this.#settingUp ? (this.plan.writes.get(write) ?? 'well') : 'well';
  }

  #die(why: string): void {
    if (this.#life === null) return;
    this.tally.deaths++;
    this.#trace(`dies ${why}`);
    this.#scheduler.life++;
    this.#life = null;
    this.#scheduler.later(this.#random.below(2000), null, () => {
      if (this.#life === null) this.#begin();
    });
  }

  /** Ends in good order: handlers end, what is done is saved. */
  async #stop(): Promise<void> {
    const life = this.#life;
    if (life === null || this.#stopping) return;
    this.#stopping = true;
    this.#trace('stops');
    await life.feed.stop();
    await life.drain();
    let saved = false;
    const kept = this.#view.saving();
    try {
      await life.feed.save();
      saved = true;
    } catch (error) {
      this.#trace(`save() fails: ${String(error)}`);
    }
    if (!life.alive) return;
    if (saved && life.waiting === 0) {
      kept();
      this.#view.settled(this.plan.journal !== 'none');
    }
    this.#life = null;
    this.#scheduler.life++;
    this.#trace('ended');
    this.#begin();
  }

  #befall(mishap: Mishap): void {
    const { plan } = this;
    if (mishap === 'cut') this.#network.cut();
    else if (mishap === 'silence') {
      this.#network.silent = true;
      this.#scheduler.later(this.#random.below(20_000), null, () => (this.#network.silent = false));
    } else if (mishap === 'session') this.#life?.feed.sessionCreated();
    else if (mishap === 'die') this.#die('by itself');
    else if (mishap === 'stop') void this.#stop();
    else if (mishap === 'jump') {
      this.#scheduler.jumped += (this.#random.below(3) - 1) * 86_400_000;
    } else {
      const saved = this.#view.saving();
      void this.#life?.feed.save().then(saved, () => undefined);
    }
    if (this.tracing && plan.mishaps.length > 0) this.#trace(`befalls: ${mishap}`);
  }

  /** Something happens, there or here. */
  #happen(): void {
    const random = this.#random;
    const roll = random.below(100);
    if (roll < 3) return this.#changeMember();
    if (roll < 5) {
      for (const container of this.#events.migrate()) this.#push(container);
      return;
    }
    if (roll < 25) {
      const own = this.#events.own(this.#view.messages);
      if (own !== null && this.#life?.started === true) this.#act(own);
      return;
    }
    const boxes: Box[] = ['common', 'common', 'common', 'qts', 'seq', ...this.#server.channels];
    const box = random.pick(boxes);
    const containers = this.#events.happen(box);
    if (typeof box === 'bigint' && !this.#server.joined.has(box)) return;
    for (const container of containers) this.#push(container);
  }

  #changeMember(): void {
    const channel = this.#random.pick(this.#server.channels);
    const joins = !this.#server.joined.has(channel);
    this.#trace(`${joins ? 'joins' : 'is out of'} ${channel}`);
    this.#push(this.#events.member(channel, joins));
    if (!joins) return;
    // it does not know yet that it is in again
    this.#unfollows(channel);
    const pts = this.#server.at(channel);
    if (this.#random.chance(50)) this.#life?.feed.follow(channel, pts);
  }

  #push(container: base.TypeUpdates): void {
    if (this.tracing) this.#trace(`happens: ${summary(container)}`);
    if (this.#life !== null) this.#network.push(container);
  }

  #pushed(container: base.TypeUpdates): void {
    this.#learn(container);
    if (this.tracing) this.#trace(`pushed: ${summary(container)}`);
    this.#life?.feed.pushed(container);
  }

  /** Peers, and which channels the account is out of. */
  #learn(answer: unknown): void {
    const [users, chats] = entitiesIn(answer);
    this.#peers.learn(users, chats);
    for (const one of chats) if (one._ === 'channelForbidden') this.#unfollows(one.id);
  }

  #act(own: Own): void {
    const { scheduler, random } = { scheduler: this.#scheduler, random: this.#random };
    const { life } = scheduler;
    const delay = (): number => random.below(random.chance(80) ? 100 : 2000);
    scheduler.later(delay(), null, () => {
      const answer = own.perform();
      if (answer === null) return;
      if (own.deletes !== undefined) this.#view.deletes(own.deletes);
      this.#trace(`own ${own.request._}: ${summary(answer)}`);
      const send = (tries: number): void => {
        if (random.chance(this.plan.unanswered)) {
          this.#trace(`  its answer is lost`);
          if (tries > 0 && random.chance(50)) scheduler.later(1500, life, () => send(tries - 1));
          return;
        }
        scheduler.later(delay(), life, () => {
          this.#trace(`own answer ${summary(answer)}`);
          this.#learn(answer);
          this.#life?.feed.answered(answer, own.request);
        });
      };
      send(2);
    });
  }

  #connected(): void {
    if (!this.#network.up || this.#life === null) return;
    this.#life.feed.connected();
    if (this.#network.bad && this.#random.chance(30)) this.#life.feed.sessionCreated();
  }

  #refused(channel: bigint | null, code: string): void {
    const anew = code.startsWith('PERSISTENT_TIMESTAMP_') && !code.endsWith('OUTDATED');
    if (channel !== null && (anew || code === 'CHANNEL_PRIVATE')) this.#unfollows(channel);
    else if (channel === null && anew) {
      this.#network.startsAnew(null);
      for (const box of ['common', 'qts', 'seq'] as const) this.#view.startsAnew(box);
    }
  }

  #unfollows(channel: bigint): void {
    this.#view.unfollows(channel);
    this.#network.startsAnew(channel);
  }

  /** The server lets go of secret messages up to there. */
  #confirming(qts: number): void {
    for (const { pts, secret, name } of this.#server.history('qts')) {
      if (secret === undefined || pts > qts) continue;
      const key = `secret:${secret.chatId}:${secret.randomId}`;
      const safe = this.#journal.has(key) || this.#view.lost.has(name);
      if (!safe) this.#problem(`${name} is confirmed, and was not stored`);
    }
  }

  #problem(text: string): void {
    this.#trace(`PROBLEM ${text}`);
    this.problems.push(`${(this.#scheduler.time / 1000).toFixed(2)} s: ${text}`);
  }

  #trace(text: string): void {
    if (!this.tracing) return;
    const at = (this.#scheduler.time / 1000).toFixed(3).padStart(9);
    this.lines.push(`${at} ${text}`);
  }
}

/** What a container tells, for a trace. */
function summary(container: unknown): string {
  if (typeof container !== 'object' || container === null) return String(container);
  const { _, seq } = container as { readonly _?: string; readonly seq?: number };
  if ('updates' in container && Array.isArray(container.updates)) {
    const all = (container.updates as base.TypeUpdate[]).map((one) => {
      const named = nameOf(one);
      if (named === null) return one._;
      const channel =
        'message' in one &&
        typeof one.message === 'object' &&
        'peerId' in one.message &&
        one.message.peerId?._ === 'peerChannel'
          ? ` in ${one.message.peerId.channelId}`
          : '';
      return `${named.name}${channel} (${named.told})`;
    });
    return `${_} seq ${seq} [${all.join(', ')}]`;
  }
  if ('update' in container) return `${_} ${nameOf(container.update as base.TypeUpdate)?.name}`;
  const { id, pts, ptsCount } = container as Record<string, unknown>;
  return `${_} ${id ?? ''} pts ${pts}/${ptsCount}`;
}
