import type { updates } from '@tlgen/telegram';
import { earliest } from '../../session/earliest.js';
import { CommonState, type Marks, type Rest } from './common-state.js';
import { deliverDifference } from './common-difference.js';
import { Inquiry } from './inquiry.js';
import type { Item } from './outbox.js';
import { deliverStep, offerItem, runSteps } from './run.js';
import type { BoxContext } from './settings.js';
import type { DifferenceRequest, RequestFailure, StateRequest } from './types.js';

/** pts, qts and seq of an account: three sequences that one difference brings up to date. */
export class CommonBox {
  readonly inquiry = new Inquiry();
  readonly #state: CommonState;
  #heardAt: number;
  /** Where the account was when the server called its state invalid. */
  #before: Marks | null = null;
  /** pts before the first update that was refused while nothing was known. */
  #refused: number | null = null;
  /** It has a fresh pts since then, and no difference was answered yet. */
  #renewed = false;

  constructor(
    private readonly context: BoxContext,
    now: number,
  ) {
    this.#state = new CommonState(context.settings.pending);
    this.#heardAt = now;
  }

  /** What may be saved; null: nothing is known yet. */
  get saved(): Marks | null {
    return this.#state.known ? this.#state.saved : null;
  }

  /** Goes on from what was saved. */
  restore(marks: Marks): void {
    this.#state.moveTo(marks);
  }

  /** Whether what may be saved goes past a delivery that was acknowledged. */
  covers(box: 'common' | 'qts' | 'seq', id: number): boolean {
    const { ptsLedger, qtsLedger, seqLedger } = this.#state;
    return (box === 'common' ? ptsLedger : box === 'qts' ? qtsLedger : seqLedger).covers(id);
  }

  isOld(box: 'common' | 'qts', pts: number, count: number): boolean {
    return (box === 'common' ? this.#state.pts : this.#state.qts).isOld(pts, count);
  }

  /** Something came: the account is not silent. */
  heard(now: number): void {
    this.#heardAt = now;
  }

  /** Takes a numbered update, or an own action of which only the pts is known. {@link CommonBox.settle} delivers. */
  offer(box: 'common' | 'qts', pts: number, count: number, value: Item | null): void {
    const state = this.#state;
    const sequence = box === 'common' ? state.pts : state.qts;
    const due = sequence.position !== null && pts <= sequence.position;
    if (count > 0 || (pts > 0 && !due)) {
      offerItem(sequence, this.inquiry, { pts, count, value });
    } else if (value !== null) {
      const ledger = box === 'common' ? state.ptsLedger : state.qtsLedger;
      this.context.out.deliver(value, box, ledger);
    }
  }

  /** Does not take an update: a difference is to bring it, also when the account begins only now. */
  refuse(box: 'common' | 'qts', pts: number, count: number): void {
    this.inquiry.want();
    if (box === 'common' && !this.#state.known) {
      this.#refused = Math.min(this.#refused ?? pts - count, pts - count);
    }
  }

  /** Takes what has no number of its own; `seq` 0: nor has its container. */
  offerRest(rest: Rest, seq: number, count: number): void {
    if (seq === 0) {
      this.#state.deliverRest(this.context.out, rest, null);
      return;
    }
    const sequence = this.#state.seq;
    // a container may begin before and end after what is known: it is applied from what is known on
    const known = sequence.position;
    const taken = known !== null && seq > known ? Math.min(count, seq - known) : count;
    const offered = sequence.offer({ pts: seq, count: taken, value: rest });
    if (offered === 'full' || offered === 'conflict') this.inquiry.want();
  }

  /** Delivers what is due. */
  settle(now: number): void {
    const { inquiry, context } = this;
    const state = this.#state;
    runSteps(state.pts, inquiry, now, (step) => {
      deliverStep(context.out, 'common', state.ptsLedger, step);
    });
    runSteps(state.qts, inquiry, now, (step) => {
      deliverStep(context.out, 'qts', state.qtsLedger, step);
    });
    if (inquiry.postponing) return;
    const { steps, conflict } = state.seq.drain(now);
    for (const { value, reached } of steps) {
      if (value !== null) state.deliverRest(context.out, value, reached);
    }
    if (conflict) inquiry.want();
  }

  /** Asks where a gap stayed open or it was silent for long. */
  check(now: number): void {
    const gap = this.#gapAt();
    if (gap !== null && now >= gap) this.inquiry.want();
    if (now < this.#heardAt + this.context.settings.idle) return;
    this.#heardAt = now;
    if (!this.inquiry.postponing) this.inquiry.want(true);
  }

  wakeAt(): number {
    const check = this.#heardAt + this.context.settings.idle;
    return earliest(this.#gapAt(), this.inquiry.wakeAt, check) ?? check;
  }

  request(): StateRequest | DifferenceRequest {
    if (!this.#state.known) return { type: 'state' };
    const { pts, qts, date } = this.#state.marks;
    return { type: 'difference', pts, qts, date, limit: this.context.settings.differenceLimit };
  }

  /** Takes the answer to {@link CommonBox.request}. Answers that lead nowhere are failures: false. */
  answered(answer: updates.TypeState | updates.TypeDifference, now: number): boolean {
    this.#heardAt = now;
    const known = this.#state.known;
    if ((answer._ === 'updates.state') === known || !makesSense(answer)) return false;
    const { delivered } = this.context.out;
    const done = this.#take(answer, now);
    if (!done) return false;
    const final =
      answer._ !== 'updates.differenceTooLong' && answer._ !== 'updates.differenceSlice';
    this.inquiry.progressed(final, this.context.out.delivered > delivered, now);
    this.settle(now);
    return true;
  }

  failed(error: RequestFailure, now: number): void {
    const { code, seconds } = error;
    if (code === 'PERSISTENT_TIMESTAMP_EMPTY' || code === 'PERSISTENT_TIMESTAMP_INVALID') {
      if (this.#state.known) this.#before = this.#state.marks;
      this.#forget();
    }
    this.inquiry.failed(now, seconds);
    this.settle(now);
  }

  #take(answer: updates.TypeState | updates.TypeDifference, now: number): boolean {
    const { marks } = this.#state;
    switch (answer._) {
      case 'updates.state':
        this.inquiry.answered(this.#before === null || this.#renewed);
        this.#begin(answer);
        return true;
      case 'updates.differenceEmpty':
        this.inquiry.answered(true);
        this.#renewed = false;
        this.#moveTo({ ...marks, date: answer.date, seq: answer.seq });
        return true;
      case 'updates.differenceTooLong':
        if (answer.pts === marks.pts) return false;
        this.inquiry.answered(false);
        this.#lost(marks.pts, answer.pts);
        this.#moveTo({ ...marks, pts: answer.pts });
        return true;
      default: {
        const final = answer._ === 'updates.difference';
        const next = final ? answer.state : answer.intermediateState;
        if (!final && next.pts === marks.pts && next.qts === marks.qts) return false;
        this.inquiry.answered(final);
        this.#renewed = false;
        deliverDifference(this.context, this.#state, answer, now);
        // a slice may name a seq whose updates only the last one brings
        this.#moveTo(final ? next : { ...next, seq: marks.seq });
        return true;
      }
    }
  }

  /**
   * The first state ever, or a fresh one. What was pushed before the answer came is not skipped: it is where the account
   * begins. An invalid state is one with a wrong pts until a fresh pts is refused too: secret messages, which nobody else
   * has, and what has no pts are still asked for from where they were.
   */
  #begin(state: updates.TypeState): void {
    const first = (lowest: number | null, known: number): number =>
      lowest !== null && lowest > 0 && lowest < known ? lowest : known;
    const pts = first(this.#refused, first(this.#state.pts.lowest, state.pts));
    this.#refused = null;
    const before = this.#before;
    this.#before = null;
    if (before !== null) this.#lost(before.pts, pts);
    if (before !== null && !this.#renewed) {
      this.#renewed = true;
      this.#moveTo({ ...before, pts });
      return;
    }
    this.#renewed = false;
    const qts = first(this.#state.qts.lowest, state.qts);
    if (before !== null && before.qts !== qts) {
      const { out } = this.context;
      out.lost(this.#state.qtsLedger, { box: 'qts', from: before.qts, to: qts });
    }
    const { lowest } = this.#state.seq;
    const seq = lowest !== null && lowest < state.seq ? lowest : state.seq;
    this.#moveTo({ pts, qts, seq, date: state.date });
  }

  #forget(): void {
    const { pts, qts, seq } = this.#state;
    for (const sequence of [pts, qts, seq]) {
      sequence.clear();
      sequence.position = null;
    }
    this.inquiry.reset();
  }

  #lost(from: number, to: number): void {
    this.context.out.lost(this.#state.ptsLedger, { box: 'common', from, to });
  }

  #moveTo(marks: Marks): void {
    const { pts } = this.#state.marks;
    if (marks.pts < pts) {
      this.context.out.log('warn', `the account went back from pts ${pts} to ${marks.pts}`);
    }
    this.#state.moveTo(marks);
  }

  #gapAt(): number | null {
    if (this.inquiry.postponing || this.inquiry.wanted) return null;
    const since = this.#state.gapSince;
    return since === null ? null : since + this.context.settings.gapWait;
  }
}

/** Numbers below 0 lead nowhere, and could not be stored. */
function makesSense(answer: updates.TypeState | updates.TypeDifference): boolean {
  switch (answer._) {
    case 'updates.differenceEmpty':
      return answer.seq >= 0 && answer.date >= 0;
    case 'updates.differenceTooLong':
      return answer.pts >= 0;
    default: {
      const { pts, qts, seq, date } =
        answer._ === 'updates.state'
          ? answer
          : answer._ === 'updates.difference'
            ? answer.state
            : answer.intermediateState;
      return pts >= 0 && qts >= 0 && seq >= 0 && date >= 0;
    }
  }
}
