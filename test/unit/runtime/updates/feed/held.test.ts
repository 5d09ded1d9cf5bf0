import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { settle } from '../../network/fakes/clock.js';
import { container, newMessage, state } from '../kit.js';
import { FeedBench } from './bench.js';

describe('a server that pushes while the storage is read', () => {
  it('does not fill the memory: the difference at the start brings the rest', async () => {
    const bench = new FeedBench();
    await bench.store.open();
    let read: (() => void) | undefined;
    const list = bench.store.list.bind(bench.store);
    bench.store.list = async (space) => {
      await new Promise<void>((resolve) => (read = resolve));
      return list(space);
    };
    const starting = bench.feed.start();
    await settle();
    for (let i = 0; i < 5000; i++) bench.feed.pushed(container([new base.UpdateConfig()]));
    expect(bench.seen).toEqual([]);
    read?.();
    await starting;
    await settle();
    expect(bench.seen).toHaveLength(1000);
    bench.answer(state(10, 5, 3));
    await settle();
    bench.feed.pushed(container([newMessage(11)]));
    expect(bench.seen.at(-1)).toBe(11);
  });
});
