import { describe, expect, it } from 'vitest';
import { settle } from '../../network/fakes/clock.js';
import { container, newSecret } from '../kit.js';
import { FeedBench } from './bench.js';

describe('the confirmation of secret messages', () => {
  it('is made once at a time', async () => {
    const bench = await FeedBench.started();
    bench.journal = { store: () => Promise.resolve() };
    bench.feed.pushed(container([newSecret(6)]));
    await settle();
    await bench.feed.save();
    expect(bench.next().request).toMatchObject({ _: 'messages.receivedQueue', maxQts: 6 });
    // one at a time
    await bench.feed.save();
    expect(bench.names).toEqual([]);

    bench.feed.pushed(container([newSecret(7)]));
    await settle();
    await bench.feed.save();
    expect(bench.names).toEqual([]);
  });

  it('that the server refused is made again', async () => {
    const bench = await FeedBench.started();
    bench.journal = { store: () => Promise.resolve() };
    bench.feed.pushed(container([newSecret(6)]));
    await settle();
    await bench.feed.save();
    bench.refuse('INTERNAL', 500);
    await settle();
    await bench.feed.save();
    expect(bench.next().request).toMatchObject({ _: 'messages.receivedQueue', maxQts: 6 });
  });
});
