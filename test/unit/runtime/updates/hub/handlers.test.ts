import { describe, expect, it } from 'vitest';
import { Filter } from '../../../../../packages/runtime/src/updates/filters/filter.js';
import { all, Bench, broken, dialogFilters, gate, said, settled, texts } from './kit.js';

describe('handlers', () => {
  it('are called in the order of subscription, each when the one before has ended', async () => {
    const bench = new Bench();
    const calls: string[] = [];
    const first = gate();
    bench.hub.on(all, async () => {
      calls.push('first begins');
      await first.promise;
      calls.push('first ends');
    });
    bench.hub.on(texts('other'), () => void calls.push('never'));
    bench.hub.on(all, () => void calls.push('second'));
    bench.deliver(said('one'));
    await settled();
    expect(calls).toEqual(['first begins']);
    expect(bench.finished).toEqual([]);
    first.open();
    await settled();
    expect(calls).toEqual(['first begins', 'first ends', 'second']);
    expect(bench.done).toEqual([1]);
    expect(bench.lanes).toBe(0);
  });

  it('that take no time run at once', () => {
    const bench = new Bench();
    const heard = bench.listen();
    bench.deliver(said('a'), said({ text: 'b', chat: 5n }), said('c'));
    expect(heard).toEqual(['a', 'b', 'c']);
    expect(bench.done).toEqual([1, 1, 1]);
    expect(bench.lanes).toBe(0);
  });

  it('see updates numbered from 0', () => {
    const bench = new Bench();
    const ids: number[] = [];
    bench.hub.on(all, (event) => void ids.push(event.id));
    bench.deliver(said(), said(), said());
    expect(ids).toEqual([0, 1, 2]);
  });

  it('are not called after one that stops the event', async () => {
    const bench = new Bench();
    bench.hub.on(new Filter(() => ({ found: 1 })), (event) => event.stop());
    const heard = bench.listen();
    bench.deliver(said('a'));
    expect(heard).toEqual([]);
    expect(bench.done).toEqual([1]);

    const slow = new Bench();
    slow.hub.on(all, async (event) => {
      await settled();
      event.stop();
    });
    const later = slow.listen();
    slow.deliver(said('a'));
    await settled();
    await settled();
    expect(later).toEqual([]);
    expect(slow.done).toEqual([1]);
  });

  it('of one chat take one update at a time, those of different chats run side by side', async () => {
    const bench = new Bench();
    const gates = new Map<string, ReturnType<typeof gate>>();
    const running: string[] = [];
    bench.hub.on(all, async ({ text }) => {
      const one = gate();
      gates.set(text, one);
      running.push(text);
      await one.promise;
      running.splice(running.indexOf(text), 1);
    });
    bench.deliver(said('a1'), said('a2'));
    for (let chat = 1; chat <= 300; chat++)
      bench.deliver(said({ chat: BigInt(-chat), text: `g${chat}` }));
    await settled();
    expect(running).toHaveLength(301);
    expect(running).not.toContain('a2');
    gates.get('a1')?.open();
    await settled();
    expect(running).toContain('a2');
    for (const one of gates.values()) one.open();
    await settled();
    expect(running).toEqual([]);
    expect(bench.done.every((times) => times === 1)).toBe(true);
    expect(bench.lanes).toBe(0);
  });

  it('share one lane for updates of no chat', async () => {
    const bench = new Bench();
    const one = gate();
    let calls = 0;
    bench.hub.on(all, () => {
      calls++;
      return one.promise;
    });
    bench.deliver(dialogFilters(), dialogFilters());
    await settled();
    expect(calls).toBe(1);
    one.open();
    await settled();
    expect(calls).toBe(2);
    expect(bench.done).toEqual([1, 1]);
  });

  it('that throw or reject, and filters that throw, are told; the others are called all the same', async () => {
    const bench = new Bench();
    bench.hub.on(all, () => {
      throw new Error('thrown');
    });
    bench.hub.on(broken, () => undefined);
    bench.hub.on(all, () => Promise.reject(new Error('rejected')));
    const heard = bench.listen();
    bench.deliver(said('a'));
    await settled();
    expect(bench.failures.map(([error]) => (error as Error).message)).toEqual([
      'thrown',
      'a broken filter',
      'rejected',
    ]);
    expect(bench.failures.map(([, event]) => event.id)).toEqual([0, 0, 0]);
    expect(heard).toEqual(['a']);
    expect(bench.done).toEqual([1]);
  });

  it('that return what is like a promise, and settles twice, count once', async () => {
    const bench = new Bench();
    bench.hub.on(all, () => ({
      // oxlint-disable-next-line unicorn/no-thenable
      then(resolve: () => void, reject: (error: Error) => void) {
        resolve();
        resolve();
        reject(new Error('too late'));
      },
    }));
    const heard = bench.listen();
    bench.deliver(said('a'));
    await settled();
    expect([heard, bench.done, bench.failures]).toEqual([['a'], [1], []]);
  });

  it('get what their filter found, each its own', () => {
    const bench = new Bench();
    const found: unknown[] = [];
    const adds = new Filter(({ text }) => ({ message: `found ${text}`, extra: 1 }));
    bench.hub.on(adds, (event) => void found.push(event.message, event.extra, event.id));
    bench.hub.on(all, (event) => void found.push('extra' in event, typeof event.message));
    bench.deliver(said('a'));
    expect(found).toEqual(['found a', 1, 0, false, 'object']);
  });

  it('are not offered what the account did itself, unless they want it', () => {
    const bench = new Bench();
    const others = bench.listen();
    const own: string[] = [];
    bench.hub.on(all, (event) => void own.push(event.text), { own: true });
    bench.deliver(said({ text: 'sent', out: true }), said('came'));
    bench.deliverFrom(said('result'), 'own');
    expect(others).toEqual(['came']);
    expect(own).toEqual(['sent', 'came', 'result']);
    expect(bench.done).toEqual([1, 1, 1]);
  });

  it('that are removed are not called any more, also for what has come', async () => {
    const bench = new Bench();
    const first = gate();
    const heard: string[] = [];
    bench.hub.on(all, async ({ text }) => {
      if (text === 'a') await first.promise;
      if (text === 'a') off();
    });
    const off = bench.hub.on(all, (event) => void heard.push(event.text));
    bench.deliver(said('a'), said('b'));
    first.open();
    await settled();
    off();
    expect(heard).toEqual([]);
    expect(bench.done).toEqual([1, 1]);
    expect(bench.hub.isWanted).toBe(true);
  });

  it('that are subscribed while an update is handled wait for the next one', () => {
    const bench = new Bench();
    const heard: string[] = [];
    let once = false;
    bench.hub.on(all, () => {
      if (!once) bench.hub.on(all, (event) => void heard.push(event.text));
      once = true;
    });
    bench.deliver(said('a'), said('b'));
    expect(heard).toEqual(['b']);
  });

  it('may bring updates themselves: order is kept', () => {
    const bench = new Bench();
    const heard: string[] = [];
    bench.hub.on(all, ({ text }) => {
      heard.push(`${text} begins`);
      if (text === 'a') bench.deliver(said('b'));
      heard.push(`${text} ends`);
    });
    bench.deliver(said('a'));
    expect(heard).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
    expect(bench.done).toEqual([1, 1]);
  });

  it('are served in order by a feed that brings more when something is done', () => {
    const bench = new Bench();
    const heard = bench.listen();
    let left = 5;
    const next = (): void => {
      if (left-- > 0) bench.deliverFrom(said(`${5 - left}`), 'push', next);
    };
    next();
    expect(heard).toEqual(['1', '2', '3', '4', '5']);
    expect(bench.done).toEqual([1, 1, 1, 1, 1]);
  });

  it('take true and false for own, nothing else', () => {
    const bench = new Bench();
    expect(() => bench.hub.on(all, () => undefined, { own: 1 as never })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', option: 'own' }) as Error,
    );
  });

  it('leave no lane behind, however many chats there were', async () => {
    const bench = new Bench();
    bench.hub.on(all, async () => settled());
    for (let chat = 1; chat <= 1000; chat++) bench.deliver(said({ chat: BigInt(chat) }));
    expect(bench.lanes).toBe(1000);
    await settled();
    await settled();
    expect(bench.lanes).toBe(0);
    expect(bench.finished).toHaveLength(1000);
  });
});
