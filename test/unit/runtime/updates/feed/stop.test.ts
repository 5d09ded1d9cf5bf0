import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { container, newMessage } from '../kit.js';
import { FeedBench } from './bench.js';

describe('stop', () => {
  it('has saved what is done when it resolves', async () => {
    const bench = await FeedBench.started();
    bench.feed.pushed(container([newMessage(11), newMessage(12)]));
    bench.deliveries[0]?.done();
    await bench.feed.stop();
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 11 });
  });

  it('by a handler: what came along with its update comes again', async () => {
    const bench = await FeedBench.started();
    let stopped: Promise<void> | undefined;
    bench.onDeliver = (_, done) => {
      done();
      stopped ??= bench.feed.stop();
    };
    bench.feed.pushed(container([newMessage(11), newMessage(12), newMessage(13)]));
    await stopped;
    expect(bench.seen).toEqual([11]);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 11 });
    expect([bench.names, bench.failures, bench.clock.pending]).toEqual([[], [], 0]);
  });

  it('by a handler: what the server would have been asked then is not asked', async () => {
    const bench = await FeedBench.started();
    bench.onDeliver = () => void bench.feed.stop();
    const update = new base.UpdatePtsChanged();
    bench.feed.pushed(container([newMessage(11), update]));
    expect([bench.seen, bench.names]).toEqual([[11], []]);
    await bench.clock.advance(60_000);
    expect(bench.names).toEqual([]);
  });
});
