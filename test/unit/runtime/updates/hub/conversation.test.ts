import { describe, expect, it } from 'vitest';
import { ClosedError } from '../../../../../packages/runtime/src/network/errors.js';
import type { UpdateEvent } from '../../../../../packages/runtime/src/updates/event/index.js';
import { ConversationError } from '../../../../../packages/runtime/src/updates/hub/index.js';
import { all, Bench, broken, countedSignal, gate, said, settled, texts, typing } from './kit.js';

const GROUP = -5n;

describe('a wait in a handler', () => {
  it('takes the next update of the chat; other handlers and chats don’t wait for it', async () => {
    const bench = new Bench();
    const talk: string[] = [];
    bench.hub.on(texts('/start'), async (event) => {
      const { text } = await event.waitFor(all);
      talk.push(text);
    });
    const heard = bench.listen(texts('name', 'later', 'elsewhere'));
    bench.deliver(said('/start'));
    bench.deliver(said({ chat: 200n, text: 'elsewhere' }), said('name'), said('later'));
    await settled();
    expect(talk).toEqual(['name']);
    expect(heard).toEqual(['elsewhere', 'later']);
    expect(bench.done).toEqual([1, 1, 1, 1]);
    expect(bench.lanes).toBe(0);
  });

  it('begins with what waits already, in order; the rest is handled afterwards', async () => {
    const bench = new Bench();
    const begin = gate();
    const talk: string[] = [];
    const heard: string[] = [];
    bench.hub.on(all, async (event) => {
      if (event.text !== '/start') return void heard.push(event.text);
      await begin.promise;
      talk.push((await event.waitFor(texts('x', 'y'))).text);
      talk.push((await event.waitFor(texts('x', 'y'))).text);
      talk.push((await event.waitFor(texts('z'))).text);
    });
    bench.deliver(said('/start'), said('a'), said('x'), said('b'), said('y'));
    await settled();
    begin.open();
    await settled();
    expect([talk, heard]).toEqual([['x', 'y'], []]);
    bench.deliver(said('c'), said('z'), said('d'));
    await settled();
    expect([talk, heard]).toEqual([
      ['x', 'y', 'z'],
      ['a', 'b', 'c', 'd'],
    ]);
    expect(bench.done.every((times) => times === 1)).toBe(true);
  });

  it('is not done with what it took before its handler ends', async () => {
    const bench = new Bench();
    const end = gate();
    bench.hub.on(texts('/start'), async (event) => {
      await event.waitFor(all);
      await end.promise;
    });
    bench.deliver(said('/start'), said('name'));
    await settled();
    expect(bench.done).toEqual([0, 0]);
    end.open();
    await settled();
    expect(bench.done).toEqual([1, 1]);
  });

  it('can be asked for by what an earlier one took', async () => {
    const bench = new Bench();
    const talk: string[] = [];
    bench.hub.on(texts('/start'), async (event) => {
      const name = await event.ask('name?');
      const age = await name.ask('age?');
      talk.push(name.text, age.text);
    });
    const heard = bench.listen(texts('Ann', '30', 'bye'));
    bench.deliver(said('/start'));
    await settled();
    bench.deliver(said('Ann'));
    await settled();
    bench.deliver(said('30'), said('bye'));
    await settled();
    expect(talk).toEqual(['Ann', '30']);
    expect(heard).toEqual(['bye']);
    expect(bench.sent.map(({ text }) => text)).toEqual(['name?', 'age?']);
    expect(bench.done).toEqual([1, 1, 1, 1]);
  });

  it('hears only whoever sent the update, unless anyone will do; never the account itself', async () => {
    const bench = new Bench();
    const talk: string[] = [];
    bench.hub.on(texts('/start'), async (event) => {
      talk.push((await event.waitFor(all)).text);
      talk.push((await event.waitFor(all, { from: 'anyone' })).text);
    });
    const group = (text: string, sender: bigint, out = false) =>
      said({ chat: GROUP, text, sender, out });
    bench.deliver(
      group('/start', 1n),
      group('other', 2n),
      group('mine', 1n, true),
      group('his', 1n),
    );
    await settled();
    // what waited already counts for the second wait
    expect(talk).toEqual(['his', 'other']);
    expect(bench.done).toEqual([1, 1, 1, 1]);
  });

  it('is seen by readers and getUpdates all the same', async () => {
    const bench = new Bench();
    const reader = bench.hub.updates();
    await bench.hub.getUpdates();
    bench.hub.on(texts('/start'), (event) => event.waitFor(all));
    bench.deliver(said('/start'), said('name'));
    await settled();
    await reader.next();
    expect((await reader.next()).value?.text).toBe('name');
    expect((await bench.hub.getUpdates()).map(({ event }) => event.text)).toEqual([
      '/start',
      'name',
    ]);
    expect(bench.done).toEqual([0, 0]);
    await reader.return();
    await bench.hub.getUpdates({ offset: 2 });
    expect(bench.done).toEqual([1, 1]);
  });

  it('ends by its timeout or its signal, and leaves nothing behind', async () => {
    const bench = new Bench();
    const { signal, controller, listeners } = countedSignal();
    const errors: unknown[] = [];
    bench.hub.on(texts('/start'), async (event) => {
      await event
        .waitFor(all, { timeout: 1000, signal })
        .catch((error: unknown) => errors.push(error));
      await event
        .waitFor(all, { timeout: 1000, signal })
        .catch((error: unknown) => errors.push(error));
      await event.waitFor(all, { signal }).catch((error: unknown) => errors.push(error));
    });
    const heard = bench.listen(texts('late'));
    bench.deliver(said('/start'));
    await bench.clock.pass(1000);
    expect(listeners()).toBe(1);
    controller.abort();
    await settled();
    expect(errors).toMatchObject([{ code: 'TIMEOUT' }, { code: 'ABORTED' }, { code: 'ABORTED' }]);
    bench.deliver(said('late'));
    expect(heard).toEqual(['late']);
    expect([listeners(), bench.clock.pending, bench.lanes]).toEqual([0, 0, 0]);
  });

  it('fails with the error of its filter', async () => {
    const bench = new Bench();
    const errors: string[] = [];
    bench.hub.on(texts('/start'), async (event) => {
      await event.waitFor(broken).catch((error: Error) => errors.push(error.message));
    });
    const heard = bench.listen(texts('a'));
    bench.deliver(said('/start'), said('a'));
    await settled();
    expect([errors, heard]).toEqual([['a broken filter'], ['a']]);
    expect(bench.done).toEqual([1, 1]);
  });

  it('that was forgotten goes on until it ends, and blocks nothing then', async () => {
    const bench = new Bench();
    const talk: string[] = [];
    bench.hub.on(texts('/start'), (event) => {
      void event.waitFor(texts('yes')).then(({ text }) => talk.push(text));
    });
    const heard = bench.listen(texts('no', 'yes'));
    bench.deliver(said('/start'), said('no'));
    await settled();
    expect(heard).toEqual([]);
    // the handler has ended: its own update is done
    expect(bench.done).toEqual([1, 0]);
    bench.deliver(said('yes'));
    await settled();
    expect([talk, heard]).toEqual([['yes'], ['no']]);
    expect(bench.done).toEqual([1, 1, 1]);
    expect(bench.lanes).toBe(0);
  });

  it('that was forgotten and times out is no unhandled rejection', async () => {
    const bench = new Bench();
    const rejections: unknown[] = [];
    const note = (reason: unknown): void => void rejections.push(reason);
    process.on('unhandledRejection', note);
    bench.hub.on(texts('/start'), (event) => void event.waitFor(all, { timeout: 10 }));
    const heard = bench.listen(texts('a'));
    bench.deliver(said('/start'));
    await bench.clock.pass(10);
    await settled();
    process.off('unhandledRejection', note);
    bench.deliver(said('a'));
    expect([rejections, heard, bench.lanes]).toEqual([[], ['a'], 0]);
  });

  it('is first asked, first served; an update goes to one', async () => {
    const bench = new Bench();
    const talk: string[] = [];
    bench.hub.on(texts('/start'), async (event) => {
      const waits = ['one', 'two', 'three'].map(async (name) => {
        talk.push(`${name} ${(await event.waitFor(texts('a', 'b', 'c'))).text}`);
      });
      await Promise.all(waits);
    });
    bench.deliver(said('/start'), said('a'), said('b'), said('c'));
    await settled();
    expect(talk).toEqual(['one a', 'two b', 'three c']);
    expect(bench.done).toEqual([1, 1, 1, 1]);
  });

  it('works for events that were read in a loop', async () => {
    const bench = new Bench();
    const heard = bench.listen(texts('name', 'later'));
    const reader = bench.hub.updates();
    bench.deliver(said('/start'));
    const { value } = await reader.next();
    const answer = (value as UpdateEvent).waitFor(all);
    bench.deliver(said('name'), said('later'));
    expect((await answer).text).toBe('name');
    expect(heard).toEqual(['later']);
    expect(bench.lanes).toBe(0);
  });

  it('refuses options that mean nothing', async () => {
    const bench = new Bench();
    const errors: unknown[] = [];
    bench.hub.on(all, async (event) => {
      for (const options of [{ timeout: -1 }, { from: 'me' }, { signal: 1 }]) {
        await event.waitFor(all, options as never).catch((error: unknown) => errors.push(error));
      }
    });
    bench.deliver(said('/start'));
    await settled();
    expect(errors).toMatchObject([
      { code: 'BAD_OPTION', option: 'timeout' },
      { code: 'BAD_OPTION', option: 'from' },
      { code: 'BAD_OPTION', option: 'signal' },
    ]);
    expect(bench.lanes).toBe(0);
  });

  it('keeps updates coming although no handler is left', async () => {
    const bench = new Bench();
    const talk: string[] = [];
    const off = bench.hub.on(all, async (event) => {
      off();
      talk.push((await event.waitFor(all)).text);
    });
    bench.deliver(said('/start'), said('name'));
    await settled();
    expect(talk).toEqual(['name']);
    expect(bench.done).toEqual([1, 1]);
    expect(bench.hub.isWanted).toBe(false);
  });
});

describe('a conversation', () => {
  it('asks and is answered; what it took is done when it is closed, the rest flows on', async () => {
    const bench = new Bench();
    const heard = bench.listen();
    const conversation = bench.hub.conversation(GROUP);
    expect(conversation.chatId).toBe(GROUP);
    const answer = conversation.ask('name?', undefined, { silent: true });
    expect(bench.sent).toMatchObject([{ chat: GROUP, text: 'name?', options: { silent: true } }]);
    bench.deliver(
      said({ chat: GROUP, sender: 3n, text: 'Ann' }),
      said({ chat: GROUP, sender: 4n, text: 'hello' }),
      said('elsewhere'),
    );
    expect((await answer).message.message).toBe('Ann');
    expect(heard).toEqual(['elsewhere']);
    expect(bench.done).toEqual([0, 0, 1]);
    await conversation.send('bye');
    conversation.close();
    expect(heard).toEqual(['elsewhere', 'hello']);
    expect(bench.done).toEqual([1, 1, 1]);
    expect(bench.lanes).toBe(0);
  });

  it('hears what came since it began, but not what is only of the moment unless it is asked for', async () => {
    const bench = new Bench();
    const conversation = bench.hub.conversation(100n);
    bench.deliver(typing(), said({ text: 'mine', out: true }), said('a'));
    expect((await conversation.waitFor()).text).toBe('a');
    expect((await conversation.waitFor(all)).update._).toBe('updateUserTyping');
    conversation.close();
    expect(bench.done).toEqual([1, 1, 1]);
  });

  it('waits before it sends: the answer may come first', async () => {
    const bench = new Bench();
    const sending = gate();
    bench.send = () => sending.promise.then(() => []);
    const conversation = bench.hub.conversation(100n);
    const answer = conversation.ask('name?');
    bench.deliver(said('Ann'));
    await settled();
    sending.open();
    expect((await answer).text).toBe('Ann');
    conversation.close();
  });

  it('throws what sending throws, and waits no more', async () => {
    const bench = new Bench();
    bench.send = () => Promise.reject(new Error('not sent'));
    const conversation = bench.hub.conversation(100n);
    await expect(conversation.ask('name?', all, { timeout: 50 })).rejects.toThrow('not sent');
    expect(bench.clock.pending).toBe(0);
    bench.deliver(said('a'));
    expect((await conversation.waitFor()).text).toBe('a');
    conversation.close();
  });

  it('closed: what is awaited fails, and so does what is asked later', async () => {
    const bench = new Bench();
    const heard = bench.listen();
    const conversation = bench.hub.conversation(100n);
    const waits = [conversation.waitFor(), conversation.ask('a?')];
    await conversation[Symbol.asyncDispose]();
    for (const wait of waits) await expect(wait).rejects.toBeInstanceOf(ConversationError);
    await expect(conversation.waitFor()).rejects.toMatchObject({ code: 'CONVERSATION_CLOSED' });
    await expect(conversation.ask('b?')).rejects.toMatchObject({ chatId: 100n });
    expect(bench.sent.map(({ text }) => text)).toEqual(['a?']);
    bench.deliver(said('a'));
    expect(heard).toEqual(['a']);
  });

  it('begun in a handler of the chat shares its hold', async () => {
    const bench = new Bench();
    const end = gate();
    const talk: string[] = [];
    const heard = bench.listen(texts('x'));
    bench.hub.on(texts('/start'), async () => {
      const conversation = bench.hub.conversation(100n);
      talk.push((await conversation.waitFor()).text);
      void end.promise.then(() => conversation.close());
    });
    bench.deliver(said('/start'), said('name'), said('x'));
    await settled();
    // the handler has ended, the conversation has not
    expect([talk, heard]).toEqual([['name'], []]);
    expect(bench.done).toEqual([1, 0, 0]);
    end.open();
    await settled();
    expect(heard).toEqual(['x']);
    expect(bench.done).toEqual([1, 1, 1]);
  });

  it('is one of several in a chat: the lane is free when all are closed', async () => {
    const bench = new Bench();
    const heard = bench.listen();
    const [one, two] = [bench.hub.conversation(100n), bench.hub.conversation(100n)];
    const waits = [two.waitFor(), one.waitFor()];
    bench.deliver(said('a'), said('b'), said('c'));
    expect((await Promise.all(waits)).map(({ text }) => text)).toEqual(['a', 'b']);
    one.close();
    expect([heard, bench.done]).toEqual([[], [0, 1, 0]]);
    two.close();
    expect([heard, bench.done]).toEqual([['c'], [1, 1, 1]]);
  });

  it('keeps no more than 100 updates of the moment in the line', () => {
    const bench = new Bench();
    const heard = bench.listen();
    const conversation = bench.hub.conversation(100n);
    bench.deliver(said('a'));
    for (let i = 0; i < 500; i++) bench.deliver(typing());
    bench.deliver(said('b'));
    expect(bench.finished).toHaveLength(400);
    conversation.close();
    expect(heard).toHaveLength(102);
    expect([heard[0], heard[101]]).toEqual(['a', 'b']);
  });

  it('never closed: what it took comes again', async () => {
    const bench = new Bench();
    const conversation = bench.hub.conversation(100n);
    bench.deliver(said('a'));
    await conversation.waitFor();
    const pending = conversation.waitFor();
    bench.hub.close();
    await expect(pending).rejects.toBeInstanceOf(ClosedError);
    conversation.close();
    expect(bench.done).toEqual([0]);
    await expect(bench.hub.conversation(100n).waitFor()).rejects.toBeInstanceOf(ClosedError);
  });
});

describe('what is no filter is refused at once', () => {
  const refused = { name: 'CallOptionError', code: 'BAD_OPTION', option: 'filter' };
  const wrong: unknown[] = ['text', { timeout: 5 }, () => true, null];

  it.each(wrong)('by a wait and a question of an event: %s', async (given) => {
    const bench = new Bench();
    const failures: unknown[] = [];
    bench.hub.on(texts('/start'), async (event) => {
      await event.waitFor(given as never).catch((error: unknown) => failures.push(error));
      await event.ask('?', given as never).catch((error: unknown) => failures.push(error));
    });
    bench.deliver(said('/start'));
    await settled();
    expect(failures).toMatchObject([refused, refused]);
    expect(String(failures[0])).toContain('has to be a filter: filters.text()');
    expect([bench.sent, bench.done, bench.lanes]).toEqual([[], [1], 0]);
  });

  it.each(wrong)('by those of a conversation: %s', async (given) => {
    const bench = new Bench();
    const chat = bench.hub.conversation(100n);
    await expect(chat.waitFor(given as never)).rejects.toMatchObject(refused);
    await expect(chat.ask('?', given as never)).rejects.toMatchObject(refused);
    expect(bench.sent).toEqual([]);
    chat.close();
    expect(bench.lanes).toBe(0);
  });
});
