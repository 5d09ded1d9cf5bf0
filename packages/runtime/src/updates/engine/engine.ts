import type { base } from '@tlgen/telegram';
import type { Now } from '../../platform/types.js';
import { earliest } from '../../session/earliest.js';
import { CommonBox } from './common-box.js';
import { ChannelBoxes } from './channel-boxes.js';
import { Expander } from './expand.js';
import { isChannelAnswer } from './answers.js';
import { Outbox } from './outbox.js';
import { Router } from './router.js';
import { settingsOf, type Settings } from './settings.js';
import type {
  Affected,
  Delivery,
  ReceiveOptions,
  RequestFailure,
  StoredUpdates,
  UpdateEngineOptions,
  UpdatesAnswer,
  UpdatesOutput,
} from './types.js';

/**
 * Brings the updates of one account in order and finds those that got lost ("Working with Updates"). Sans-IO: it is
 * told what came and when; it tells what to deliver and to ask ({@link UpdateEngine.take}) and when it wants to be
 * woken ({@link UpdateEngine.deadline}). Only the steady clock counts.
 *
 * Delivery is at least once: {@link UpdateEngine.snapshot} lags behind the acknowledgements. After each call of a
 * method take the outputs and look at the deadline.
 */
export class UpdateEngine {
  readonly #settings: Settings;
  readonly #out: Outbox;
  readonly #channels: ChannelBoxes;
  readonly #common: CommonBox;
  readonly #router: Router;
  #started = false;
  #wakeAt: number | null = null;

  constructor(options: UpdateEngineOptions) {
    this.#settings = settingsOf(options);
    this.#out = new Outbox(this.#settings.durable);
    const expander = new Expander(options.schema, options.self);
    const context = {
      settings: this.#settings,
      out: this.#out,
      expander,
      route: (...args: Parameters<Router['route']>) => this.#router.route(...args),
    };
    this.#channels = new ChannelBoxes(context);
    this.#common = new CommonBox(context, 0);
    const knows = options.knows ?? ((): boolean => true);
    this.#router = new Router(context, this.#common, this.#channels, knows);
  }

  /** Deliveries, durable ones apart, that wait for their acknowledgement. */
  get outstanding(): number {
    return this.#out.outstanding;
  }

  /** Begins: with what was saved and a difference for each box, or, for an account without, with the server's state. */
  start(stored: StoredUpdates | null, now: Now): void {
    if (this.#started) return;
    this.#started = true;
    this.#common.heard(now.steady);
    this.#common.inquiry.want();
    if (stored !== null) {
      this.#common.restore(stored);
      for (const [id, pts] of stored.channels) {
        const box = this.#channels.add(id, pts, now.steady);
        if (box === null) break;
        box.inquiry.want();
        this.#channels.touched(box, now.steady);
      }
    }
    this.#settle(now.steady);
  }

  /** Takes updates that were pushed, or came with the result of an own request. */
  receive(updates: base.TypeUpdates, now: Now, options: ReceiveOptions = {}): void {
    // one's own actions say nothing of whether the server pushes
    if (options.from !== 'own') this.#common.heard(now.steady);
    this.#router.receive(updates, options, now.steady);
    this.#settle(now.steady);
  }

  /** Takes the pts of an own action (`messages.affectedMessages`, `messages.affectedHistory`). */
  affected({ channel, pts, ptsCount }: Affected, now: Now): void {
    if (pts <= 0 || ptsCount <= 0 || ptsCount > pts) return;
    if (channel === undefined) this.#common.offer('common', pts, ptsCount, null);
    else this.#router.ownAction(channel, pts, ptsCount, now.steady);
    this.#settle(now.steady);
  }

  /**
   * Updates may have been missed: a new session, a new connection.
   *
   * @param options - `channels`: ask about every channel too; else the difference names those in which something
   *   happened.
   */
  missed(now: Now, options: { readonly channels?: boolean } = {}): void {
    this.#common.inquiry.want();
    if (options.channels) {
      for (const box of this.#channels.all()) {
        box.inquiry.want();
        this.#channels.touched(box, now.steady);
      }
    }
    this.#settle(now.steady);
  }

  /** The answer to a request; answers nobody waits for are ignored. */
  answered(request: number, answer: UpdatesAnswer, now: Now): void {
    if (this.#channels.asked(request)) {
      if (isChannelAnswer(answer)) this.#channels.answered(request, answer, now.steady);
      else this.#channels.failed(request, { code: 'unexpected-answer' }, now.steady);
    } else if (this.#common.inquiry.asking === request) {
      if (isChannelAnswer(answer) || !this.#common.answered(answer, now.steady)) {
        this.#out.log('warn', 'an answer that leads nowhere');
        this.#common.failed({ code: 'unexpected-answer' }, now.steady);
      }
    }
    this.#settle(now.steady);
  }

  /** A request failed; it is made again when that makes sense. */
  failed(request: number, error: RequestFailure, now: Now): void {
    if (this.#channels.asked(request)) this.#channels.failed(request, error, now.steady);
    else if (this.#common.inquiry.asking === request) this.#common.failed(error, now.steady);
    this.#settle(now.steady);
  }

  /** Handlers are done with a delivery: its place may be saved, unless it is `durable`. */
  delivered(id: number, now: Now): void {
    this.#out.acknowledge(id, false);
    this.#settle(now.steady);
  }

  /** A journal holds what was delivered: its place may be saved. */
  stored(id: number, now: Now): void {
    this.#out.acknowledge(id, true);
    this.#settle(now.steady);
  }

  /** Follows a channel from a pts that a dialog or `channels.getFullChannel` told, unless it is followed already. */
  follow(channel: bigint, pts: number, now: Now): void {
    if (pts > 0 && !this.#channels.get(channel)) this.#channels.add(channel, pts, now.steady);
    this.#settle(now.steady);
  }

  /** Stops following a channel: it was left, or is gone. */
  forget(channel: bigint, now: Now): void {
    this.#channels.forget(channel, 'left');
    this.#settle(now.steady);
  }

  /** What was given as functions is another now, perhaps. */
  configured(now: Now): void {
    this.#channels.configured(now.steady);
    this.#settle(now.steady);
  }

  /** Whether a channel is followed. */
  follows(channel: bigint): boolean {
    return this.#channels.get(channel) !== undefined;
  }

  /** Whether the server has pushed something of a channel since it is followed. */
  isPushed(channel: bigint): boolean {
    return this.#channels.get(channel)?.pushed ?? false;
  }

  /** Whether nothing is taken or asked for, because too many deliveries are not acknowledged. */
  get congested(): boolean {
    return this.#out.outstanding >= this.#settings.outstanding;
  }

  /** Does what is due. */
  tick(now: Now): void {
    if (this.#wakeAt !== null && now.steady >= this.#wakeAt) this.#common.check(now.steady);
    this.#channels.tick(now.steady);
    this.#settle(now.steady);
  }

  /** What to do since it was last asked. */
  take(): UpdatesOutput[] {
    return this.#out.take();
  }

  /** When to call {@link UpdateEngine.tick} at the latest: a reading of the steady clock. */
  deadline(): number | null {
    return this.#started ? earliest(this.#wakeAt, this.#channels.deadline()) : null;
  }

  /** What may be saved: everything up to there was acknowledged. null: nothing is known yet. */
  snapshot(): StoredUpdates | null {
    const saved = this.#common.saved;
    return saved && { ...saved, channels: this.#channels.saved() };
  }

  /**
   * Whether {@link UpdateEngine.snapshot} goes past a delivery that was acknowledged. If not, it is done, and comes
   * again after the next start: because an earlier one is not.
   */
  covers({ id, box }: Pick<Delivery, 'id' | 'box'>): boolean {
    if (typeof box === 'bigint') return this.#channels.covers(box, id);
    return this.#common.covers(box, id);
  }

  #settle(now: number): void {
    if (!this.#started) return;
    this.#common.settle(now);
    const { inquiry } = this.#common;
    const ready = inquiry.ready(now);
    if (!this.congested) {
      if (ready) inquiry.asked(this.#out.request(this.#common.request(), inquiry.silent));
      this.#channels.ask(now);
    }
    this.#wakeAt = this.#common.wakeAt();
  }
}
