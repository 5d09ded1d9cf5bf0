import type { base } from '@tlgen/telegram';
import type { ChannelBox } from './channel-box.js';
import type { ChannelBoxes } from './channel-boxes.js';
import { classify, type Place } from './classify.js';
import type { CommonBox } from './common-box.js';
import { openContainer, type Container } from './container.js';
import type { Item } from './outbox.js';
import type { BoxContext } from './settings.js';
import type { Entities, ReceiveOptions } from './types.js';

type Numbered = Extract<Place, { readonly count: number }>;

/** Takes containers apart and brings each update to its box. */
export class Router {
  constructor(
    private readonly context: BoxContext,
    private readonly common: CommonBox,
    private readonly channels: ChannelBoxes,
    private readonly knows: (update: base.TypeUpdate, entities: Entities) => boolean,
  ) {}

  /** @param congested - nothing can be taken: all is asked for later. */
  receive(
    updates: base.TypeUpdates,
    options: ReceiveOptions,
    congested: boolean,
    now: number,
  ): void {
    const container = openContainer(this.context.expander, updates, options);
    if (container === null) this.common.inquiry.want();
    else if (congested) this.#refuse(container, now);
    else this.#take(container, options.from ?? 'push', now);
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
    this.#dropForbidden(updates, entities);
  }

  /** Takes an update if its peers are known; else a difference brings it together with them. */
  #offerKnown(item: Item, place: Numbered, now: number): ChannelBox | null {
    const { box, pts, count } = place;
    const channel = typeof box === 'bigint' ? this.channels.get(box) : null;
    const old =
      channel === null && typeof box !== 'bigint'
        ? this.common.isOld(box, pts, count)
        : (channel?.isOld(pts, count) ?? false);
    if (old) return null;
    if (count === 0 || this.knows(item.update, item.entities)) return this.#offer(item, place, now);
    if (typeof box !== 'bigint') {
      this.common.refuse(box, pts, count);
      return null;
    }
    const asked = channel ?? (pts > count ? this.channels.add(box, pts - count, now) : null);
    asked?.inquiry.want();
    return asked;
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

  /** Too much waits for the handlers: takes nothing but notes what to ask for when there is room. */
  #refuse({ updates }: Container, now: number): void {
    this.common.inquiry.want();
    for (const update of updates) {
      const { box } = classify(update);
      const channel = typeof box === 'bigint' ? this.channels.get(box) : undefined;
      channel?.inquiry.want();
      if (channel !== undefined) this.channels.touched(channel, now);
    }
  }

  /** A channel one was thrown out of stays silent. */
  #dropForbidden(updates: readonly base.TypeUpdate[], { chats }: Entities): void {
    for (const update of updates) {
      if (update._ !== 'updateChannel') continue;
      const chat = chats.find(({ id }) => id === update.channelId);
      if (chat?._ === 'channelForbidden') this.channels.forget(chat.id, 'forbidden');
    }
  }

  #settleChannel(box: ChannelBox, now: number): void {
    box.settle(now);
    this.channels.touched(box, now);
  }
}

function startOf({ pts, count }: Numbered): number {
  return pts - count;
}
