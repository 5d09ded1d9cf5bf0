import { Ledger } from './ledger.js';
import type { Item, Outbox } from './outbox.js';
import { Sequence } from './sequence.js';
import type { Entities, UpdateSource } from './types.js';
import type { base } from '@tlgen/telegram';

/** What a container holds that has no number of its own. */
export interface Rest {
  readonly updates: readonly base.TypeUpdate[];
  readonly entities: Entities;
  readonly from: UpdateSource;
  readonly date: number;
}

/** Numbers of an account outside of channels. */
export interface Marks {
  readonly pts: number;
  readonly qts: number;
  readonly seq: number;
  readonly date: number;
}

/** The three sequences of an account and what of them may be saved. */
export class CommonState {
  readonly pts: Sequence<Item>;
  readonly qts: Sequence<Item>;
  readonly seq: Sequence<Rest>;
  readonly ptsLedger = new Ledger(0);
  readonly qtsLedger = new Ledger(0);
  readonly seqLedger = new Ledger({ seq: 0, date: 0 });
  date = 0;

  constructor(pending: number) {
    this.pts = new Sequence(pending);
    this.qts = new Sequence(pending);
    this.seq = new Sequence(pending);
  }

  get known(): boolean {
    return this.pts.position !== null;
  }

  /** What it has come to. */
  get marks(): Marks {
    return {
      pts: this.pts.position ?? 0,
      qts: this.qts.position ?? 0,
      seq: this.seq.position ?? 0,
      date: this.date,
    };
  }

  /** What may be saved. */
  get saved(): Marks {
    const { seq, date } = this.seqLedger.saved;
    return { pts: this.ptsLedger.saved, qts: this.qtsLedger.saved, seq, date };
  }

  /** Goes on from there, once all that was delivered so far is acknowledged. */
  moveTo({ pts, qts, seq, date }: Marks): void {
    this.pts.position = pts;
    this.qts.position = qts;
    this.seq.position = seq;
    this.date = date;
    this.ptsLedger.reached(pts);
    this.qtsLedger.reached(qts);
    this.seqLedger.reached({ seq, date });
    for (const sequence of [this.pts, this.qts, this.seq]) sequence.since = null;
  }

  /** Since when the oldest gap is open. */
  get gapSince(): number | null {
    const open = [this.pts.since, this.qts.since, this.seq.since].filter((at) => at !== null);
    return open.length === 0 ? null : Math.min(...open);
  }

  /** Delivers the updates of a container that have no number, and notes the container's. */
  deliverRest(out: Outbox, rest: Rest, seq: number | null): void {
    const { updates, entities, from, date } = rest;
    for (const update of updates) out.deliver({ update, entities, from }, 'seq', this.seqLedger);
    if (seq === null) return;
    this.date = Math.max(this.date, date);
    this.seqLedger.reached({ seq, date: this.date });
  }
}
