import type { base } from '@tlgen/telegram';
import type { ChannelBox } from './channel-box.js';
import type { ChannelBoxes } from './channel-boxes.js';
import { classify, type Place } from './classify.js';
import type { CommonBox } from './common-box.js';
import { openContainer, type Container } from './container.js';
import type { Item } from './outbox.js';
import type { BoxContext } from './settings.js';
import type { Entities, ReceiveOptions } from './types.js';

/** Milliseconds between two complaints. */
const MINUTE = 60_000;

type Numbered = Extract<Place, { readonly count: number }>;

/** Takes containers apart and brings each update to its box. */
export class Router {
  /** When it was last told that updates are dropped, a reading of the steady clock. */
  #toldAt = -Infinity;
  #dropped = 0;

  constructor(
    private readonly context: BoxContext,
    private readonly common: CommonBox,
    private readonly channels: ChannelBoxes,
    private readonly knows: (update: base.TypeUpdate, entities: Entities) => boolean,
  ) {}

  /** Takes what came; while too much waits for the handlers, little of it: the rest is asked for later. */
  receive(updates: base.TypeUpdates, options: ReceiveOptions, now: number): void {
    const { expander, out, settings } = this.context;
    const container = openContainer(expander, updates, options);
    const from = options.from ?? 'push';
    if (container === null) this.common.inquiry.want();
    else if (out.outstanding >= settings.outstanding) this.#refuse(container, from, now);
    else this.#take(container, from, now);
  }

  /** Takes an update of another box's difference; what says that updates are missing is heeded only for channels. */
  route(item: Item, now: number): void {
    const place = classify(item.update);
    if (place.box === 'missing') this.#missing(place.channel, place.pts, now);
    else if ('count' in place) {
      this.#offer(item, place, now);
      if (typeof place.box !== 'bigint') this.common.settle(now);
    } else this.context.out.deliver(item, 'seq', null);
  }

  /** Takes the pts of an own action in a channel, if the channel is followed. */
  ownAction(channel: bigint, pts: number, count: number, now: number): void {
    const box = this.channels.get(channel);
    if (box === undefined) return;
    box.offer(pts, count, null, now);
    this.#settleChannel(box, now);
  }

  #take(container: Container, from: 'push' | 'own', now: number): void {
    const { updates, entities, date, seq, seqCount } = container;
    const rest: base.TypeUpdate[] = [];
    const numbered: { readonly item: Item; readonly place: Numbered }[] = [];
    for (const update of updates) {
      const place = classify(update);
      const item: Item = { update, entities, from };
      if (place.box === 'none') this.context.out.deliver(item, 'seq', null);
      else if (place.box === 'seq') rest.push(update);
      else if (place.box !== 'missing') numbered.push({ item, place });
      else if (place.channel === null) this.common.inquiry.want();
      else this.#missing(place.channel, place.pts, now);
    }
    if (rest.length > 0 || seq > 0) {
      this.common.offerRest({ updates: rest, entities, from, date }, seq, seqCount);
    }
    numbered.sort((a, b) => startOf(a.place) - startOf(b.place));
    const touched = new Set<ChannelBox>();
    for (const { item, place } of numbered) {
      const box = this.#offerKnown(item, place, now);
      if (box !== null) touched.add(box);
    }
    for (const box of touched) this.#settleChannel(box, now);
  }

  /**
   * Takes an update if its peers are known; else a difference brings it together with them. In a channel it waits for
   * the difference: if there is none, it is better than nothing.
   */
  #offerKnown(item: Item, place: Numbered, now: number): ChannelBox | null {
    const { box, pts, count } = place;
    const channel = typeof box === 'bigint' ? this.channels.get(box) : null;
    const old =
      channel === null && typeof box !== 'bigint'
        ? this.common.isOld(box, pts, count)
        : (channel?.isOld(pts, count) ?? false);
    if (channel && item.from === 'push') channel.pushed = true;
    if (old) return null;
    if (count === 0 || this.knows(item.update, item.entities)) return this.#offer(item, place, now);
    if (typeof box !== 'bigint') {
      this.common.refuse(box, pts, count);
      return null;
    }
    const offered = this.#offer(item, place, now);
    // the history of a channel that begins with it cannot be asked for
    if (pts > count) offered?.inquiry.hold();
    return offered;
  }

  /** @returns the channel's box, which is to be settled. */
  #offer(item: Item, { box, pts, count }: Numbered, now: number): ChannelBox | null {
    if (typeof box !== 'bigint') {
      this.common.offer(box, pts, count, item);
      return null;
    }
    const known = this.channels.get(box);
    if (known === undefined && (count === 0 || pts === 0)) {
      this.context.out.deliver(item, box, null);
      return null;
    }
    // the first update of a channel is where its history begins for us
    const channel = known ?? this.channels.add(box, pts - count, now);
    if (channel === null) {
      this.context.out.deliver(item, box, null);
      return null;
    }
    if (item.from === 'push') channel.pushed = true;
    channel.offer(pts, count, item, now);
    if (item.from === 'difference') this.#settleChannel(channel, now);
    return channel;
  }

  #missing(channel: bigint | null, pts: number | null, now: number): void {
    if (channel === null) return;
    const box = this.channels.get(channel);
    if (box === undefined) {
      const text = `channel ${channel} is too far on, and its pts was never known`;
      this.context.out.log('info', text);
      if (pts !== null && pts > 0) this.channels.begin(channel, pts, now);
    } else if (pts === null || pts > box.position) {
      box.inquiry.want();
      this.channels.touched(box, now);
    }
  }

  /**
   * Too much waits for the handlers: takes only what no difference would bring, and notes what to ask for when there is
   * room.
   */
  #refuse({ updates, entities, date, seq }: Container, from: 'push' | 'own', now: number): void {
    const { out, settings } = this.context;
    this.common.inquiry.want();
    for (const update of updates) {
      const place = classify(update);
      if (place.box === 'missing') {
        if (place.channel !== null) this.#missing(place.channel, place.pts, now);
      } else if (typeof place.box === 'bigint') {
        const channel = this.channels.get(place.box);
        if (channel === undefined) continue;
        if (from === 'push') channel.pushed = true;
        channel.inquiry.want();
        this.channels.touched(channel, now);
      } else if (place.box === 'none' || (place.box === 'seq' && seq === 0)) {
        if (out.outstanding >= 2 * settings.outstanding) this.#drop(now);
        else if (place.box === 'none') out.deliver({ update, entities, from }, 'seq', null);
        else this.common.offerRest({ updates: [update], entities, from, date }, 0, 0);
      }
    }
  }

  /** No difference would bring it, and there is no room. */
  #drop(now: number): void {
    this.#dropped++;
    if (now < this.#toldAt + MINUTE) return;
    const text =
      'updates without a number were dropped: too many wait for their handlers or readers';
    this.context.out.log('warn', `${this.#dropped} ${text}`);
    this.#toldAt = now;
    this.#dropped = 0;
  }

  #settleChannel(box: ChannelBox, now: number): void {
    box.settle(now);
    this.channels.touched(box, now);
  }
}

function startOf({ pts, count }: Numbered): number {
  return pts - count;
}
