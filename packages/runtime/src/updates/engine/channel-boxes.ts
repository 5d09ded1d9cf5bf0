import type { updates } from '@tlgen/telegram';
import { Alarms } from './alarms.js';
import { ChannelBox } from './channel-box.js';
import { UNKNOWN_TRIES } from './limits.js';
import type { BoxContext } from './settings.js';
import type { RequestFailure } from './types.js';

/** Errors after which a channel cannot be followed. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  'CHANNEL_PRIVATE',
  'CHANNEL_INVALID',
  'CHANNEL_PUBLIC_GROUP_NA',
  'CHAT_FORBIDDEN',
  'USER_BANNED_IN_CHANNEL',
]);

/** Nobody has told yet how to address the channel; what comes next may. */
const UNKNOWN = 'unknown-channel';

/** Errors after which the pts is of no use. */
const WRONG_PTS: ReadonlySet<string> = new Set([
  'PERSISTENT_TIMESTAMP_EMPTY',
  'PERSISTENT_TIMESTAMP_INVALID',
]);

/** How many of those that are silent longest are looked for at a time. */
const SILENT = 256;

/** All channels of an account; some differences at a time, the others wait their turn. */
export class ChannelBoxes {
  readonly #boxes = new Map<bigint, ChannelBox>();
  readonly #alarms = new Alarms<bigint>();
  /** Those that want to ask, in the order they came to want it. */
  readonly #queue = new Set<bigint>();
  readonly #asking = new Map<number, bigint>();
  /** Those that are not followed any more, until all that was delivered is done: their place is still saved. */
  readonly #leaving = new Map<bigint, ChannelBox>();
  /** Some of those that were silent longest, the longest last, and since when. */
  #silent: { readonly box: ChannelBox; readonly since: number }[] = [];
  #full = false;

  constructor(private readonly context: BoxContext) {}

  get(channel: bigint): ChannelBox | undefined {
    return this.#boxes.get(channel);
  }

  /** Follows one more. @returns null: there are too many already, and something is up with each of them. */
  add(channel: bigint, pts: number, now: number): ChannelBox | null {
    if (this.#boxes.size >= this.context.settings.channels && !this.#letGo()) return null;
    const box = new ChannelBox(channel, pts, this.context, now);
    this.#boxes.set(channel, box);
    this.touched(box, now);
    return box;
  }

  /** Follows a channel whose updates up to now are lost: nobody ever told where it was. */
  begin(channel: bigint, pts: number, now: number): void {
    this.add(channel, pts, now)?.skipped();
  }

  /** Something happened to a box: it may want to ask, or to be woken at another time. */
  touched(box: ChannelBox, now: number): void {
    if (box.inquiry.ready(now)) this.#queue.add(box.id);
    this.#alarms.set(box.id, box.wakeAt());
  }

  all(): IterableIterator<ChannelBox> {
    return this.#boxes.values();
  }

  saved(): ReadonlyMap<bigint, number> {
    const saved = new Map<bigint, number>();
    for (const [id, box] of this.#boxes) saved.set(id, box.saved);
    for (const [id, box] of this.#leaving) {
      if (box.isOpen) saved.set(id, box.saved);
      else this.#leaving.delete(id);
    }
    return saved;
  }

  /** Whether what may be saved of a channel goes past a delivery that was acknowledged. */
  covers(channel: bigint, id: number): boolean {
    const leaving = this.#leaving.get(channel);
    if (leaving?.isOpen) return leaving.covers(id);
    return this.#boxes.get(channel)?.covers(id) ?? true;
  }

  /** How long they may be silent is another now, perhaps. */
  configured(now: number): void {
    for (const box of this.#boxes.values()) {
      box.configured(now);
      this.touched(box, now);
    }
  }

  deadline(): number | null {
    return this.#alarms.next;
  }

  /** Looks after those whose time has come. */
  tick(now: number): void {
    for (const id of this.#alarms.due(now)) {
      const box = this.#boxes.get(id);
      if (box === undefined) continue;
      box.check(now);
      this.touched(box, now);
    }
  }

  /** Asks for as many differences as may be under way. */
  ask(now: number): void {
    for (const id of this.#queue) {
      if (this.#asking.size >= this.context.settings.parallel) return;
      this.#queue.delete(id);
      const box = this.#boxes.get(id);
      if (box === undefined || !box.inquiry.ready(now)) continue;
      const request = this.context.out.request(box.request(), box.inquiry.silent);
      box.inquiry.asked(request);
      this.#asking.set(request, id);
    }
  }

  /** Whether a request is one of a channel. */
  asked(request: number): boolean {
    return this.#asking.has(request);
  }

  answered(request: number, answer: updates.TypeChannelDifference, now: number): void {
    const box = this.#settled(request);
    if (box === undefined) return;
    try {
      if (!box.answered(answer, now)) {
        this.context.out.log('warn', `an answer that leads nowhere, channel ${box.id}`);
        box.inquiry.failed(now);
        box.settle(now);
      }
    } catch (error) {
      // what made it throw must not leave the channel waiting for ever
      box.inquiry.failed(now);
      throw error;
    } finally {
      if (this.#boxes.get(box.id) === box) this.touched(box, now);
    }
  }

  failed(request: number, error: RequestFailure, now: number): void {
    const box = this.#settled(request);
    if (box === undefined) return;
    const given = error.code === UNKNOWN && box.inquiry.failures >= UNKNOWN_TRIES;
    // what waited for the answer has to do without
    box.inquiry.failed(now, error.seconds);
    box.settle(now);
    if (UNREACHABLE.has(error.code)) this.forget(box.id, error.code);
    else if (WRONG_PTS.has(error.code)) {
      box.abandon();
      this.#leave(box);
    } else if (given) {
      box.abandon();
      this.#leave(box);
      this.context.out.forgotten(box.id, UNKNOWN);
    } else this.touched(box, now);
  }

  /** Stops following a channel. */
  forget(channel: bigint, reason: string): void {
    if (!this.#boxes.has(channel)) return;
    this.#remove(channel);
    this.context.out.forgotten(channel, reason);
  }

  /** Follows it no more; what it delivered is done before its place is given up. */
  #leave(box: ChannelBox): void {
    this.#remove(box.id);
    if (box.isOpen) this.#leaving.set(box.id, box);
  }

  /** Makes room for one more. @returns whether there is. */
  #letGo(): boolean {
    const { out } = this.context;
    if (!this.#full)
      out.log('warn', `${this.#boxes.size} channels are followed: not all of them can be`);
    this.#full = true;
    const box = this.#nextSilent() ?? (this.#lookForSilent(), this.#nextSilent());
    if (box === undefined) return false;
    this.forget(box.id, 'too many are followed');
    return true;
  }

  /** One of those that are silent longest, if nothing has come of it since. */
  #nextSilent(): ChannelBox | undefined {
    for (let one = this.#silent.pop(); one !== undefined; one = this.#silent.pop()) {
      const { box, since } = one;
      if (this.#boxes.get(box.id) === box && box.heardAt === since && box.isIdle) return box;
    }
    return undefined;
  }

  #lookForSilent(): void {
    const idle = [...this.#boxes.values()].filter((box) => box.isIdle);
    const silent = idle.map((box) => ({ box, since: box.heardAt }));
    this.#silent = silent
      .sort((a, b) => a.since - b.since)
      .slice(0, SILENT)
      .reverse();
  }

  #remove(channel: bigint): void {
    const box = this.#boxes.get(channel);
    if (box?.inquiry.asking != null) this.#asking.delete(box.inquiry.asking);
    this.#boxes.delete(channel);
    this.#queue.delete(channel);
    this.#alarms.delete(channel);
  }

  /** The box that asked, if it is still followed. */
  #settled(request: number): ChannelBox | undefined {
    const id = this.#asking.get(request);
    this.#asking.delete(request);
    return id === undefined ? undefined : this.#boxes.get(id);
  }
}
