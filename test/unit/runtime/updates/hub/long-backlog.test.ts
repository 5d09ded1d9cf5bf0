import { describe, expect, it } from 'vitest';
import { all, Bench, gate, said, settled, typing } from './kit.js';

describe('a long line', () => {
  it('loses nothing and keeps its order, however it is taken from', async () => {
    const bench = new Bench();
    const busy = gate();
    const heard: string[] = [];
    const remove = bench.hub.on(all, async ({ text }) => {
      await busy.promise;
      heard.push(text);
    });
    const reader = bench.hub.updates();
    await bench.hub.getUpdates();
    const wanted = Array.from({ length: 1000 }, (_, i) => String(i));
    for (const text of wanted) bench.deliver(said(text));

    const read: (string | undefined)[] = [];
    const readUpTo = async (count: number): Promise<void> => {
      while (read.length < count) {
        const next = await Promise.race([reader.next(), settled()]);
        if (next === undefined) return;
        read.push(next.value?.text);
      }
    };
    await readUpTo(600);
    bench.deliver(typing());
    wanted.push('', 'the last');
    bench.deliver(said('the last'));
    await readUpTo(wanted.length);
    expect(read).toEqual(wanted);
    await reader.return();

    const got: string[] = [];
    for (let offset = 0; got.length < wanted.length;) {
      const some = await bench.hub.getUpdates({ offset, limit: 70 });
      if (some.length === 0) break;
      got.push(...some.map(({ event }) => event.text));
      offset = (some.at(-1)?.updateId ?? 0) + 1;
    }
    expect(got).toEqual(wanted);
    await bench.hub.getUpdates({ offset: 1002 });

    busy.open();
    await settled();
    expect(heard).toEqual(wanted);
    expect(bench.done).toEqual(wanted.map(() => 1));
    remove();
  });
});
