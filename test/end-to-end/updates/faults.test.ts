import { setTimeout as pause } from 'node:timers/promises';
import type { TestMessage } from '@tlgen/local-dc';
import { MemoryStorage } from '@tlgen/runtime';
import { describe, expect, it } from 'vitest';
import { Random, RUNS, seedFor } from '../../support/random.js';
import { expectClean, until } from '../people.js';
import { closesCleanly, stage, watched, type Stage } from './storm-stage.js';

const MESSAGES = 300;

/** What happens to pushes; all of them come in the differences. */
const KINDS: readonly (readonly [name: string, begin: (at: Stage) => void])[] = [
  ['lost', ({ dc, me }) => dc.updates.lose({ user: me, probability: 0.3 })],
  ['duplicated', ({ dc, me }) => dc.updates.duplicate({ user: me, probability: 0.5, copies: 2 })],
  ['reordered', ({ dc, me }) => dc.updates.reorder({ user: me, probability: 0.5, pushes: 2 })],
  ['delayed', ({ dc, me }) => dc.updates.delay({ user: me, probability: 0.5, ms: [5, 150] })],
  [
    'all of that',
    ({ dc, me }) => {
      dc.updates.lose({ user: me, probability: 0.1 });
      dc.updates.duplicate({ user: me, probability: 0.2 });
      dc.updates.reorder({ user: me, probability: 0.2 });
      dc.updates.delay({ user: me, probability: 0.2, ms: [5, 150] });
    },
  ],
];

/** Everybody writes, corrects, deletes and reads. */
async function live(at: Stage, random: Random): Promise<void> {
  const { dc, me, friend, group, channel, supergroup, one } = at;
  const sent: TestMessage[] = [];
  const own: Promise<unknown>[] = [];
  for (let n = 0; n < MESSAGES; n++) {
    const to = random.pick([me, group, channel, supergroup]);
    sent.push(dc.send(friend, to, `text ${n}`));
    const dice = random.below(100);
    if (dice < 10) dc.edit(random.pick(sent), `corrected ${n}`);
    else if (dice < 15) dc.deleteMessages(sent.splice(random.below(sent.length), 1));
    else if (dice < 20) dc.read(friend, me);
    else if (dice < 30) own.push(one.client.sendText('@friend', `own ${n}`));
    else if (dice < 35) own.push(one.client.sendText('@talkers', `own ${n}`));
    if (random.chance(30)) await pause(1);
  }
  await Promise.all(own);
}

describe('pushes go wrong', () => {
  it.each(KINDS)('%s: handlers see what happened', async (name, begin) => {
    for (let run = 0; run < RUNS; run++) {
      const seed = seedFor(`pushes ${name}`, run);
      const at = await stage({}, { seed });
      begin(at);
      await live(at, new Random(seed));
      at.dc.updates.clear();
      // What was held back is not waited for: the client asks.
      at.dc.send(at.friend, at.me, 'the last one');
      for (const chat of [at.channel, at.supergroup]) at.dc.send(at.friend, chat, 'the last one');
      await at.complete();
      expectClean(at.dc);
      await closesCleanly(at);
      await at.dc.close();
    }
  });

  it.each([true, false])('with short forms: %s', async (shortForms) => {
    const at = await stage({}, { seed: 5 });
    at.dc.updates.shortForms = shortForms;
    at.dc.updates.lose({ user: at.me, probability: 0.2 });
    await live(at, new Random(seedFor('short', Number(shortForms))));
    at.dc.updates.clear();
    at.dc.send(at.friend, at.me, 'the last one');
    for (const chat of [at.channel, at.supergroup]) at.dc.send(at.friend, chat, 'the last one');
    await at.complete();
    await closesCleanly(at);
    await at.dc.close();
  });

  it('in slices: differences that need many answers', async () => {
    const at = await stage({}, { seed: 6 });
    at.dc.updates.sliceSize = 3;
    at.dc.updates.silence(at.me);
    await live(at, new Random(seedFor('slices', 0)));
    at.dc.updates.resume(at.me);
    at.dc.updates.tooLong(at.me);
    await at.complete();
    expect(at.one.calls.get('updates.getDifference')).toBeGreaterThan(10);
    expect(at.one.calls.get('updates.getChannelDifference')).toBeGreaterThan(10);
    await closesCleanly(at);
    await at.dc.close();
  });
});

describe('too much was missed', () => {
  it('updatesTooLong: the difference is asked for', async () => {
    await using at = await stage();
    at.dc.updates.silence(at.me);
    for (let n = 0; n < 20; n++) at.talk(new Random(n));
    at.dc.updates.resume(at.me);
    at.dc.updates.tooLong(at.me);
    await at.complete();
    expect(at.one.lost).toEqual([]);
  });

  it.each([true, false])('updateChannelTooLong, with its pts: %s', async (pts) => {
    await using at = await stage();
    const { dc, me, friend, channel, one } = at;
    const lost = dc.updates.lose({ channel });
    for (let n = 0; n < 20; n++) dc.send(friend, channel, `unheard ${n}`);
    lost.stop();
    dc.updates.channelTooLong(me, channel, { pts });
    await at.complete();
    expect(one.calls.get('updates.getChannelDifference')).toBe(1);
    expect(one.lost).toEqual([]);
  });

  it('differenceTooLong: what is lost is told, and all after it comes', async () => {
    await using at = await stage();
    const { dc, me, friend, one, view } = at;
    const from = dc.updates.ptsOf(me);
    dc.updates.keep({ common: 5 });
    dc.updates.silence(me);
    for (let n = 0; n < 20; n++) dc.send(friend, me, `lost ${n}`);
    const to = dc.updates.ptsOf(me);
    dc.updates.resume(me);
    dc.updates.tooLong(me);
    await until(() => one.lost.length > 0);
    expect(one.lost).toMatchObject([{ reason: 'too-long', chatId: null, from, to, count: null }]);
    const before = view.events.length;
    for (let n = 0; n < 5; n++) dc.send(friend, me, `told ${n}`);
    await until(() => view.events.length === before + 5);
    expect(view.events.slice(before).map(({ text }) => text)).toEqual(
      Array.from({ length: 5 }, (_, n) => `told ${n}`),
    );
    expect(view.events.some(({ text }) => text.startsWith('lost'))).toBe(false);
    expect(one.lost).toHaveLength(1);
  });

  it('channelDifferenceTooLong: the same, with the latest messages', async () => {
    await using at = await stage();
    const { dc, me, friend, channel, one, view } = at;
    const from = dc.updates.channelPts(channel);
    dc.updates.keep({ channel: 5 });
    const lost = dc.updates.lose({ channel });
    for (let n = 0; n < 20; n++) dc.send(friend, channel, `lost ${n}`);
    lost.stop();
    const to = dc.updates.channelPts(channel);
    dc.updates.channelTooLong(me, channel);
    await until(() => one.lost.length > 0);
    const chatId = BigInt(`-100${channel.id}`);
    expect(one.lost).toMatchObject([{ reason: 'too-long', chatId, from, to }]);
    const texts = one.lost[0]!.messages.map((one) => (one._ === 'message' ? one.message : ''));
    expect(texts).toContain('lost 19');
    const before = view.events.length;
    for (let n = 0; n < 5; n++) dc.send(friend, channel, `told ${n}`);
    // Others have lost nothing.
    dc.send(friend, me, 'private');
    await until(() => view.events.length === before + 6);
    expect(view.doubled).toEqual([]);
    expect(one.lost).toHaveLength(1);
  });

  it('after an absence: the same at a start, and the next start has forgotten nothing', async () => {
    const storage = new MemoryStorage();
    await using at = await stage({ storage });
    const { dc, me, friend, channel } = at;
    await at.one.client.close();
    dc.updates.keep({ common: 5, channel: 5 });
    for (let n = 0; n < 20; n++) {
      dc.send(friend, me, `lost ${n}`);
      dc.send(friend, channel, `lost ${n}`);
    }
    const texts: string[] = [];
    {
      await using again = await watched(dc, me, { storage });
      again.client.on('update', ({ text }) => texts.push(text));
      await until(() => again.lost.length === 2);
      expect(new Set(again.lost.map(({ chatId }) => chatId))).toEqual(
        new Set([null, BigInt(`-100${channel.id}`)]),
      );
      dc.send(friend, me, 'one');
      await until(() => texts.includes('one'));
    }
    dc.send(friend, channel, 'two');
    await using last = await watched(dc, me, { storage });
    last.client.on('update', ({ text }) => texts.push(text));
    await until(() => texts.includes('two'));
    expect(texts).toEqual(['one', 'two']);
    expect(last.lost).toEqual([]);
  });
});
