import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { settle } from '../../network/fakes/clock.js';
import {
  channelDifference,
  channelEmpty,
  channelMessage,
  container,
  difference,
  empty,
  message,
  newMessage,
  slice,
  state,
} from '../kit.js';
import { FeedBench, FIRST } from './bench.js';

async function started(pollInterval = 900): Promise<FeedBench> {
  const bench = new FeedBench();
  bench.settings.pollInterval = pollInterval;
  await bench.start();
  bench.answer(state(FIRST.pts, FIRST.qts, FIRST.seq));
  await settle();
  return bench;
}

describe('connections', () => {
  it('upd/idle-15min, new_session_created, reconnect: exactly one difference each', async () => {
    const bench = new FeedBench();
    bench.settings.pollInterval = 900;
    await bench.start();
    bench.feed.connected();
    bench.feed.sessionCreated();
    expect(bench.names).toEqual(['updates.getState']);
    bench.answer(state(10, 5, 3));
    await bench.clock.advance(800_000);
    expect(bench.names).toEqual([]);

    bench.feed.connected();
    bench.feed.sessionCreated();
    expect(bench.names).toEqual(['updates.getDifference']);
    bench.answer(empty(3));
    await settle();
    expect(bench.names).toEqual([]);

    bench.feed.sessionCreated();
    expect(bench.names).toEqual(['updates.getDifference']);
    bench.answer(empty(3));
    await settle();

    await bench.clock.advance(899_000);
    expect(bench.names).toEqual([]);
    await bench.clock.advance(1000);
    expect(bench.names).toEqual(['updates.getDifference']);
    bench.answer(empty(3));
    await bench.clock.advance(60_000);
    expect([bench.names, bench.silences]).toEqual([[], []]);
  });

  it('channels are not asked about one by one after a reconnect', async () => {
    const bench = await started();
    for (let id = 50n; id < 60n; id++) bench.feed.follow(id, 5);
    bench.feed.connected();
    await settle();
    expect(bench.names).toEqual(['updates.getDifference']);
  });

  it('a session that is lost after the difference of its connection is asked about', async () => {
    const bench = await started();
    bench.feed.connected();
    bench.answer(empty(3));
    await settle();
    bench.feed.sessionCreated();
    expect(bench.names).toEqual(['updates.getDifference']);
  });

  it('what was pushed and could not be read is asked for', async () => {
    const bench = await started();
    bench.feed.missed();
    expect(bench.names).toEqual(['updates.getDifference']);
  });

  it('a second session that is lost on one connection is asked about', async () => {
    const bench = await started();
    bench.feed.connected();
    bench.feed.sessionCreated();
    bench.feed.sessionCreated();
    bench.answer(empty(3));
    await settle();
    expect(bench.names).toEqual(['updates.getDifference']);
  });
});

describe('the watchdog', () => {
  it('silence of a server that had updates is told, once, and how many', async () => {
    const bench = await started(30);
    await bench.clock.advance(30_000);
    bench.answer(slice(state(12, 5, 3), { messages: [message(11), message(12)] }));
    await settle();
    bench.answer(difference(state(13, 5, 3), { messages: [message(13)] }));
    await bench.clock.advance(2000);
    expect(bench.silences).toEqual([{ milliseconds: 31_000, missed: 3 }]);
    expect(bench.lines.filter((line) => line.startsWith('warning'))).toHaveLength(1);
    await bench.clock.advance(20_000);
    expect(bench.silences).toHaveLength(1);
  });

  it('what a channel missed counts if something of it was pushed before: of some the server pushes nothing', async () => {
    const missed = async (pushed: boolean) => {
      const bench = await started(30);
      bench.feed.follow(50n, 5);
      if (pushed) bench.feed.pushed(container([channelMessage(50n, 6)]));
      else bench.feed.answered(container([channelMessage(50n, 6)]), { _: 'x' } as never);
      await bench.clock.advance(30_000);
      const tooLong = new base.UpdateChannelTooLong({ channelId: 50n, pts: 7 });
      bench.answer(difference(state(10, 5, 3), { others: [tooLong] }));
      await settle();
      bench.answer(channelDifference(7, { messages: [message(7, 50n)] }));
      await bench.clock.advance(2000);
      expect(bench.seen).toEqual([6, 7]);
      return bench.silences;
    };
    expect(await missed(true)).toMatchObject([{ missed: 1 }]);
    expect(await missed(false)).toEqual([]);
  });

  it('updates without a number of their own prove nothing', async () => {
    const bench = await started(30);
    await bench.clock.advance(30_000);
    bench.answer(
      difference(state(10, 5, 3), { others: [new base.UpdateChannel({ channelId: 50n })] }),
    );
    await bench.clock.advance(2000);
    expect([bench.seen, bench.silences]).toEqual([['updateChannel'], []]);
  });

  it('nothing missed, or pushed as well, or asked for another reason: no silence', async () => {
    const found = difference(state(11, 5, 3), { messages: [message(11)] });
    const nothing = await started(30);
    await nothing.clock.advance(30_000);
    nothing.answer(empty(3));

    const meanwhile = await started(30);
    await meanwhile.clock.advance(30_000);
    meanwhile.feed.pushed(container([newMessage(11)]));
    meanwhile.answer(found);

    const late = await started(30);
    await late.clock.advance(30_000);
    late.answer(found);
    await late.clock.advance(500);
    late.feed.pushed(container([newMessage(11)]));

    const reconnected = await started(30);
    reconnected.feed.connected();
    reconnected.answer(found);

    const offline = await started(30);
    await offline.clock.advance(30_000);
    offline.feed.connected();
    offline.answer(found);

    for (const bench of [nothing, meanwhile, late, reconnected, offline]) {
      await bench.clock.advance(5000);
      expect(bench.silences).toEqual([]);
    }
  });

  it("own actions don't hide silence", async () => {
    const bench = await started(30);
    await bench.clock.advance(20_000);
    bench.feed.answered(container([newMessage(11)]), { _: 'messages.editMessage' } as never);
    await bench.clock.advance(10_000);
    expect(bench.names).toEqual(['updates.getDifference']);
  });

  it('pollInterval 0: never asked', async () => {
    const bench = await started(0);
    bench.feed.follow(50n, 5);
    await bench.clock.advance(24 * 3_600_000);
    expect([bench.names, bench.clock.pending]).toEqual([[], 0]);
  });

  it('channels are not asked about as often as the account', async () => {
    const bench = await started(30);
    for (let id = 50n; id < 60n; id++) bench.feed.follow(id, 5);
    for (let i = 0; i < 29; i++) {
      await bench.clock.advance(30_000);
      expect(bench.names).toEqual(['updates.getDifference']);
      bench.answer(empty(3));
    }
    await bench.clock.advance(30_000);
    expect(bench.names.filter((name) => name === 'updates.getChannelDifference')).toHaveLength(10);
  });

  it('polled channels are asked about after the time the server names', async () => {
    const bench = await started(0);
    bench.settings.pollChannels = [-1_000_000_000_050n];
    bench.feed.follow(50n, 5);
    bench.feed.follow(51n, 5);
    await bench.clock.advance(15 * 60_000);
    expect(bench.names).toEqual(['updates.getChannelDifference']);
    bench.answer(channelEmpty(5, 30));
    await bench.clock.advance(29_000);
    expect(bench.names).toEqual([]);
    await bench.clock.advance(1000);
    expect(bench.asked.map(({ request }) => request)).toMatchObject([
      { channel: { channelId: 50n } },
    ]);
  });
});

describe('slow handlers', () => {
  it('are told about after a minute, once a minute, without contents', async () => {
    const bench = await started(0);
    bench.feed.pushed(container([newMessage(11), newMessage(12)]));
    await bench.clock.advance(59_000);
    expect(bench.lines).toEqual([]);
    await bench.clock.advance(2000);
    expect(bench.lines).toHaveLength(1);
    expect(bench.lines[0]).toMatch(/^warning: updates: 2 not done/);
    await bench.clock.advance(60_000);
    expect(bench.lines).toHaveLength(2);
    bench.done();
    await bench.clock.advance(600_000);
    expect([bench.lines.length, bench.clock.pending]).toEqual([2, 0]);
    expect(bench.lines.join()).not.toContain('message 11');
  });

  it('ones that end in time are not', async () => {
    const bench = await started(0);
    for (let pts = 11; pts < 20; pts++) {
      bench.feed.pushed(container([newMessage(pts)]));
      await bench.clock.advance(50_000);
      bench.deliveries.at(-1)?.done();
    }
    expect(bench.lines).toEqual([]);
  });
});

describe('settings that change', () => {
  it('pollInterval counts at once, for the account and for channels', async () => {
    const bench = await started(0);
    bench.feed.follow(50n, 5);
    await bench.clock.advance(100_000);
    bench.settings.pollInterval = 1000;
    bench.feed.configured();
    await bench.clock.advance(899_000);
    expect(bench.names).toEqual([]);
    await bench.clock.advance(1000);
    expect(bench.names).toEqual(['updates.getDifference', 'updates.getChannelDifference']);
    bench.answer(empty(3));
    bench.answer(channelEmpty(5));
    await settle();
    bench.settings.pollInterval = 30;
    bench.feed.configured();
    await bench.clock.advance(30_000);
    expect(bench.names).toEqual(['updates.getDifference']);
    bench.answer(empty(3));
    await settle();
    bench.settings.pollInterval = 0;
    bench.feed.configured();
    await bench.clock.advance(3_600_000);
    expect([bench.names, bench.clock.pending]).toEqual([[], 0]);
  });

  it('queueLimit counts at once: what was held back is asked for', async () => {
    const bench = await started(0);
    bench.settings.queueLimit = 1;
    bench.feed.pushed(container([newMessage(11)]));
    bench.feed.pushed(container([newMessage(12)]));
    expect([bench.seen, bench.names]).toEqual([[11], []]);
    bench.settings.queueLimit = 2;
    bench.feed.configured();
    expect(bench.names).toEqual(['updates.getDifference']);
  });

  it('channels that pollChannels names anew are asked about, and where they are if nobody told', async () => {
    const bench = await started(0);
    bench.feed.follow(50n, 5);
    bench.feed.configured();
    await settle();
    expect(bench.names).toEqual([]);
    const named = [-1_000_000_000_050n, -1_000_000_000_051n];
    bench.settings.pollChannels = named;
    bench.feed.configured();
    bench.feed.configured();
    await bench.clock.advance(10);
    expect(bench.names.toSorted()).toEqual([
      'channels.getFullChannel',
      'updates.getChannelDifference',
    ]);
    bench.next('channels.getFullChannel').reject(new Error('no'));
    await settle();
    bench.settings.pollChannels = named.slice(0, 1);
    bench.feed.configured();
    bench.settings.pollChannels = named;
    bench.feed.configured();
    await settle();
    expect(bench.names.filter((name) => name === 'channels.getFullChannel')).toHaveLength(1);
  });

  it('nothing happens while the feed does not run', () => {
    const bench = new FeedBench();
    bench.feed.configured();
    expect(bench.asked).toEqual([]);
  });
});

describe('congestion', () => {
  it('is told after ten seconds in which nothing was taken, once a minute', async () => {
    const bench = await started(0);
    bench.settings.queueLimit = 2;
    const told = () => bench.lines.filter((line) => line.includes('no more are taken'));
    bench.feed.pushed(container([newMessage(11), newMessage(12)]));
    await bench.clock.advance(9000);
    bench.deliveries[0]?.done();
    bench.feed.pushed(container([newMessage(13)]));
    await bench.clock.advance(9000);
    expect(told()).toEqual([]);
    await bench.clock.advance(1000);
    expect(told()).toEqual([
      'warning: updates: 2 wait for their handlers or readers, no more are taken until some are done',
    ]);
    await bench.clock.advance(59_000);
    expect(told()).toHaveLength(1);
    await bench.clock.advance(1000);
    expect(told()).toHaveLength(2);
    bench.done();
    await bench.clock.advance(300_000);
    expect([told().length, bench.clock.pending]).toEqual([2, 0]);
  });

  it('and after a stop it is not', async () => {
    const bench = await started(0);
    bench.settings.queueLimit = 1;
    bench.feed.pushed(container([newMessage(11)]));
    await bench.feed.stop();
    bench.feed.pushed(container([newMessage(12)]));
    expect(bench.clock.pending).toBe(0);
  });
});
