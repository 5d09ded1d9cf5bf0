import { describe, expect, it } from 'vitest';
import type { TlMethod } from '@tlgen/codec';
import { updates } from '@tlgen/telegram';
import { SmallFeed, type SmallOptions } from '../../../simulation/updates/run/small.js';
import * as make from '../../../simulation/updates/model/make.js';
import {
  channelDifference,
  channelEmpty,
  channelMessage,
  container,
  empty,
  message,
  state,
} from './kit.js';

const COUNT = 1000;
const IDS = Array.from({ length: COUNT }, (_, at) => BigInt(at + 1));
const PARALLEL = 10;
const BEGIN = 7;

const isOfChannel = (request: TlMethod): request is updates.GetChannelDifferenceRequest =>
  request._ === 'updates.getChannelDifference';

function channelOf({ channel }: updates.GetChannelDifferenceRequest): bigint {
  if (channel._ !== 'inputChannel') throw new Error('a channel of another form');
  return channel.channelId;
}

/** A server whose channels have all come to 9, two messages after what the client knows. */
function answer(request: TlMethod): unknown {
  if (request._ === 'updates.getState') return state(10, 5, 3);
  if (!isOfChannel(request)) return empty(3);
  const id = channelOf(request);
  const missing = [8, 9].filter((pts) => pts > request.pts).map((pts) => message(pts, id));
  return missing.length === 0 ? channelEmpty(9) : channelDifference(9, { messages: missing });
}

/** All channels are followed, and in gap at once: the first of two messages did not come. */
async function inGap(options: SmallOptions = {}): Promise<SmallFeed> {
  const small = new SmallFeed(answer, options);
  await small.start();
  small.peers.learn(
    [],
    IDS.map((id) => make.channel(id)),
  );
  for (const id of IDS) small.feed.follow(id, BEGIN);
  await small.wait(2_000);
  small.asked.length = 0;
  for (const id of IDS) small.push(container([channelMessage(id, 9)], 0, 1, [make.channel(id)]));
  return small;
}

/** How often each channel was asked about. */
function timesAsked(small: SmallFeed): number[] {
  const times = new Map(IDS.map((id) => [id, 0]));
  for (const request of small.asked.filter(isOfChannel)) {
    const id = channelOf(request);
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  return [...times.values()];
}

/** Each channel's two messages, once and in order. */
function expectAll({ deliveries }: SmallFeed): void {
  const seen = new Map<unknown, number[]>(IDS.map((id) => [id, []]));
  for (const { box, update } of deliveries) {
    if (update._ === 'updateNewChannelMessage') seen.get(box)?.push(update.message.id);
  }
  expect([...seen.values()].filter((ids) => ids.join() !== '8,9')).toEqual([]);
  expect(deliveries).toHaveLength(2 * COUNT);
}

describe('upd/deadlock-many-channels: 1 000 channels in gap at once', () => {
  it('upd/deadlock-many-channels: each is asked about once, ten at a time', async () => {
    const small = await inGap();
    await small.wait(60_000);
    expectAll(small);
    expect(timesAsked(small).filter((times) => times !== 1)).toEqual([]);
    expect(small.mostUnderWay).toBe(PARALLEL);
    expect(small.errors).toEqual([]);
    const before = small.asked.length;
    await small.wait(60_000);
    expect(small.asked).toHaveLength(before);
  });

  it('upd/deadlock-many-channels: with slow handlers it completes, and no more waits than may', async () => {
    const queueLimit = 50;
    const small = await inGap({ settings: { queueLimit }, handler: 40 });
    await small.wait(300_000);
    expectAll(small);
    expect(timesAsked(small).filter((times) => times < 1 || times > 2)).toEqual([]);
    expect(small.mostUnderWay).toBeLessThanOrEqual(PARALLEL + 1);
    // what was under way when the limit was reached still comes: two messages of each difference
    expect(small.mostWaiting).toBeLessThanOrEqual(queueLimit + 2 * PARALLEL);
  });

  it('upd/deadlock-many-channels: nothing more is asked while no handler ends, and all when they do', async () => {
    const queueLimit = 20;
    const small = await inGap({ settings: { queueLimit }, handler: null });
    await small.wait(120_000);
    expect(small.deliveries.length).toBeGreaterThanOrEqual(queueLimit);
    expect(small.deliveries.length).toBeLessThanOrEqual(queueLimit + 2 * PARALLEL);
    const asked = small.asked.length;
    await small.wait(120_000);
    expect(small.asked).toHaveLength(asked);
    for (let rounds = 0; small.dones.length > 0; rounds++) {
      if (rounds > 3 * COUNT) throw new Error('no end is found');
      small.dones.shift()?.();
      await small.wait(50);
    }
    expectAll(small);
  });

  it('upd/deadlock-many-channels: a server that is in trouble is not stormed', async () => {
    let troubles = 3 * COUNT;
    const small = new SmallFeed((request) => {
      if (isOfChannel(request) && troubles-- > 0) return new Error('INTERNAL');
      return answer(request);
    });
    await small.start();
    small.peers.learn(
      [],
      IDS.map((id) => make.channel(id)),
    );
    for (const id of IDS) small.feed.follow(id, BEGIN);
    for (const id of IDS) small.push(container([channelMessage(id, 9)], 0, 1, [make.channel(id)]));
    await small.wait(10 * 60_000);
    expectAll(small);
    expect(small.mostUnderWay).toBeLessThanOrEqual(PARALLEL + 1);
    // one answer, and the failures the server had to give
    expect(Math.max(...timesAsked(small))).toBeLessThanOrEqual(6);
  });
});
