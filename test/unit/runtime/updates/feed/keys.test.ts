import { describe, expect, it } from 'vitest';
import { settle } from '../../network/fakes/clock.js';
import { container, empty, newMessage } from '../kit.js';
import { FeedBench } from './bench.js';

describe('keys of what is done', () => {
  it('are a thousand at most, those of before the start counted', async () => {
    const before = Array.from({ length: 1000 }, (_, i) => `new:9:${i}`);
    const record = { v: 1, owner: '7', pts: 10, qts: 5, seq: 3, date: 1, done: before };
    const bench = new FeedBench();
    await bench.store.open();
    const value = new TextEncoder().encode(JSON.stringify(record));
    await bench.store.commit([{ space: 'updates', key: 'main:state', value }]);
    await bench.feed.start();
    await settle();
    bench.answer(empty(3));
    await settle();
    bench.feed.pushed(container([11, 12, 13].map((pts) => newMessage(pts))));
    for (const { done } of bench.deliveries.slice(1)) done();
    await bench.feed.save();
    expect((await bench.stored())['main:state']).toMatchObject({
      pts: 10,
      done: [...before.slice(2), 'new:0:12', 'new:0:13'],
    });
  });
});
