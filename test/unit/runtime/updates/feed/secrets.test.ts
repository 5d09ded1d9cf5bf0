import { describe, expect, it } from 'vitest';
import type { base } from '@tlgen/telegram';
import { settle } from '../../network/fakes/clock.js';
import { container, difference, newMessage, newSecret, secret, state } from '../kit.js';
import { FeedBench } from './bench.js';

/** A journal that a test makes store. */
class Journal {
  readonly kept: string[] = [];
  readonly waiting: { key: string; resolve(): void; reject(error: Error): void }[] = [];

  store(_: base.UpdateNewEncryptedMessage, key: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        this.kept.push(key);
        resolve();
      };
      this.waiting.push({ key, resolve: done, reject });
    });
  }
}

const push = (bench: FeedBench, ...qts: number[]): void =>
  bench.feed.pushed(container(qts.map((one) => newSecret(one))));

describe('secret messages', () => {
  it("without a journal: delivered, never confirmed, and in nobody's way", async () => {
    const bench = new FeedBench();
    bench.settings.queueLimit = 3;
    await bench.start();
    bench.answer(state(10, 5, 3));
    await settle();
    for (let qts = 6; qts < 106; qts++) push(bench, qts);
    bench.feed.pushed(container([newMessage(11)]));
    bench.done();
    await bench.clock.advance(3000);
    expect([bench.seen.length, bench.names]).toEqual([101, []]);
    expect((await bench.stored())['main:state']).toMatchObject({ pts: 11, qts: 5, done: [] });
  });

  it('with one: stored in order, one at a time, then delivered, saved and confirmed', async () => {
    const bench = await FeedBench.started();
    const journal = new Journal();
    bench.journal = journal;
    push(bench, 6, 7);
    await settle();
    expect([journal.waiting.map(({ key }) => key), bench.seen]).toEqual([['secret:1:6'], []]);
    journal.waiting[0]?.resolve();
    await settle();
    expect(bench.seen).toEqual(['secret 6']);
    await bench.feed.save();
    // the handlers need not be done with it
    expect((await bench.stored())['main:state']).toMatchObject({ qts: 6 });
    expect(bench.next().request).toMatchObject({ _: 'messages.receivedQueue', maxQts: 6 });
    journal.waiting[1]?.resolve();
    await settle();
    expect([bench.seen, journal.kept]).toEqual([
      ['secret 6', 'secret 7'],
      ['secret:1:6', 'secret:1:7'],
    ]);
  });

  it('the server is told after the qts is durable, again with the next when that failed', async () => {
    const bench = await FeedBench.started();
    await bench.feed.save();
    bench.journal = { store: () => Promise.resolve() };
    bench.broken = new Error('the disk is full');
    push(bench, 6);
    await settle();
    await expect(bench.feed.save()).rejects.toBe(bench.broken);
    expect(bench.names).toEqual([]);
    bench.broken = null;
    await bench.feed.save();
    bench.refuse('MAX_QTS_INVALID');
    await settle();
    expect(bench.lines.join()).toContain('not confirmed');
    push(bench, 7);
    await settle();
    await bench.feed.save();
    bench.answer([], 'messages.receivedQueue');
    await settle();
    await bench.feed.save();
    expect(bench.names).toEqual([]);
  });

  it('bots confirm nothing: what they number by qts are other things', async () => {
    const bench = new FeedBench();
    bench.self = { id: 7n, bot: true };
    bench.journal = { store: () => Promise.resolve() };
    await bench.start();
    bench.answer(state(10, 5, 3));
    await settle();
    await bench.feed.save();
    push(bench, 6);
    await settle();
    await bench.feed.save();
    expect((await bench.stored())['main:state']).toMatchObject({ qts: 6 });
    expect(bench.names).toEqual([]);
  });

  it('a journal that refuses is asked again, later ones wait, and nothing is confirmed', async () => {
    const bench = await FeedBench.started();
    const journal = new Journal();
    bench.journal = journal;
    push(bench, 6, 7);
    for (const seconds of [1, 2, 4]) {
      await settle();
      journal.waiting.pop()?.reject(new Error('full'));
      await bench.clock.advance(seconds * 1000 - 10);
      expect(journal.waiting).toEqual([]);
      await bench.clock.advance(20);
      expect(journal.waiting.map(({ key }) => key)).toEqual(['secret:1:6']);
    }
    expect([bench.failures.length, bench.seen]).toEqual([3, []]);
    await bench.feed.save();
    expect((await bench.stored())['main:state']).toMatchObject({ qts: 5 });
    bench.journal = {
      store: () => {
        throw new Error('at once');
      },
    };
    journal.waiting.pop()?.resolve();
    await settle();
    expect([bench.seen, bench.failures.length]).toEqual([['secret 6'], 4]);
  });

  it('what is stored and done does not come again, though an earlier one is not saved', async () => {
    const bench = await FeedBench.started();
    push(bench, 6);
    const journal = new Journal();
    bench.journal = journal;
    push(bench, 7, 8);
    await settle();
    journal.waiting.pop()?.resolve();
    await settle();
    bench.done();
    await bench.feed.save();
    expect((await bench.stored())['main:state']).toMatchObject({ qts: 5, done: ['secret:1:7'] });
    await bench.die();

    const second = new FeedBench(bench);
    const next = new Journal();
    second.journal = next;
    await second.start();
    second.answer(difference(state(10, 8, 3), { secrets: [6, 7, 8].map((id) => secret(id)) }));
    for (let i = 0; i < 3; i++) {
      await settle();
      next.waiting.pop()?.resolve();
    }
    await settle();
    expect(next.kept).toEqual(['secret:1:6', 'secret:1:8']);
    await second.feed.save();
    expect((await second.stored())['main:state']).toMatchObject({ qts: 8 });
  });

  it('one that is stored after stop() is neither given nor confirmed: it comes again', async () => {
    const bench = await FeedBench.started();
    const journal = new Journal();
    bench.journal = journal;
    push(bench, 6);
    await settle();
    await bench.feed.stop();
    journal.waiting.pop()?.resolve();
    await settle();
    await bench.feed.save();
    expect([bench.seen, bench.clock.pending]).toEqual([[], 0]);
    expect((await bench.stored())['main:state']).toMatchObject({ qts: 5 });
  });
});
