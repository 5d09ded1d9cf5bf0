import { describe, expect, it } from 'vitest';
import { ClosedError } from '../../../../../packages/runtime/src/network/errors.js';
import { all, Bench, gate, said, settled, texts } from './kit.js';

describe('a handler that waits when the client closes', () => {
  it('and gives up for that is begun anew at the next start, and is no failure', async () => {
    const bench = new Bench();
    const seen: string[] = [];
    bench.hub.on(all, async (event) => {
      seen.push(event.text);
      await event.waitFor(all);
    });
    bench.hub.on(all, ({ text }) => seen.push(`second ${text}`));
    bench.deliver(said('question'));
    expect(await bench.hub.drain(1000)).toBe(true);
    expect([seen, bench.done, bench.failures]).toEqual([['question'], [0], []]);
  });

  it('and ends in good order nevertheless is done', async () => {
    const bench = new Bench();
    bench.hub.on(all, async (event) => {
      await event.waitFor(all).catch(() => undefined);
    });
    bench.deliver(said('question'));
    expect(await bench.hub.drain(1000)).toBe(true);
    expect([bench.done, bench.failures]).toEqual([[1], []]);
  });
});

describe('renewed', () => {
  it('drops what has not begun; handlers go on with what they have', async () => {
    const bench = new Bench();
    const busy = gate();
    const heard: string[] = [];
    bench.hub.on(all, async ({ text }) => {
      heard.push(text);
      await busy.promise;
    });
    bench.deliver(said('a'), said('b'));
    bench.hub.renewed();
    busy.open();
    await settled();
    expect(heard).toEqual(['a']);
    bench.deliver(said('b'));
    expect(heard).toEqual(['a', 'b']);
  });
});

describe('forget', () => {
  it('fails who waits, and what handlers of the account that is gone do', async () => {
    const bench = new Bench();
    const reason = new Error('gone');
    const failures: unknown[] = [];
    bench.hub.on(all, async (event) => {
      await event.waitFor(all).catch((error: unknown) => failures.push(error));
      await event.respond('late').catch((error: unknown) => failures.push(error));
    });
    bench.deliver(said('a'));
    bench.hub.forget(reason);
    await settled();
    expect(failures).toEqual([reason, reason]);
    expect(bench.sent).toEqual([]);
  });

  it('gives what waits to nobody: it was of an account that is gone', async () => {
    const bench = new Bench();
    const busy = gate();
    const heard: string[] = [];
    bench.deliver(said('parked'));
    bench.hub.forget(new Error('gone'));
    bench.hub.on(all, async ({ text }) => {
      heard.push(text);
      await busy.promise;
    });
    const reader = bench.hub.updates();
    await bench.hub.getUpdates();
    bench.deliver(said('a'), said('b'));
    bench.hub.forget(new Error('gone'));
    bench.deliver(said('c'));
    busy.open();
    await settled();
    expect(heard).toEqual(['a', 'c']);
    expect((await reader.next()).value?.text).toBe('c');
    expect((await bench.hub.getUpdates()).map(({ event }) => event.text)).toEqual(['c']);
    await reader.return();
    await bench.hub.getUpdates({ offset: -0 });
    expect(bench.done.slice(0, 3)).toEqual([1, 1, 1]);
  });
});

describe('drain', () => {
  it('lets handlers see what has come, and no more', async () => {
    const bench = new Bench();
    const busy = gate();
    const heard: string[] = [];
    bench.hub.on(all, async ({ text }) => {
      await busy.promise;
      heard.push(text);
    });
    bench.deliver(said('a'), said('b'));
    const drained = bench.hub.drain(1000);
    bench.deliver(said('c'), said({ chat: 5n, text: 'd' }));
    busy.open();
    expect(await drained).toBe(true);
    expect(heard).toEqual(['a', 'b']);
    expect(bench.done).toEqual([1, 1, 0, 0]);
    expect([bench.clock.pending, bench.lanes]).toEqual([0, 0]);
  });

  it('is true at once when nothing is to be done', async () => {
    const bench = new Bench();
    bench.listen();
    expect(await bench.hub.drain(1000)).toBe(true);
    expect(bench.clock.pending).toBe(0);
  });

  it('is false when a handler takes too long', async () => {
    const bench = new Bench();
    bench.hub.on(all, () => gate().promise);
    bench.deliver(said('a'));
    const drained = bench.hub.drain(1000);
    await bench.clock.pass(1000);
    expect(await drained).toBe(false);
    expect(bench.done).toEqual([0]);
  });

  it('is false when the client is closed before', async () => {
    const bench = new Bench();
    bench.hub.on(all, () => gate().promise);
    bench.deliver(said('a'));
    const drained = bench.hub.drain(1000);
    bench.hub.close();
    expect(await drained).toBe(false);
    expect(bench.clock.pending).toBe(0);
  });

  it('ends waits of handlers, so that they can end; and those that begin later', async () => {
    const bench = new Bench();
    const errors: unknown[] = [];
    const heard = bench.listen(texts('behind'));
    bench.hub.on(texts('/start'), async (event) => {
      await event.waitFor(all, { timeout: 5000 }).catch((error: unknown) => errors.push(error));
      await event.waitFor(all).catch((error: unknown) => errors.push(error));
    });
    bench.deliver(said('/start'));
    expect(await bench.hub.drain(1000)).toBe(true);
    expect(errors).toEqual([expect.any(ClosedError), expect.any(ClosedError)]);
    expect([heard, bench.done]).toEqual([[], [1]]);
    expect([bench.clock.pending, bench.lanes]).toEqual([0, 0]);
  });

  it('handles what waited behind a conversation', async () => {
    const bench = new Bench();
    const heard = bench.listen();
    const conversation = bench.hub.conversation(100n);
    bench.deliver(said('a'), said('b'));
    await conversation.waitFor();
    const pending = conversation.waitFor(texts('c'));
    expect(await bench.hub.drain(1000)).toBe(true);
    await expect(pending).rejects.toBeInstanceOf(ClosedError);
    expect([heard, bench.done]).toEqual([['b'], [0, 1]]);
    conversation.close();
    expect(bench.done).toEqual([1, 1]);
  });

  it('called by a handler waits for that one too', async () => {
    const bench = new Bench();
    const results: boolean[] = [];
    bench.hub.on(all, () => {
      void bench.hub.drain(1000).then((result) => results.push(result));
    });
    bench.deliver(said('a'));
    await settled();
    expect([results, bench.done]).toEqual([[true], [1]]);
  });

  it('does not keep readers from reading when there are no handlers', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    expect(await bench.hub.drain(1000)).toBe(true);
    bench.deliver(said('a'));
    expect((await reader.next()).value?.text).toBe('a');
  });
});

describe('close', () => {
  it('ends everything: nothing is offered, nothing is done', async () => {
    const bench = new Bench();
    const busy = gate();
    const heard: string[] = [];
    bench.hub.on(all, async ({ text }) => {
      heard.push(text);
      await busy.promise;
    });
    bench.hub.on(all, ({ text }) => void heard.push(`second ${text}`));
    bench.deliver(said('a'), said('b'));
    bench.hub.close();
    bench.hub.close();
    bench.deliver(said('c'));
    busy.open();
    await settled();
    expect(heard).toEqual(['a']);
    expect(bench.done).toEqual([0, 0, 0]);
    expect(bench.lanes).toBe(0);
  });

  it('ends waits, those that were forgotten too', async () => {
    const bench = new Bench();
    const errors: unknown[] = [];
    bench.hub.on(texts('a'), (event) => {
      event.waitFor(all).catch((error: unknown) => errors.push(error));
    });
    bench.hub.on(texts('b'), async (event) => {
      await event.waitFor(all, { timeout: 10 }).catch((error: unknown) => errors.push(error));
    });
    bench.deliver(said('a'), said({ chat: 5n, text: 'b' }));
    bench.hub.close();
    await settled();
    expect(errors).toEqual([expect.any(ClosedError), expect.any(ClosedError)]);
    expect(bench.clock.pending).toBe(0);
  });

  it('leaves alone what waited for the first to come', async () => {
    const bench = new Bench();
    bench.deliver(said('a'));
    const heard = bench.listen();
    bench.hub.close();
    await settled();
    expect([heard, bench.done]).toEqual([[], [0]]);
  });
});
