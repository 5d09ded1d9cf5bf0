import { describe, expect, it } from 'vitest';
import { UpdateFeed } from '../../../../../packages/runtime/src/updates/feed/index.js';
import { settle } from '../../network/fakes/clock.js';
import { container, newMessage, state } from '../kit.js';
import { FeedBench } from './bench.js';

const inTest = async (bench: FeedBench): Promise<UpdateFeed> => {
  const feed = new UpdateFeed({ ...bench.context(), world: 'test' });
  await bench.store.open();
  await feed.start();
  await settle();
  return feed;
};

describe('an account of the test world', () => {
  it('has records of its own, and begins from them', async () => {
    const bench = new FeedBench();
    const feed = await inTest(bench);
    bench.answer(state(10, 5, 3));
    await settle();
    feed.follow(50n, 7);
    feed.pushed(container([newMessage(11)]));
    bench.done();
    await feed.stop();
    expect(Object.keys(await bench.stored()).toSorted()).toEqual(['test:channel:50', 'test:state']);
    await bench.store.close();

    const second = new FeedBench(bench);
    await second.start();
    expect(second.names).toEqual(['updates.getState']);
    await second.feed.stop();
    await second.store.close();

    const third = new FeedBench(bench);
    await inTest(third);
    expect(third.asked.map(({ request }) => request)).toMatchObject([
      { _: 'updates.getDifference', pts: 11 },
      { _: 'updates.getChannelDifference', pts: 7 },
    ]);
  });
});
