import { inspect } from 'node:util';
import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import {
  eventWith,
  UpdateError,
  type UpdateEvent,
  type WaitFor,
} from '../../../../../packages/runtime/src/updates/event/index.js';
import { Filter } from '../../../../../packages/runtime/src/updates/filters/filter.js';
import {
  channel,
  edit,
  eventOf,
  group,
  message,
  newMessage,
  post,
  randomUpdate,
  serviceMessage,
  UPDATE_NAMES,
  user,
} from './kit.js';

const sent = [{ id: 5, date: 1, updates: new base.UpdatesTooLong() }];
const deletion = new base.UpdateDeleteMessages({ messages: [1], pts: 1, ptsCount: 1 });

/** Events that write down what they do. */
function doing(update: base.TypeUpdate, wait?: WaitFor) {
  const calls: unknown[] = [];
  const event = eventOf(update, {
    actions: {
      sendText: (...args) => {
        calls.push(args);
        return Promise.resolve(sent);
      },
      answerCallback: (...args) => {
        calls.push(args);
        return Promise.resolve();
      },
    },
    ...(wait ? { wait } : {}),
  });
  return { event, calls };
}

const press = new base.UpdateBotCallbackQuery({
  queryId: 11n,
  userId: 100n,
  peer: user(100n),
  msgId: 1,
  chatInstance: 1n,
});

describe('UpdateEvent', () => {
  it('tells what was delivered', () => {
    const update = newMessage();
    const event = eventOf(update);
    expect(event.update).toBe(update);
    expect(event).toMatchObject({ id: 1, from: 'push', key: 'new:0:1', album: null });
    expect(event.message).toBe(update.message);
    expect(event.text).toBe('hello');
    expect(event.edited).toBe(false);
    expect(eventOf(edit()).edited).toBe(true);
    expect(eventOf(edit()).message).toMatchObject({ id: 1 });
    expect(eventOf(deletion).message).toBeNull();
    expect(eventOf(deletion).text).toBe('');
    expect(eventOf(serviceMessage(new base.MessageActionPinMessage())).text).toBe('');
  });

  it('finds the chat and the sender among the entities', () => {
    const ann = new base.User({ id: 100n, firstName: 'Ann' });
    const news = new base.Channel({
      id: 5n,
      title: 'News',
      photo: new base.ChatPhotoEmpty(),
      date: 1,
    });
    const talk = new base.ChatForbidden({ id: 9n, title: 'Talk' });
    const options = { users: [ann, new base.UserEmpty({ id: -4n })], chats: [news, talk] };
    const event = eventOf(post({ fromId: user(100n) }), options);
    expect(event.chat).toBe(news);
    expect(event.sender).toBe(ann);
    expect([...event.users.keys()]).toEqual([100n]);
    expect([...event.chats.keys()]).toEqual([-1_000_000_000_005n, -9n]);
    expect(event.users).toBe(event.users);
    expect(eventOf(newMessage({ peerId: group(9n) }), options)).toMatchObject({
      chat: talk,
      sender: null,
    });
    expect(eventOf(deletion, options)).toMatchObject({ chat: null, sender: null });
    const own = eventOf(newMessage({ out: true }), options);
    expect([own.chatId, own.senderId]).toEqual([100n, 7n]);
  });

  it('knows what this account did itself', () => {
    expect(eventOf(newMessage()).own).toBe(false);
    expect(eventOf(newMessage({ out: true })).own).toBe(true);
    expect(eventOf(newMessage(), { from: 'own' }).own).toBe(true);
    expect(eventOf(deletion).own).toBe(false);
    expect(eventOf(deletion, { from: 'own' }).own).toBe(true);
  });

  it('asks for nothing while it is made', () => {
    const trap = new Proxy({} as never, {
      get: (_, name) => {
        throw new Error(String(name));
      },
    });
    expect(() => eventOf(trap)).not.toThrow();
  });

  it('never throws, whatever update it is', () => {
    for (const name of UPDATE_NAMES) {
      for (let run = 0; run < 4; run++) {
        const event = eventOf(randomUpdate(name, run));
        const seen = [event.message, event.text, event.chat, event.sender, event.own, event.edited];
        expect(seen).not.toContain(undefined);
        expect(inspect(event)).toContain(`#1 ${name}`);
        expect(JSON.parse(JSON.stringify(event))).toMatchObject({ id: 1, update: name });
      }
    }
  });

  it('shows nothing of what a message says', () => {
    const event = eventOf(newMessage({ message: 'my password' }));
    expect(inspect(event)).toBe('UpdateEvent #1 updateNewMessage in 100');
    expect(JSON.stringify(event)).toBe(
      '{"id":1,"update":"updateNewMessage","from":"push","key":"new:0:1","chatId":"100"}',
    );
    expect(JSON.stringify(eventOf(deletion))).toContain('"chatId":null');
  });
});

describe('eventWith', () => {
  it('adds to one event, not to the other, and stops both', () => {
    const event = eventOf(newMessage());
    const other = message({ id: 3 });
    const derived = eventWith(event, { message: other, extra: 1 });
    expect([derived.message, derived.extra]).toEqual([other, 1]);
    expect(derived.text).toBe('hello');
    expect(event.message).not.toBe(other);
    expect('extra' in event).toBe(false);
    derived.stop();
    expect([event.stopped, derived.stopped, eventWith(derived, { a: 1 }).stopped]).toEqual([
      true,
      true,
      true,
    ]);
    expect(derived.users).toBe(event.users);
  });

  it('is the event itself when there is nothing to add', () => {
    const event = eventOf(newMessage());
    expect(eventWith(event, {})).toBe(event);
    expect(event.stopped).toBe(false);
  });
});

describe('answers', () => {
  it('reply answers the message, respond only goes to its chat', async () => {
    const { event, calls } = doing(post({ id: 8 }));
    expect(await event.reply('hi', { silent: true })).toBe(sent);
    await event.respond('there');
    expect(calls).toEqual([
      [-1_000_000_000_005n, 'hi', { replyTo: 8, silent: true }],
      [-1_000_000_000_005n, 'there', {}],
    ]);
  });

  it('reply needs a message, respond a chat, answer a press', async () => {
    const refuse = async (promise: Promise<unknown>, code: string, update: string) => {
      const error: unknown = await promise.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UpdateError);
      expect(error).toMatchObject({ code, update });
      expect((error as Error).message).toContain(update);
    };
    await refuse(doing(press).event.reply('a'), 'NO_MESSAGE', 'updateBotCallbackQuery');
    await refuse(doing(deletion).event.respond('a'), 'NO_CHAT', 'updateDeleteMessages');
    await refuse(doing(deletion).event.ask('a'), 'NO_CHAT', 'updateDeleteMessages');
    const gone = new base.UpdateNewMessage({
      message: new base.MessageEmpty({ id: 1 }),
      pts: 1,
      ptsCount: 1,
    });
    await refuse(doing(gone).event.reply('a'), 'NO_CHAT', 'updateNewMessage');
    await refuse(doing(newMessage()).event.answer(), 'NOT_A_CALLBACK', 'updateNewMessage');
    const inline = new base.UpdateBotInlineQuery({
      queryId: 1n,
      userId: 1n,
      query: '',
      offset: '',
    });
    await refuse(doing(inline).event.answer(), 'NOT_A_CALLBACK', 'updateBotInlineQuery');
  });

  it('answers presses', async () => {
    const { event, calls } = doing(press);
    await event.answer('done');
    await event.answer({ alert: true, text: 'no', timeout: 5 });
    await event.answer();
    expect(calls).toEqual([
      [11n, { text: 'done' }],
      [11n, { alert: true, text: 'no', timeout: 5 }],
      [11n, {}],
    ]);
  });
});

describe('waits', () => {
  const all = new Filter(() => ({ found: true }));

  it('hands on what to wait for', async () => {
    const seen: unknown[] = [];
    const answer = eventOf(newMessage());
    const { event } = doing(newMessage(), (...args) => {
      seen.push(args);
      return Promise.resolve(answer as never);
    });
    expect(await event.waitFor(all)).toBe(answer);
    await event.waitFor(all, { from: 'anyone', timeout: 3 });
    expect(seen).toEqual([
      [event, all, {}],
      [event, all, { from: 'anyone', timeout: 3 }],
    ]);
  });

  it('asks: waits before it sends, for a new message unless told otherwise', async () => {
    let filter: Filter<object> | null = null;
    const order: unknown[] = [];
    const answer = eventOf(newMessage({ message: '42' }));
    const event = eventOf(newMessage(), {
      actions: {
        sendText: (_peer, text, options) => {
          order.push(text, options);
          return Promise.resolve(sent);
        },
      },
      wait: (_event, wanted, options) => {
        filter = wanted;
        order.push(options.from, options.timeout);
        return Promise.resolve(answer as never);
      },
    });
    const found = await event.ask('how many?', undefined, {
      from: 'anyone',
      timeout: 9,
      silent: true,
    });
    expect(found).toBe(answer);
    expect(order).toEqual(['anyone', 9, 'how many?', { timeout: 9, silent: true }]);
    const takes = (one: UpdateEvent): boolean => filter!.match(one) !== null;
    expect(takes(answer)).toBe(true);
    expect(takes(eventOf(edit()))).toBe(false);
    expect(takes(eventOf(serviceMessage(new base.MessageActionPinMessage())))).toBe(false);
    await event.ask('and?', all);
    expect(filter).toBe(all);
  });

  /** A wait that ends when it is given up. */
  const untilAborted: WaitFor = (_event, _filter, { signal }) =>
    new Promise((_, reject) => {
      const end = (): void => reject(new Error('given up'));
      if (signal?.aborted) end();
      else signal?.addEventListener('abort', end);
    });

  it('gives the wait up when the question cannot be sent, and tells why', async () => {
    const failure = new Error('FLOOD');
    let signal: { readonly aborted: boolean } | undefined;
    const event = eventOf(newMessage(), {
      actions: { sendText: () => Promise.reject(failure) },
      wait: (one, filter, options) => {
        signal = options.signal;
        return untilAborted(one, filter, options);
      },
    });
    await expect(event.ask('a')).rejects.toBe(failure);
    expect(signal?.aborted).toBe(true);
  });

  it('gives up by the signal, before or later', async () => {
    const { event } = doing(newMessage({ peerId: channel(5n) }), untilAborted);
    await expect(event.ask('a', all, { signal: AbortSignal.abort() })).rejects.toThrow('given up');
    const controller = new AbortController();
    const asked = event.ask('a', all, { signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toThrow('given up');
  });
});
