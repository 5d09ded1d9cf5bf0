import { encode } from '@tlgen/codec';
import { base, channels, contacts, messages } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../../../packages/runtime/src/client/api/index.js';
import { refusal, rig } from './support.js';

const user = new base.InputPeerUser({ userId: 7n, accessHash: 8n });

describe('peers', () => {
  it.each(['@name', 'me', 5, -100123n, new base.PeerUser({ userId: 5n })])(
    'looks %s up',
    async (peer) => {
      const { api, asked, last } = rig();
      await api.messages.sendMessage({ peer, message: 'hi', randomId: 1n });
      expect(asked).toEqual([`inputPeer ${typeof peer === 'object' ? peer._ : String(peer)}`]);
      const expected = new messages.SendMessageRequest({ peer: user, message: 'hi', randomId: 1n });
      expect(encode(last())).toEqual(encode(expected));
    },
  );

  it('takes a plain object that names one', async () => {
    const { loose, asked, last } = rig();
    await loose['messages']!['getHistory']!({
      peer: { _: 'peerUser', userId: 5 },
      offsetId: 0,
      offsetDate: 0,
      addOffset: 0,
      limit: 1,
      maxId: 0,
      minId: 0,
    });
    expect(asked).toEqual(['inputPeer peerUser']);
    expect(last<messages.GetHistoryRequest>().hash).toBe(0n);
  });

  it('passes objects of the right type on as they are, at once', () => {
    const { api, asked, last, sent } = rig();
    const peer = new base.InputPeerSelf();
    void api.messages.sendMessage({
      peer,
      message: 'hi',
      replyTo: new base.InputReplyToMessage({ replyToMsgId: 3 }),
    });
    // Not even a microtask: the request is there already.
    expect(sent.length).toBe(1);
    expect(last<messages.SendMessageRequest>().peer).toBe(peer);
    expect(asked).toEqual([]);
  });

  it('looks peers of optional parameters, vectors and plain objects up', async () => {
    const { api, loose, asked, last } = rig();
    await api.messages.sendMessage({ peer: 'a', message: 'hi', sendAs: 'b' });
    await api.users.getUsers({ id: ['c', 4] });
    await loose['messages']!['sendMessage']!({
      peer: user,
      message: 'x',
      replyTo: { _: 'inputReplyToMessage', replyToMsgId: 3, replyToPeerId: '@d' },
      entities: [{ _: 'inputMessageEntityMentionName', offset: 0, length: 1, userId: 'e' }],
    });
    await api.channels.getChannels({ id: ['f'] });
    expect(asked).toEqual([
      'inputPeer a',
      'inputPeer b',
      'inputUser c',
      'inputUser 4',
      'inputPeer @d',
      'inputUser e',
      'inputChannel f',
    ]);
    const { id } = last<channels.GetChannelsRequest>();
    expect(id).toEqual([new base.InputChannel({ channelId: 9n, accessHash: 8n })]);
  });

  it('wraps peers where a type does', async () => {
    const { api, last, asked } = rig();
    await api.messages.getPeerDialogs({
      peers: ['a', user, new base.InputDialogPeer({ peer: user })],
    });
    const expected = new messages.GetPeerDialogsRequest({
      peers: [0, 1, 2].map(() => new base.InputDialogPeer({ peer: user })),
    });
    expect(encode(last())).toEqual(encode(expected));
    await api.account.getNotifySettings({ peer: 'b' });
    expect(last<{ peer: base.InputNotifyPeer } & ReturnType<typeof last>>().peer).toEqual(
      new base.InputNotifyPeer({ peer: user }),
    );
    expect(asked).toEqual(['inputPeer a', 'inputPeer b']);
  });

  it('looks the inner peer up before the outer', async () => {
    const { loose, asked, last } = rig();
    const inner = { _: 'inputUserFromMessage', peer: '@chat', msgId: 4, userId: 5 };
    await loose['messages']!['sendMessage']!({ peer: inner, message: '' });
    expect(asked).toEqual(['inputPeer @chat', 'inputPeer inputUserFromMessage']);
    expect(last<messages.SendMessageRequest>().peer).toEqual(user);
  });

  it.each([true, {}, [], Symbol('x'), () => 1, new Uint8Array(2)])('refuses %o', async (peer) => {
    const { loose, sent } = rig();
    const error = await refusal(loose['messages']!['sendMessage']!({ peer, message: '' }));
    expect(error).toBeInstanceOf(ParameterError);
    expect(error).toMatchObject({ method: 'messages.sendMessage', parameter: 'peer' });
    expect(error.message).toContain('@name');
    expect(sent).toEqual([]);
  });

  it('says which constructor was meant', async () => {
    const { loose } = rig();
    const peer = { _: 'inputPeerUsr', userId: 1, accessHash: 2 };
    const error = await refusal(loose['messages']!['sendMessage']!({ peer, message: '' }));
    expect(error).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'peer' });
    expect(error.message).toContain('did you mean inputPeerUser?');
  });

  it('checks everything before it looks anything up', async () => {
    const { loose, asked } = rig();
    await refusal(loose['messages']!['sendMessage']!({ peer: 'a', message: 5 }));
    await refusal(loose['messages']!['sendMessage']!({ peer: 'a' }));
    expect(asked).toEqual([]);
  });

  it('looks up at most 8 at one time, and stops at the first failure', async () => {
    let now = 0;
    let most = 0;
    const one = rig({
      wait: async (like) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setImmediate(resolve));
        now--;
        if (like === 'bad') throw new RangeError('no such peer');
      },
    });
    const names = Array.from({ length: 50 }, (_, i) => `u${i}`);
    await one.api.users.getUsers({ id: names });
    expect(most).toBe(8);
    expect(one.asked.length).toBe(50);
    const call = one.api.users.getUsers({ id: ['bad', ...names] });
    await expect(call).rejects.toThrow(new RangeError('no such peer'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(one.asked.length).toBeLessThan(80);
    expect(one.sent.length).toBe(1);
  });

  it('leaves the caller his own array', async () => {
    const { api } = rig();
    const id = ['a', 'b'];
    await api.users.getUsers({ id });
    expect(id).toEqual(['a', 'b']);
  });
});

describe('other substitutes', () => {
  it('makes a keyboard of what the Bot API writes', async () => {
    const { api, asked, last } = rig();
    await api.messages.sendMessage({
      peer: user,
      message: '',
      replyMarkup: { inline_keyboard: [] } as never,
    });
    expect(asked).toEqual(['replyMarkup inline_keyboard']);
    expect(last<messages.SendMessageRequest>().replyMarkup).toEqual(new base.ReplyKeyboardHide({}));
  });

  it('takes keyboards of TL, and refuses what is none', async () => {
    const { loose, last } = rig();
    const send = (replyMarkup: unknown): Promise<unknown> =>
      loose['messages']!['sendMessage']!({ peer: user, message: '', replyMarkup });
    await send({ _: 'replyKeyboardHide', selective: true });
    expect(last<messages.SendMessageRequest>().replyMarkup).toEqual(
      new base.ReplyKeyboardHide({ selective: true }),
    );
    for (const wrong of ['x', 5, [], user, { _: 'inputPeerSelf' }, { _: 'nope' }])
      expect(await refusal(send(wrong))).toBeInstanceOf(ParameterError);
  });

  it.each([
    [{ a: [1, 'x', null] }, '{"a":[1,"x",null]}'],
    ['text', '"text"'],
    [0, '0'],
    [null, 'null'],
    [new base.DataJSON({ data: '{}' }), '{}'],
    [{ _: 'dataJSON', data: '[]' }, '[]'],
    [{ _: 'other' }, '{"_":"other"}'],
  ])('writes %o as DataJSON', async (params, data) => {
    const { loose, last } = rig();
    await loose['phone']!['joinGroupCall']!({
      call: { _: 'inputGroupCall', id: 1, accessHash: 2 },
      joinAs: user,
      params,
    });
    expect(last<{ params: base.DataJSON } & ReturnType<typeof last>>().params.data).toBe(data);
  });

  it('refuses what JSON cannot hold', async () => {
    const { loose } = rig();
    const loop: Record<string, unknown> = {};
    loop['loop'] = loop;
    for (const data of [
      loop,
      1n,
      { a: 1n },
      () => 1,
      Number.NaN,
      new Uint8Array(1),
      {
        toJSON: () => {
          throw new Error('x');
        },
      },
    ]) {
      const error = await refusal(
        loose['payments']!['assignPlayMarketTransaction']!({ receipt: data, purpose: {} }),
      );
      expect(error).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'receipt' });
    }
  });

  it('takes files and secret chats as objects, and says that others come later', async () => {
    const { loose, last } = rig();
    await loose['messages']!['sendMedia']!({
      peer: user,
      message: '',
      media: { _: 'inputMediaEmpty' },
    });
    expect(last<messages.SendMediaRequest>().media).toEqual(new base.InputMediaEmpty());
    const file = await refusal(
      loose['messages']!['sendMedia']!({ peer: user, message: '', media: './a.png' }),
    );
    expect(file).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'media' });
    expect(file.message).toContain('later part');
    const chat = await refusal(
      loose['messages']!['setEncryptedTyping']!({ peer: 5, typing: true }),
    );
    expect(chat).toMatchObject({ code: 'BAD_PARAMETER', parameter: 'peer' });
  });

  it('hands files and secret chats to converters, where there are some', async () => {
    const seen: unknown[] = [];
    const { loose, last } = rig({
      converters: {
        file: async (value, type) => {
          seen.push(value, type);
          return new base.InputMediaEmpty();
        },
      },
    });
    await loose['messages']!['sendMedia']!({ peer: user, message: '', media: './a.png' });
    expect(seen).toEqual(['./a.png', 'InputMedia']);
    expect(last<messages.SendMediaRequest>().media).toBeInstanceOf(base.InputMediaEmpty);
  });

  it('substitutes and fills nothing without an overlay', async () => {
    const { schema } = await import('@tlgen/telegram/schema');
    const { loose, last } = rig({ schema: { ...schema, overlay: undefined } });
    const peer = { _: 'inputPeerUser', userId: '7', accessHash: 8 };
    expect(
      await refusal(loose['messages']!['sendMessage']!({ peer: 'me', message: '', randomId: 1 })),
    ).toBeInstanceOf(ParameterError);
    expect(await refusal(loose['messages']!['sendMessage']!({ peer, message: '' }))).toMatchObject({
      parameter: 'randomId',
    });
    await loose['messages']!['sendMessage']!({ peer, message: '', randomId: 1 });
    expect(last<messages.SendMessageRequest>().peer).toEqual(user);
    await loose['contacts']!['getContacts']!({ hash: 0 });
    expect(last()).toBeInstanceOf(contacts.GetContactsRequest);
  });
});
