import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { Random } from '../../../../support/random.js';
import {
  UpdateEngine,
  type StoredUpdates,
  type UpdatesOutput,
} from '../../../../../packages/runtime/src/updates/engine/index.js';
import { combined, container, SELF } from '../kit.js';
import { nameOf, Server, type Box, type Happened } from './server.js';

const CHANNELS = [501n, 502n, 503n];

/** Begins not at 0, so that nobody gets away with assuming 0 or 1. */
const BEGIN = 40;

interface Job {
  readonly at: number;
  readonly order: number;
  /** Work of a life that is over is not done. */
  readonly life: number | null;
  run(): void;
}

/** A server, a network that loses, doubles, delays and reorders, and a client that dies and comes back. */
export class World {
  readonly #random: Random;
  readonly #server: Server;
  #engine: UpdateEngine;
  #life = 0;
  #time = 0;
  #jobs: Job[] = [];
  #order = 0;
  #saved: StoredUpdates;
  #bad = true;
  /** Events some handler was done with, or that the engine said are lost, or that were own actions. */
  readonly #handled = new Set<string>();
  readonly #own = new Set<string>();
  #lostUpTo = new Map<Box, number>();
  /** The last event of each kind that this life delivered. */
  #last = new Map<string, number>();
  deliveries = 0;
  restarts = 0;
  losses = 0;
  requests = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    this.#server = new Server(this.#random, CHANNELS, BEGIN);
    this.#saved = this.#server.stored();
    this.#engine = this.#begin();
  }

  /** Runs the whole story; throws where a rule is broken. */
  run(events: number): void {
    for (let i = 0; i < events; i++) {
      const at = this.#random.below(60_000);
      this.#later(at, null, () => {
        this.#happen();
      });
    }
    const restarts = this.#random.below(4);
    for (let i = 0; i < restarts; i++)
      this.#later(this.#random.below(60_000), null, () => this.#restart());
    for (let i = 0; i < 12; i++) this.#later(this.#random.below(60_000), null, () => this.#save());
    for (let i = 0; i < 3; i++) {
      this.#later(this.#random.below(60_000), null, () => this.#engine.missed(this.#now()));
    }
    this.#runUntil(60_000);
    this.#bad = false;
    this.#runUntil(60_000 + 40 * 60_000);
    this.#save();
    this.#judge();
  }

  #begin(): UpdateEngine {
    const life = ++this.#life;
    this.#last = new Map();
    const engine = new UpdateEngine({
      schema,
      self: SELF,
      bot: false,
      parallel: 2,
      pending: 8,
      outstanding: 20,
      knows: () => this.#life !== life || !this.#random.chance(3),
    });
    engine.start(this.#saved, this.#now());
    return engine;
  }

  #restart(): void {
    this.restarts++;
    if (this.#random.chance(50)) this.#save();
    this.#engine = this.#begin();
  }

  /** Something happens: it is pushed, or it was an own action. */
  #happen(): void {
    const box = this.#random.pick<Box>(['common', 'common', 'common', 'qts', 'seq', ...CHANNELS]);
    const burst = this.#random.chance(10) ? 1 + this.#random.below(15) : 1 + this.#random.below(2);
    const list = Array.from({ length: burst }, () => this.#server.happen(box));
    const numbered = box !== 'seq' && box !== 'qts';
    if (numbered && this.#random.chance(15)) {
      for (const one of list) this.#act(box, one);
      return;
    }
    const first = list[0]?.pts ?? 0;
    const seq = box === 'seq' ? this.#server.at('seq') : 0;
    const all = list.map(({ update }) => update);
    const date = list.at(-1)?.date ?? 0;
    if (box === 'seq') {
      const together = combined(all, first, seq);
      together.date = date;
      this.#push(together);
    } else if (this.#random.chance(50)) this.#push(container(all, 0, date));
    else for (const update of all) this.#push(container([update], 0, date));
  }

  #act(box: Box, one: Happened): void {
    this.#own.add(one.name);
    if (this.#random.chance(20)) return;
    const channel = typeof box === 'bigint' ? box : undefined;
    this.#later(this.#random.below(800), this.#life, () => {
      this.#engine.affected({ channel, pts: one.pts, ptsCount: one.count }, this.#now());
    });
  }

  #push(updates: base.TypeUpdates): void {
    const copies = this.#random.chance(20) ? 0 : this.#random.chance(15) ? 2 : 1;
    for (let i = 0; i < copies; i++) {
      const delay = this.#random.chance(70) ? 20 : this.#random.below(3000);
      this.#later(delay, this.#life, () => {
        this.#engine.receive(updates, this.#now());
      });
    }
  }

  #now(): { wall: number; steady: number } {
    return { wall: 0, steady: this.#time };
  }

  #later(delay: number, life: number | null, run: () => void): void {
    this.#jobs.push({ at: this.#time + delay, order: ++this.#order, life, run });
  }

  #runUntil(end: number): void {
    for (let rounds = 0; ; rounds++) {
      if (rounds > 20_000) throw new Error('no rest is found');
      this.#take();
      const job = this.#nextJob();
      const deadline = this.#engine.deadline() ?? Infinity;
      const at = Math.min(job?.at ?? Infinity, deadline);
      if (at > end) break;
      this.#time = Math.max(this.#time, at);
      if (job !== undefined && job.at <= deadline) {
        this.#jobs.splice(this.#jobs.indexOf(job), 1);
        if (job.life === null || job.life === this.#life) job.run();
      } else this.#engine.tick(this.#now());
    }
    this.#time = end;
  }

  #nextJob(): Job | undefined {
    let first: Job | undefined;
    for (const job of this.#jobs) {
      if (!first || job.at < first.at || (job.at === first.at && job.order < first.order))
        first = job;
    }
    return first;
  }

  #take(): void {
    for (const output of this.#engine.take()) this.#output(output);
  }

  #output(output: UpdatesOutput): void {
    const delay = this.#random.below(this.#bad ? 2000 : 50);
    if (output.type === 'request') {
      this.requests++;
      const fails = this.#bad && this.#random.chance(15);
      // the server answers when the request gets there; the answer takes its time back
      this.#later(delay / 2, this.#life, () => {
        const answer = fails ? null : this.#server.answer(output.request);
        this.#later(delay / 2, this.#life, () => {
          if (answer !== null) this.#engine.answered(output.id, answer, this.#now());
          else this.#engine.failed(output.id, { code: 'INTERNAL' }, this.#now());
        });
      });
    } else if (output.type === 'lost') {
      this.losses++;
      this.#later(delay, this.#life, () => {
        const known = this.#lostUpTo.get(output.box) ?? 0;
        for (const one of this.#server.history(output.box)) {
          if (one.pts > (output.from ?? 0) && one.pts <= (output.to ?? 0))
            this.#handled.add(one.name);
        }
        this.#lostUpTo.set(output.box, Math.max(known, output.to ?? 0));
        this.#engine.delivered(output.id, this.#now());
      });
    } else if (output.type === 'deliver') {
      this.deliveries++;
      const name = nameOf(output.update);
      this.#checkDelivery(name, output);
      this.#later(delay, this.#life, () => {
        this.#handled.add(name);
        if (output.durable) this.#engine.stored(output.id, this.#now());
        else this.#engine.delivered(output.id, this.#now());
      });
    } else if (output.type === 'forgotten') throw new Error(`forgot ${output.channel}`);
  }

  #checkDelivery(
    name: string,
    { update, box, from }: Extract<UpdatesOutput, { type: 'deliver' }>,
  ): void {
    const happened = this.#server.history(box).find((one) => one.name === name);
    if (!happened) throw new Error(`${name} did not happen in ${box}`);
    const told = 'pts' in update ? update.pts : 'qts' in update ? update.qts : happened.pts;
    const bare = from === 'difference' && told === 0;
    if (!bare && told !== happened.pts) throw new Error(`${name} with pts ${told}`);
    // a difference lists new messages apart from what happened to them: each kind has its order
    const kind = `${box} ${name.split(' ')[0] ?? ''}`;
    const last = this.#last.get(kind) ?? 0;
    if (happened.pts <= last) throw new Error(`${name}: ${happened.pts} after ${last} in ${box}`);
    this.#last.set(kind, happened.pts);
  }

  /** Whatever is saved, all before it was handled. */
  #save(): void {
    const saved = this.#engine.snapshot();
    if (saved === null) throw new Error('nothing to save');
    const marks: [Box, number][] = [
      ['common', saved.pts],
      ['qts', saved.qts],
      ['seq', saved.seq],
      ...saved.channels,
    ];
    for (const [box, mark] of marks) {
      for (const { name, pts } of this.#server.history(box)) {
        if (pts <= mark && !this.#handled.has(name) && !this.#own.has(name)) {
          throw new Error(`${box} is saved at ${mark}, but ${name} at ${pts} was not handled`);
        }
      }
    }
    this.#saved = saved;
  }

  #judge(): void {
    const { pts, qts, seq, channels } = this.#saved;
    const stored = this.#server.stored();
    const view = { pts, qts, seq, channels };
    const truth = {
      pts: stored.pts,
      qts: stored.qts,
      seq: stored.seq,
      channels: stored.channels,
    };
    const print = (one: typeof view): string =>
      `${one.pts} ${one.qts} ${one.seq} ${[...one.channels].join(' ')}`;
    if (print(view) !== print(truth))
      throw new Error(`came to ${print(view)}, not ${print(truth)}`);
    for (const [, history] of this.#server.histories) {
      for (const { name } of history) {
        if (!this.#handled.has(name) && !this.#own.has(name)) throw new Error(`${name} never came`);
      }
    }
  }
}
