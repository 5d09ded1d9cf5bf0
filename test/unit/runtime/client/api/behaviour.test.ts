import { encode } from '@tlgen/codec';
import { base, messages } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../../../packages/runtime/src/client/api/index.js';
import { refusal, rig } from './support.js';

const peer = new base.InputPeerUser({ userId: 7n, accessHash: 8n });

describe('notices', () => {
  it('says once per method what is better, and runs it', async () => {
    const { loose, logged, sent } = rig();
    const parameters = { phoneNumber: '1', settings: { _: 'codeSettings' } };
    await loose['auth']!['sendCode']!(parameters);
    await loose['auth']!['sendCode']!(parameters);
    await loose['help']!['getConfig']!();
    expect(logged).toEqual([
      'notice: auth.sendCode: better use client.signIn. It runs the whole sign-in',
    ]);
    expect(sent.length).toBe(3);
  });
});

describe('aliases of the Bot API', () => {
  it.each([
    [{ chat_id: peer, text: 'x', reply_to_message_id: 5 }],
    [{ chatId: peer, text: 'x', replyToMessageId: 5 }],
    [{ peer, message: 'x', replyTo: { _: 'inputReplyToMessage', replyToMsgId: 5 } }],
  ])('takes %o', async (parameters) => {
    const { loose, last } = rig();
    await loose['messages']!['sendMessage']!({ ...parameters, randomId: 1 });
    const replyTo = new base.InputReplyToMessage({ replyToMsgId: 5 });
    const expected = new messages.SendMessageRequest({ peer, message: 'x', replyTo, randomId: 1n });
    expect(encode(last())).toEqual(encode(expected));
  });

  it('logs each once per method', async () => {
    const { loose, logged } = rig();
    for (let i = 0; i < 3; i++)
      await loose['messages']!['sendMessage']!({ chat_id: peer, text: 'x' });
    expect(logged).toEqual([
      "notice: messages.sendMessage: chat_id is the Bot API's name of peer",
      "notice: messages.sendMessage: text is the Bot API's name of message",
    ]);
  });

  it('refuses both names of one parameter', async () => {
    const { loose } = rig();
    const given = { chat_id: peer, peer, text: 'x' };
    const error = await refusal(loose['messages']!['sendMessage']!(given));
    expect(error).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'peer' });
    expect(error.message).toContain('chat_id and peer are two names of peer');
    await loose['messages']!['sendMessage']!({
      chat_id: peer,
      peer: undefined,
      chatId: null,
      text: 'x',
    });
  });

  it('knows them in their methods only', async () => {
    const { loose } = rig();
    const call = loose['messages']!['getHistory']!({ chat_id: peer });
    expect(await refusal(call)).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'chat_id' });
  });

  it('tells a wrong value by the parameter it is for', async () => {
    const { loose } = rig();
    const call = loose['messages']!['sendMessage']!({
      chat_id: peer,
      text: 'x',
      reply_to_message_id: 1.5,
    });
    expect(await refusal(call)).toMatchObject({ parameter: 'replyTo.replyToMsgId' });
  });
});

describe('parseMode', () => {
  it('makes text and entities of the message', async () => {
    const { api, loose, last } = rig();
    for (const call of [
      () => loose['messages']!['sendMessage']!({ peer, message: '*bold* x', parseMode: 'html' }),
      () =>
        loose['messages']!['sendMessage']!({ chat_id: peer, text: '*bold* x', parse_mode: 'HTML' }),
    ]) {
      await call();
      const { message, entities } = last<messages.SendMessageRequest>();
      expect(message).toBe('bold x (html)');
      expect(entities).toEqual([new base.MessageEntityBold({ offset: 0, length: 4 })]);
      encode(last());
    }
    await api.messages.sendMessage({ peer, message: '*bold*' });
    expect(last()).toMatchObject({ message: '*bold*', entities: undefined });
  });

  it('sends no entities where there are none, at once', () => {
    const { loose, last, sent } = rig();
    void loose['messages']!['sendMessage']!({ peer, message: 'x', parseMode: 'MarkdownV2' });
    expect(sent.length).toBe(1);
    expect(last()).toMatchObject({ message: 'x (markdownv2)', entities: undefined });
  });

  it('makes a keyboard of links, unless there is one', async () => {
    const { loose, last } = rig();
    await loose['messages']!['sendMessage']!({ peer, message: 'x[go]', parseMode: 'html' });
    expect(last<messages.SendMessageRequest>().replyMarkup).toBeInstanceOf(base.ReplyInlineMarkup);
    const replyMarkup = new base.ReplyKeyboardHide({});
    await loose['messages']!['sendMessage']!({
      peer,
      message: 'x[go]',
      parseMode: 'html',
      replyMarkup,
    });
    expect(last<messages.SendMessageRequest>().replyMarkup).toBe(replyMarkup);
    const draft = loose['messages']!['saveDraft']!({ peer, message: 'x[go]', parseMode: 'html' });
    expect(await refusal(draft)).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'message' });
  });

  it.each([
    [{ parseMode: 'html', entities: [] }, 'parseMode'],
    [{ parseMode: 'bbcode' }, 'parseMode'],
    [{ parseMode: 5 }, 'parseMode'],
    [{ parseMode: 'html', message: 5 }, 'message'],
  ])('refuses %o', async (parameters, parameter) => {
    const { loose, sent } = rig();
    const call = loose['messages']!['sendMessage']!({ peer, message: '', ...parameters });
    expect(await refusal(call)).toMatchObject({ code: 'BAD_PARAMETER', parameter });
    expect(sent).toEqual([]);
  });

  it('is a parameter of its methods only, and nothing without a text', async () => {
    const { loose, last } = rig();
    const other = loose['messages']!['sendMedia']!({
      peer,
      message: '',
      media: { _: 'inputMediaEmpty' },
      parseMode: 'html',
    });
    expect(await refusal(other)).toMatchObject({ parameter: 'parseMode' });
    await loose['messages']!['editMessage']!({ peer, id: 1, parseMode: 'html' });
    expect(last()).toMatchObject({ message: undefined, entities: undefined });
    await loose['messages']!['editMessage']!({
      peer,
      id: 1,
      message: 'x',
      parseMode: null,
      entities: [],
    });
    expect(last()).toMatchObject({ message: 'x', entities: [] });
  });

  it('passes on what the parser throws', async () => {
    class TextError extends ParameterError {}
    const thrown = new TextError('m', 'p', 'not closed');
    const parse = (): never => {
      throw thrown;
    };
    const { loose } = rig({ context: { text: { parse } as never } });
    const call = loose['messages']!['sendMessage']!({ peer, message: '<b>', parseMode: 'html' });
    expect(await refusal(call)).toBe(thrown);
  });
});

describe('options of a call', () => {
  it('go to invoke as they are', async () => {
    const { api, options } = rig();
    const given = { dc: 4, queue: 'q', floodWaitLimit: 3, timeout: 5 };
    await api.messages.sendMessage({ peer, message: '' }, given);
    expect(options).toEqual([given]);
    await api.messages.sendMessage({ peer: 'x', message: '' }, given);
    expect(options[1]).toMatchObject({ dc: 4, queue: 'q', floodWaitLimit: 3, timeout: undefined });
    expect(options[1]!.signal).toBeDefined();
  });

  it('may be null', async () => {
    const { loose, sent } = rig();
    await loose['messages']!['sendMessage']!({ peer, message: '' }, null as never);
    expect(sent.length).toBe(1);
  });

  it('hands the signal of the whole call to look-ups, and ends when it aborts', async () => {
    const abort = new AbortController();
    let seen: unknown;
    const { api, sent } = rig({
      wait: (_like, o) => {
        seen = o.signal;
        return new Promise(() => {});
      },
      context: { cancellable: (_o, _what, work) => work(abort.signal) },
    });
    const call = refusal(api.messages.sendMessage({ peer: 'x', message: '' }));
    const reason = new RangeError('enough');
    abort.abort(reason);
    expect(await call).toBe(reason);
    expect(seen).toBe(abort.signal);
    expect(sent).toEqual([]);
  });

  it('keeps the order of a queue, though the first has to be looked up', async () => {
    const waiting = new Map<string, () => void>();
    const { api, sent } = rig({
      wait: (like) => new Promise<void>((resolve) => waiting.set(String(like), resolve)),
    });
    const send = (to: string | typeof peer, message: string, queue = 'q') =>
      api.messages.sendMessage({ peer: to, message }, { queue });
    const order = () => sent.map((one) => (one as messages.SendMessageRequest).message);
    const all = [
      send('a', '1'),
      send(peer, '2'),
      send('b', '3'),
      send(peer, '4'),
      send(peer, 'x', 'other'),
    ];
    expect(order()).toEqual(['x']);
    waiting.get('b')!();
    await new Promise((resolve) => setImmediate(resolve));
    expect(order()).toEqual(['x']);
    waiting.get('a')!();
    await Promise.all(all);
    expect(order()).toEqual(['x', '1', '2', '3', '4']);
    // Nobody waits any more: at once again.
    await new Promise((resolve) => setImmediate(resolve));
    void send(peer, '5');
    expect(order().at(-1)).toBe('5');
  });

  it('lets the queue go on after one that fails, and not past those before it', async () => {
    const waiting = new Map<string, (error?: Error) => void>();
    const { api, sent } = rig({
      wait: (like) =>
        new Promise<void>((resolve, reject) =>
          waiting.set(String(like), (error) => (error ? reject(error) : resolve())),
        ),
    });
    const send = (to: string | typeof peer, message: string) =>
      api.messages.sendMessage({ peer: to, message }, { queue: 'q' });
    const first = send('a', '1');
    const second = refusal(send('b', '2'));
    const third = send(peer, '3');
    waiting.get('b')!(new RangeError('unknown'));
    expect(await second).toEqual(new RangeError('unknown'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toEqual([]);
    waiting.get('a')!();
    await Promise.all([first, third]);
    expect(sent.map((one) => (one as messages.SendMessageRequest).message)).toEqual(['1', '3']);
  });
});
