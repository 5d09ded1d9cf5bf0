import { encode } from '@tlgen/codec';
import { account, base, messages, upload } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { ParameterError } from '../../../../../packages/runtime/src/client/api/index.js';
import { NOW, refusal, rig } from './support.js';

const peer = new base.InputPeerUser({ userId: 7n, accessHash: 8n });

describe('parameters of client.api', () => {
  const send = (parameters: object) =>
    rig().loose['messages']!['sendMessage']!({ peer, message: '', ...parameters });

  it.each([
    [{ mesage: 'x' }, 'mesage', 'did you mean message?'],
    [{ chatid: 5 }, 'chatid', 'did you mean chatId?'],
    [{ parsemode: 'html' }, 'parsemode', 'did you mean parseMode?'],
    [{ _: 'messages.sendMessage' }, '_', 'it has'],
    [
      { ['__proto__']: null, ...JSON.parse('{"__proto__":{"silent":true}}') },
      '__proto__',
      'it has',
    ],
    [{ constructor: 1 }, 'constructor', 'it has'],
    [{ silent: 1 }, 'silent', 'true or false, got a number'],
    [{ message: 5 }, 'message', 'a string'],
    [{ scheduleDate: 'x' }, 'scheduleDate', 'Date'],
    [{ scheduleDate: new Date(Number.NaN) }, 'scheduleDate', 'an invalid Date'],
    [{ effect: 2 ** 60 }, 'effect', 'a long'],
    [{ effect: 1.5 }, 'effect', 'a long'],
    [{ effect: '9223372036854775808' }, 'effect', 'a long'],
    [{ effect: 1n << 64n }, 'effect', 'a long'],
    [{ effect: '0x10' }, 'effect', 'a long'],
    [{ scheduleRepeatPeriod: 2 ** 31 }, 'scheduleRepeatPeriod', 'an int'],
    [{ scheduleRepeatPeriod: new Date() }, 'scheduleRepeatPeriod', 'an int'],
    [{ entities: 'x' }, 'entities', 'an array'],
    [{ entities: [undefined] }, 'entities[0]', 'got undefined'],
    [
      { entities: [{ _: 'messageEntityBold', offset: 0, length: 'x' }] },
      'entities[0].length',
      'an int',
    ],
    [
      { entities: [{ _: 'messageEntityBold', offset: 0 }] },
      'entities[0].length',
      'it is required (int)',
    ],
    [{ entities: [{ _: 'messageEntityBolt' }] }, 'entities[0]', 'did you mean messageEntityBold?'],
    [
      { replyTo: { _: 'inputReplyToMessage', replyToMsg: 3 } },
      'replyTo.replyToMsg',
      'did you mean replyToMsgId?',
    ],
    [{ replyTo: peer }, 'replyTo', 'an object of InputReplyTo (inputReplyToMessage'],
    [{ replyTo: { _: 'inputPeerSelf' } }, 'replyTo', 'got an object "inputPeerSelf"'],
    [{ replyTo: { replyToMsgId: 3 } }, 'replyTo', 'an object without _'],
    [{ replyTo: { _: 'messages.sendMessage' } }, 'replyTo', 'an object of InputReplyTo'],
  ])('refuses %o', async (parameters, parameter, words) => {
    const error = await refusal(send(parameters));
    expect(error).toBeInstanceOf(ParameterError);
    expect(error).toMatchObject({
      code: 'BAD_PARAMETER',
      method: 'messages.sendMessage',
      parameter,
    });
    expect(error.message).toContain(words);
    expect(error.message).toContain(parameter);
  });

  it('names what is missing, its type, and what it takes', async () => {
    const { loose, sent } = rig();
    const error = await refusal(loose['messages']!['sendMessage']!({ message: '' }));
    expect(error).toMatchObject({ parameter: 'peer' });
    expect(error.message).toContain('it is required (InputPeer): a peer (@name');
    for (const nothing of [undefined, null, {}, new Map([['peer', 'x']])])
      expect(await refusal(loose['messages']!['sendMessage']!(nothing))).toBeInstanceOf(
        ParameterError,
      );
    for (const wrong of ['x', 5, [], true, () => 1, new Uint8Array(3)])
      expect((await refusal(loose['messages']!['sendMessage']!(wrong))).message).toContain(
        'an object of parameters',
      );
    expect(sent).toEqual([]);
  });

  it('never shows values', async () => {
    const { loose } = rig();
    const error = await refusal(loose['auth']!['checkPassword']!({ password: 'hunter2' }));
    expect(error.message).not.toContain('hunter2');
    const code = { phoneNumber: '1', phoneCodeHash: 'x', phoneCode: 22222 };
    const wrong = await refusal(loose['auth']!['signIn']!(code));
    expect(wrong).toMatchObject({ parameter: 'phoneCode' });
    expect(wrong.message).not.toContain('22222');
  });

  it('takes numbers and digits for longs, and null for nothing', async () => {
    const { loose, last } = rig();
    await loose['messages']!['sendMessage']!({
      peer,
      message: '',
      effect: 5,
      randomId: '-9',
      sendAs: null,
    });
    const expected = new messages.SendMessageRequest({
      peer,
      message: '',
      effect: 5n,
      randomId: -9n,
    });
    expect(encode(last())).toEqual(encode(expected));
  });

  it('takes a Date where a field is called so', async () => {
    const { loose, last } = rig();
    const date = new Date(1_700_000_000_999);
    await loose['messages']!['sendMessage']!({ peer, message: '', scheduleDate: date });
    expect(last<messages.SendMessageRequest>().scheduleDate).toBe(1_700_000_000);
  });

  it('takes a Buffer for bytes', async () => {
    const { api, last } = rig();
    const bytes = Buffer.from('abc');
    await api.upload.saveFilePart({ fileId: 1n, filePart: 0, bytes });
    expect(last<upload.SaveFilePartRequest>().bytes).toBe(bytes);
  });

  it('makes plain objects into instances, at any depth', async () => {
    const { loose, last } = rig();
    await loose['messages']!['sendMessage']!({
      peer: { _: 'inputPeerUser', userId: 7, accessHash: '8' },
      message: '',
      randomId: 1,
      replyTo: {
        _: 'inputReplyToMessage',
        replyToMsgId: 3,
        quoteEntities: [{ _: 'messageEntityBold', offset: 0, length: 1 }],
      },
    });
    const replyTo = new base.InputReplyToMessage({
      replyToMsgId: 3,
      quoteEntities: [new base.MessageEntityBold({ offset: 0, length: 1 })],
    });
    const expected = new messages.SendMessageRequest({ peer, message: '', randomId: 1n, replyTo });
    expect(last<messages.SendMessageRequest>().peer).toBeInstanceOf(base.InputPeerUser);
    expect(encode(last())).toEqual(encode(expected));
  });

  it('takes requests inside requests', async () => {
    const { api, last } = rig();
    const wrap = api.invokeWithLayer as (parameters: object) => Promise<unknown>;
    await wrap({ layer: 5, query: { _: 'help.getConfig' } });
    expect(encode(last()).length).toBe(12);
    const error = await refusal(wrap({ layer: 5, query: peer }));
    expect(error.message).toContain('a request');
  });

  it('ends with an error for objects that hold themselves', async () => {
    const { loose } = rig();
    const loop: Record<string, unknown> = { _: 'inputUserFromMessage', msgId: 1, userId: 1 };
    loop['peer'] = loop;
    const error = await refusal(loose['users']!['getUsers']!({ id: [loop] }));
    expect(error.message).toContain('nest deeper than 100');
    let wide: unknown = { _: 'textEmpty' };
    for (let i = 0; i < 60; i++) wide = { _: 'textConcat', texts: [wide, wide] };
    const block = { _: 'pageBlockTitle', text: wide };
    const wideError = await refusal(
      loose['messages']!['sendMedia']!({
        peer,
        message: '',
        media: { _: 'inputMediaEmpty' },
        richMessage: block,
      }),
    );
    expect(wideError).toBeInstanceOf(ParameterError);
    let wideReply: unknown = { _: 'jsonNull' };
    for (let i = 0; i < 60; i++) wideReply = { _: 'jsonArray', value: [wideReply, wideReply] };
    const manyError = await refusal(
      loose['help']!['saveAppLog']!({
        events: [{ _: 'inputAppEvent', time: 1, type: '', peer: 1, data: wideReply }],
      }),
    );
    expect(manyError.message).toContain('more than 100000 objects');
  });

  it('wraps what getters throw', async () => {
    const cause = new RangeError('mine');
    const parameters = {
      peer,
      get message(): string {
        throw cause;
      },
    };
    const error = await refusal(rig().loose['messages']!['sendMessage']!(parameters));
    expect(error).toMatchObject({ code: 'BAD_PARAMETER', cause });
  });
});

describe('what is filled in', () => {
  it('random longs, afresh each time; what is given stays', async () => {
    const { api, last } = rig();
    const ids = new Set<bigint>();
    for (let i = 0; i < 20; i++) {
      await api.messages.sendMessage({ peer, message: '' });
      ids.add(last<messages.SendMessageRequest>().randomId);
    }
    expect(ids.size).toBe(20);
    expect([...ids].some((id) => id < 0n) && [...ids].some((id) => id > 2n ** 32n)).toBe(true);
    await api.messages.sendMessage({ peer, message: '', randomId: 0n });
    expect(last<messages.SendMessageRequest>().randomId).toBe(0n);
  });

  it('random ints', async () => {
    const { loose, last } = rig();
    const ids = new Set<number>();
    for (let i = 0; i < 20; i++) {
      await loose['messages']!['requestEncryption']!({
        userId: { _: 'inputUserSelf' },
        gA: new Uint8Array(256),
      });
      ids.add(last<messages.RequestEncryptionRequest>().randomId);
      encode(last());
    }
    expect(ids.size).toBe(20);
    expect([...ids].some((id) => id < 0)).toBe(true);
  });

  it('the time and random bits', async () => {
    const { loose, last } = rig();
    await loose['messages']!['sendPaidReaction']!({ peer, msgId: 1, count: 1 });
    const { randomId } = last<messages.SendPaidReactionRequest>();
    expect(randomId >> 32n).toBe(BigInt(NOW / 1000));
    expect(randomId & 0xffffffffn).not.toBe(0n);
  });

  it('one for each item of another parameter', async () => {
    const { loose, last } = rig();
    const forward = (id: unknown) =>
      loose['messages']!['forwardMessages']!({ fromPeer: peer, toPeer: peer, id });
    await forward([1, 2, 3]);
    expect(new Set(last<messages.ForwardMessagesRequest>().randomId).size).toBe(3);
    await forward([]);
    expect(last<messages.ForwardMessagesRequest>().randomId).toEqual([]);
    expect(await refusal(forward(undefined))).toMatchObject({ parameter: 'id' });
  });

  it('constants, but not in the methods that are left out', async () => {
    const { loose, last } = rig();
    await loose['contacts']!['getContacts']!();
    expect(last<{ hash: bigint } & ReturnType<typeof last>>().hash).toBe(0n);
    expect(await refusal(loose['account']!['resetAuthorization']!({}))).toMatchObject({
      parameter: 'hash',
    });
    await loose['account']!['resetAuthorization']!({ hash: 5 });
    expect(last()).toEqual(new account.ResetAuthorizationRequest({ hash: 5n }));
  });

  it('settings', async () => {
    const { loose, last } = rig();
    await loose['auth']!['sendCode']!({ phoneNumber: '1', settings: { _: 'codeSettings' } });
    expect(last()).toMatchObject({ apiId: 17, apiHash: 'abc' });
  });

  it('empty objects, by their type or as the rule says', async () => {
    const { loose, last } = rig();
    await loose['messages']!['getDialogs']!({ offsetDate: 0, offsetId: 0, limit: 1 });
    expect(last()).toMatchObject({ offsetPeer: new base.InputPeerEmpty() });
    await loose['messages']!['search']!({
      peer,
      q: '',
      minDate: 0,
      maxDate: 0,
      offsetId: 0,
      addOffset: 0,
      limit: 1,
      maxId: 0,
      minId: 0,
    });
    expect(last()).toMatchObject({ filter: new base.InputMessagesFilterEmpty() });
  });

  it('fields of plain objects, by rules of their own', async () => {
    const { loose, last } = rig();
    const single = { _: 'inputSingleMedia', media: { _: 'inputMediaEmpty' }, message: '' };
    await loose['messages']!['sendMultiMedia']!({ peer, multiMedia: [single, single] });
    const { multiMedia } = last<messages.SendMultiMediaRequest>();
    expect(new Set(multiMedia.map((one) => one.randomId)).size).toBe(2);
    // The rule for methods is none for constructors.
    const contact = { _: 'inputPhoneContact', phone: '', firstName: '', lastName: '' };
    expect(
      await refusal(loose['contacts']!['importContacts']!({ contacts: [contact] })),
    ).toMatchObject({
      parameter: 'contacts[0].clientId',
    });
  });

  it('nothing that is optional', async () => {
    const { api, last } = rig();
    await api.messages.sendMessage({ peer, message: '' });
    expect(last()).toMatchObject({ replyTo: undefined, effect: undefined });
  });
});
