import type { base, updates } from '@tlgen/telegram';
import { classify } from './classify.js';
import { earliest } from '../../session/earliest.js';
import { Inquiry } from './inquiry.js';
import { IDLE } from './limits.js';
import { Ledger } from './ledger.js';
import type { Item } from './outbox.js';
import { deliverStep, offerItem, runSteps } from './run.js';
import { Sequence } from './sequence.js';
import type { BoxContext } from './settings.js';
import type { ChannelDifferenceRequest, Entities } from './types.js';

/** The numbered updates of one channel or supergroup ("Working with Updates", channels). */
export class ChannelBox {
  readonly inquiry = new Inquiry();
  readonly #sequence: Sequence<Item>;
  readonly #ledger: Ledger<number>;
  /** Whether the server has pushed something of it. */
  pushed = false;
  #checkAt: number;
  #heardAt: number;
  #polled: boolean;

  /** @param pts - what the channel has come to. */
  constructor(
    readonly id: bigint,
    pts: number,
    private readonly context: BoxContext,
    now: number,
  ) {
    this.#sequence = new Sequence(context.settings.pending);
    this.#sequence.position = pts;
    this.#ledger = new Ledger(pts);
    this.#heardAt = now;
    // A polled one is asked at once: only the server says how long to wait.
    this.#polled = context.settings.poll(id);
    this.#checkAt = this.#polled ? now : now + this.#rest;
  }

  get position(): number {
    return this.#sequence.position ?? 0;
  }

  /** What may be saved. */
  get saved(): number {
    return this.#ledger.saved;
  }

  /** Whether what may be saved goes past a delivery that was acknowledged. */
  covers(id: number): boolean {
    return this.#ledger.covers(id);
  }

  /** Whether an update of it was delivered and not acknowledged. */
  get isOpen(): boolean {
    return this.#ledger.isOpen;
  }

  /** Whether nothing of it is wanted, waits, or is not done. */
  get isIdle(): boolean {
    const { inquiry } = this;
    return !inquiry.wanted && !inquiry.postponing && this.#sequence.waiting === 0 && !this.isOpen;
  }

  /** When it was last heard of, a reading of the steady clock. */
  get heardAt(): number {
    return this.#heardAt;
  }

  isOld(pts: number, count: number): boolean {
    return this.#sequence.isOld(pts, count);
  }

  /** Takes an update, or an own action of which only the pts is known. {@link ChannelBox.settle} delivers. */
  offer(pts: number, count: number, value: Item | null, now: number): void {
    this.#heardAt = now;
    if (count === 0 && pts <= this.position) {
      if (value !== null) this.context.out.deliver(value, this.id, this.#ledger);
    } else offerItem(this.#sequence, this.inquiry, { pts, count, value });
  }

  /** Delivers what is due. */
  settle(now: number): void {
    runSteps(this.#sequence, this.inquiry, now, (step) => {
      deliverStep(this.context.out, this.id, this.#ledger, step);
    });
  }

  /** How long it may be silent is another now, perhaps. */
  configured(now: number): void {
    const polled = this.context.settings.poll(this.id);
    if (!polled) this.#checkAt = this.#heardAt + this.#rest;
    else if (!this.#polled) this.#checkAt = now;
    this.#polled = polled;
  }

  /** Asks where a gap stayed open or it was silent for long. */
  check(now: number): void {
    const gap = this.#gapAt();
    if (gap !== null && now >= gap) this.inquiry.want();
    this.#checkAt = Math.max(this.#checkAt, this.#heardAt + this.#quiet);
    if (now < this.#checkAt) return;
    this.#restWith(now);
    if (!this.inquiry.postponing) this.inquiry.want(true);
  }

  wakeAt(): number {
    const check = Math.max(this.#checkAt, this.#heardAt + this.#quiet);
    return earliest(this.#gapAt(), this.inquiry.wakeAt, check) ?? check;
  }

  request(): ChannelDifferenceRequest {
    const limit = this.context.settings.channelLimit;
    return { type: 'channel-difference', channel: this.id, pts: this.position, limit };
  }

  /** Takes the answer to {@link ChannelBox.request}. Answers that lead nowhere are failures: false. */
  answered(answer: updates.TypeChannelDifference, now: number): boolean {
    const pts = answer._ === 'updates.channelDifferenceTooLong' ? ptsOf(answer) : answer.pts;
    if (pts === null || pts < 1) return false;
    const empty = answer._ === 'updates.channelDifferenceEmpty' || !bringsAny(answer);
    if (!answer.final && empty && pts === this.position) return false;
    this.inquiry.answered(answer.final);
    this.#restWith(now, answer.timeout);
    const { out } = this.context;
    const { delivered } = out;
    if (answer._ === 'updates.channelDifference') this.#deliver(answer, now);
    this.inquiry.progressed(answer.final, out.delivered > delivered, now);
    if (answer._ === 'updates.channelDifferenceTooLong') {
      const { messages, users, chats } = answer;
      const entities = { users, chats };
      out.lost(this.#ledger, { box: this.id, from: this.position, to: pts, messages, entities });
    } else if (pts < this.position) {
      out.log('warn', `channel ${this.id} went back from pts ${this.position} to ${pts}`);
    }
    this.#sequence.position = pts;
    this.#sequence.since = null;
    this.#ledger.reached(pts);
    this.settle(now);
    return true;
  }

  /** Tells that its updates up to now are lost; the box is of no more use. */
  abandon(): void {
    this.context.out.lost(this.#ledger, { box: this.id, from: this.position, to: null });
  }

  /** Tells that what came before it was followed is not known. */
  skipped(): void {
    this.context.out.lost(this.#ledger, { box: this.id, from: null, to: this.position });
  }

  get #quiet(): number {
    return this.context.settings.poll(this.id) ? 0 : this.context.settings.channelIdle;
  }

  /** Until when it may be silent; a polled one is asked about although the server names no time. */
  get #rest(): number {
    const { channelIdle, poll } = this.context.settings;
    return poll(this.id) ? Math.min(channelIdle, IDLE) : channelIdle;
  }

  #gapAt(): number | null {
    const { since } = this.#sequence;
    if (since === null || this.inquiry.postponing || this.inquiry.wanted) return null;
    return since + this.context.settings.gapWait;
  }

  #restWith(now: number, timeout?: number): void {
    const { settings } = this.context;
    const named = timeout !== undefined && timeout > 0 && settings.poll(this.id);
    this.#heardAt = now;
    this.#checkAt = now + (named ? timeout * 1000 : this.#rest);
  }

  #deliver(answer: updates.ChannelDifference, now: number): void {
    const { expander, out } = this.context;
    const entities: Entities = { users: answer.users, chats: answer.chats };
    const give = (update: base.TypeUpdate): void => {
      out.deliver({ update, entities, from: 'difference' }, this.id, this.#ledger);
    };
    for (const message of answer.newMessages) give(expander.found(message));
    for (const update of answer.otherUpdates) {
      const { box } = classify(update);
      if (box === this.id || box === 'seq' || box === 'none') give(update);
      else this.context.route({ update, entities, from: 'difference' }, now);
    }
  }
}

function ptsOf({ dialog }: updates.ChannelDifferenceTooLong): number | null {
  return dialog._ === 'dialog' ? (dialog.pts ?? null) : null;
}

function bringsAny(answer: updates.TypeChannelDifference): boolean {
  return (
    answer._ === 'updates.channelDifference' &&
    answer.newMessages.length + answer.otherUpdates.length > 0
  );
}
