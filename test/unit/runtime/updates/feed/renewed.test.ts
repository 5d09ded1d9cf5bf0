import { describe, expect, it } from 'vitest';
import { settle } from '../../network/fakes/clock.js';
import { container, difference, message, newMessage, state } from '../kit.js';
import { FeedBench } from './bench.js';

/** Three messages are given: one is done, one is with its handler, and one waits behind it. */
async function stopped(): Promise<FeedBench> {
  const bench = await FeedBench.started();
  bench.feed.pushed(container([newMessage(11), newMessage(12), newMessage(13)]));
  bench.deliveries[0]?.done();
  bench.renewed = () => bench.deliveries[2]?.done();
  await bench.feed.stop();
  return bench;
}

async function restarted(bench: FeedBench): Promise<void> {
  await bench.feed.start();
  await settle();
  const messages = [message(12), message(13)];
  bench.answer(difference(state(13, 5, 3), { messages }), 'updates.getDifference');
  await settle();
}

const stored = async (bench: FeedBench): Promise<unknown> => {
  await bench.feed.save();
  return (await bench.stored())['main:state'];
};

describe('a stop and a start in one process', () => {
  it('what waited is given once more, what somebody works on is not, and counts when it is done', async () => {
    const bench = await stopped();
    expect(bench.renewals).toBe(0);
    await restarted(bench);
    expect([bench.renewals, bench.seen]).toEqual([1, [11, 12, 13, 13]]);
    expect(await stored(bench)).toMatchObject({ pts: 11, done: [] });
    bench.deliveries[3]?.done();
    expect(await stored(bench)).toMatchObject({ pts: 11, done: ['new:0:13'] });
    bench.deliveries[1]?.done();
    bench.deliveries[1]?.done();
    expect(await stored(bench)).toMatchObject({ pts: 13, done: [] });
  });

  it('what was done in the meantime is not given again', async () => {
    const bench = await stopped();
    await bench.feed.start();
    bench.deliveries[1]?.done();
    await settle();
    const messages = [message(12), message(13)];
    bench.answer(difference(state(13, 5, 3), { messages }));
    await settle();
    expect(bench.seen).toEqual([11, 12, 13, 13]);
    bench.deliveries[3]?.done();
    expect(await stored(bench)).toMatchObject({ pts: 13, done: [] });
  });

  it('works over several lives, also of those in which it did not come again', async () => {
    const bench = await stopped();
    await bench.feed.start();
    await settle();
    await bench.feed.stop();
    bench.next('updates.getDifference');
    bench.renewed = () => undefined;
    await restarted(bench);
    expect(bench.seen).toEqual([11, 12, 13, 13]);
    await bench.feed.stop();
    bench.renewed = () => bench.deliveries[3]?.done();
    await restarted(bench);
    expect(bench.seen).toEqual([11, 12, 13, 13, 13]);
    bench.deliveries[4]?.done();
    bench.deliveries[1]?.done();
    expect(await stored(bench)).toMatchObject({ pts: 13, done: [] });
  });

  it('nothing is dropped where nothing comes again', async () => {
    const bench = await stopped();
    bench.settings.catchUp = false;
    await bench.feed.start();
    await settle();
    expect([bench.names, bench.renewals]).toEqual([['updates.getState'], 0]);
  });

  it("another one's updates are dropped, and his keys mean nothing", async () => {
    const bench = await stopped();
    bench.self = { id: 8n, bot: false };
    await bench.feed.start();
    await settle();
    bench.answer(state(11, 5, 3), 'updates.getState');
    await settle();
    bench.feed.pushed(container([newMessage(12)]));
    expect([bench.renewals, bench.seen]).toEqual([1, [11, 12, 13, 12]]);
  });

  it('after forget() nothing is left', async () => {
    const bench = await stopped();
    await bench.feed.forget();
    await bench.feed.start();
    await settle();
    bench.answer(state(11, 5, 3), 'updates.getState');
    await settle();
    bench.feed.pushed(container([newMessage(12)]));
    expect([bench.renewals, bench.seen]).toEqual([0, [11, 12, 13, 12]]);
  });

  it('a sink that throws then is told of, and stops nothing', async () => {
    const bench = await stopped();
    bench.renewed = () => {
      throw new Error('no');
    };
    await bench.feed.start();
    await settle();
    expect([bench.names, bench.failures]).toMatchObject([
      ['updates.getDifference'],
      [{ message: 'no' }],
    ]);
  });
});
