import { describe, expect, it } from 'vitest';
import { settle } from '../../network/fakes/clock.js';
import { container, difference, message, newMessage, state } from '../kit.js';
import { FeedBench } from './bench.js';

describe('silence', () => {
  it('is not broken by results of own requests', async () => {
    const bench = new FeedBench();
    bench.settings.pollInterval = 30;
    await bench.start();
    bench.answer(state(10, 5, 3));
    await bench.clock.advance(30_000);
    bench.answer(difference(state(11, 5, 3), { messages: [message(11)] }), 'updates.getDifference');
    await settle();
    bench.feed.answered(container([newMessage(12)]), { _: 'messages.editMessage' } as never);
    await bench.clock.advance(2000);
    expect(bench.silences).toMatchObject([{ missed: 1 }]);
    expect(bench.seen).toEqual([11, 12]);
  });
});
