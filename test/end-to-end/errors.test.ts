import { decode, encode, TlError, TlgenError } from '@tlgen/codec';
import { LocalDc, RpcFault } from '@tlgen/local-dc';
import {
  CallLostError,
  Client,
  ClosedError,
  CryptoError,
  isRpcError,
  MemoryStorage,
  RequestTooLongError,
  RpcError,
  SchemaError,
  SettingsError,
  TextError,
  TransportError,
  UnknownMethodError,
} from '@tlgen/runtime';
import { account, base, help, messages, upload } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';
import { schema } from '@tlgen/telegram/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, person, type Person } from './people.js';

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('errors of the server', () => {
  let dc: LocalDc;
  let ada: Person;
  let answer: () => RpcFault;
  beforeAll(async () => {
    dc = await LocalDc.start();
    ada = await person(dc, await dc.createUser({}));
    dc.handle(messages.SendMessageRequest, () => {
      throw answer();
    });
  });
  beforeEach(() => {
    answer = () => new RpcFault(400, 'PEER_ID_INVALID');
  });
  afterAll(async () => {
    await ada.client.close();
    expect(dc.refusals.list).toEqual([]);
    await dc.close();
  });

  const fail = async (number: number, text: string): Promise<RpcError> => {
    answer = () => new RpcFault(number, text);
    const call = ada.client.api.messages.sendMessage({ peer: 'me', message: 'x' });
    const error = await thrownBy(call);
    expect(error).toBeInstanceOf(RpcError);
    return error as RpcError;
  };

  it.each([
    [400, 'PEER_ID_INVALID', { code: 'PEER_ID_INVALID', value: null, seconds: null, dc: null }],
    [420, 'FLOOD_WAIT_3600', { code: 'FLOOD_WAIT', value: 3600, seconds: 3600, dc: null }],
    [420, 'SLOWMODE_WAIT_77', { code: 'SLOWMODE_WAIT', value: 77, seconds: 77, dc: null }],
    [403, 'CHAT_WRITE_FORBIDDEN', { code: 'CHAT_WRITE_FORBIDDEN', value: null }],
    [400, 'FILE_PART_5_MISSING', { code: 'FILE_PART_MISSING', value: 5, seconds: null }],
    [400, 'NEWER_THAN_THIS_LIBRARY', { code: 'NEWER_THAN_THIS_LIBRARY', value: null }],
    [418, 'TEAPOT_ERROR_9', { code: 'TEAPOT_ERROR', value: 9, dc: null }],
  ] as const)('%i %s has code, number, argument and method', async (number, raw, wanted) => {
    const error = await fail(number, raw);
    expect(error).toMatchObject({ ...wanted, name: 'RpcError', number, raw });
    expect(error.method).toBe('messages.sendMessage');
    expect(error.message).toContain(raw);
    expect(error.message).toContain('messages.sendMessage');
  });

  it('…_MIGRATE names its data center', async () => {
    answer = () => new RpcFault(303, 'USER_MIGRATE_1000');
    const error = await fail(303, 'USER_MIGRATE_1000');
    expect(error).toMatchObject({ code: 'USER_MIGRATE', value: 1000, dc: 1000 });
  });

  it('isRpcError tells errors, and those of a method', async () => {
    const error = await fail(400, 'PEER_ID_INVALID');
    expect(isRpcError(error)).toBe(true);
    expect(isRpcError(error, messages.SendMessageRequest)).toBe(true);
    expect(isRpcError(error, help.GetConfigRequest)).toBe(false);
    expect(isRpcError(new Error('PEER_ID_INVALID'))).toBe(false);
    if (!isRpcError(error, messages.SendMessageRequest)) throw error;
    switch (error.code) {
      case 'PEER_ID_INVALID':
        return;
      default:
        throw error;
    }
  });

  it('a method that the server does not know', async () => {
    const call = ada.client.invoke(
      new help.GetUserInfoRequest({ userId: new base.InputUserSelf() }),
    );
    await expect(call).rejects.toMatchObject({
      name: 'RpcError',
      code: 'METHOD_INVALID',
      number: 400,
    });
    expect(dc.unhandled.has('help.getUserInfo')).toBe(true);
  });
});

describe('every kind of error, each a class with a code', () => {
  let dc: LocalDc;
  let ada: Person;
  beforeAll(async () => {
    dc = await LocalDc.start();
    ada = await person(dc, await dc.createUser({ firstName: 'Ada' }));
  });
  afterAll(async () => {
    await ada.client.close();
    await dc.close();
  });

  it('a method that the schema does not have, with the one that was meant', async () => {
    const { api } = ada.client;
    const wrong = (api.messages as unknown as Record<string, () => Promise<unknown>>)[
      'sendMesage'
    ]!();
    const error = await thrownBy(wrong);
    expect(error).toBeInstanceOf(UnknownMethodError);
    expect(error).toMatchObject({ code: 'NOT_IN_SCHEMA', suggestion: 'messages.sendMessage' });
  });

  it('a schema that lacks what is needed', async () => {
    const poor = {
      ...schema,
      constructor: schema.constructor,
      method: (name: string) => (name === 'users.getUsers' ? undefined : schema.method(name)),
    } as typeof schema;
    await using client = new Client({
      ...dc.clientOptions,
      schema: poor,
      storage: new MemoryStorage(),
      logger: { to: 'none' },
    });
    const bot = await dc.createUser({ bot: true });
    await client.signIn({ botToken: bot.token });
    const error = await thrownBy(client.me());
    expect(error).toBeInstanceOf(SchemaError);
    expect(error).toMatchObject({ code: 'NOT_IN_SCHEMA', missing: 'users.getUsers' });
  });

  it('TL that cannot be written, with its place', async () => {
    const request = new messages.SendMessageRequest({
      peer: new base.InputPeerSelf(),
      message: 'x',
      randomId: 2n ** 64n,
    });
    const error = await thrownBy(ada.client.invoke(request));
    expect(error).toBeInstanceOf(TlError);
    expect(error).toMatchObject({ code: 'bad-value', path: ['messages.sendMessage', 'randomId'] });
    expect(() => decode(encode(new base.InputPeerSelf()).subarray(0, 3), registry)).toThrow(
      TlError,
    );
  });

  it('what is no request at all', async () => {
    for (const nothing of [undefined, null, 'help.getConfig', { _: 'help.getConfig' }]) {
      const call = ada.client.invoke(nothing as unknown as help.GetNearestDcRequest);
      await expect(call).rejects.toMatchObject({ name: 'TlError', code: 'bad-value' });
    }
  });

  it('a connection that cannot be made', async () => {
    const { port } = dc;
    await using client = clientOf(dc, {
      dataCenters: [{ id: 2, host: '127.0.0.1', port }],
      connection: { protocol: 'udp' },
    });
    const error = await thrownBy(client.connect());
    expect(error).toBeInstanceOf(ClosedError);
    expect((error as Error).cause).toBeInstanceOf(TransportError);
    expect((error as Error).cause).toMatchObject({ code: 'unsupported' });
  });

  it('a server that is not who it says', async () => {
    const other = await LocalDc.start({ rsaKey: 'fresh' });
    try {
      await using client = clientOf(other, { rsaKeys: dc.clientOptions.rsaKeys });
      const error = await thrownBy(client.connect());
      expect(error).toBeInstanceOf(ClosedError);
      expect((error as Error).cause).toMatchObject({
        name: 'HandshakeError',
        code: 'unknown-key',
      });
    } finally {
      await other.close();
    }
  });

  it('numbers of the server that are not safe to compute with', async () => {
    const user = await dc.createUser({ password: 'secret' });
    const undo = dc.handle(account.GetPasswordRequest, async (_, context) => {
      const answer = await context.next();
      const algo =
        answer.currentAlgo as base.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
      const p = algo.p.map((byte, at) => (at === 200 ? byte ^ 1 : byte));
      const currentAlgo = Object.assign(
        Object.create(Object.getPrototypeOf(algo) as object),
        algo,
        { p },
      );
      return Object.assign(answer, { currentAlgo });
    });
    await using client = clientOf(dc);
    const how = { phone: user.phone, code: dc.loginCode, password: 'secret' };
    const error = await thrownBy(client.signIn(how));
    undo();
    expect(error).toBeInstanceOf(CryptoError);
    expect(error).toMatchObject({ code: 'bad-srp' });
  });

  it('markup that cannot be read, with its offset', async () => {
    const call = ada.client.api.messages.sendMessage({
      peer: 'me',
      message: '<b>',
      parseMode: 'html',
    });
    const error = await thrownBy(call);
    expect(error).toBeInstanceOf(TextError);
    expect(error).toMatchObject({ code: 'BAD_TEXT', offset: 0 });
  });

  it('settings that cannot be, by their name', () => {
    expect(() => clientOf(dc, { floodWait: { below: -1 } })).toThrow(SettingsError);
    expect(() => ada.client.configure({ saveInterval: 'soon' as never })).toThrow(
      expect.objectContaining({ name: 'SettingsError', key: 'saveInterval' }),
    );
  });

  it('a request that is too long', async () => {
    const bytes = new Uint8Array(2 ** 21);
    crypto.getRandomValues(bytes.subarray(0, 65_536));
    const request = new upload.SaveFilePartRequest({ fileId: 1n, filePart: 0, bytes });
    ada.client.configure({ requests: { gzipAbove: -1 } });
    const error = await thrownBy(ada.client.invoke(request));
    expect(error).toBeInstanceOf(RequestTooLongError);
    expect(error).toMatchObject({ code: 'REQUEST_TOO_LONG', method: 'upload.saveFilePart' });
  });

  it('calls of a client that is closed, or closes', async () => {
    const dave = await person(dc, await dc.createUser({}));
    dc.handle(
      help.GetUserInfoRequest,
      (_, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new RpcFault(400, 'CANCELED')));
        }),
    );
    const call = thrownBy(
      dave.client.invoke(new help.GetUserInfoRequest({ userId: new base.InputUserSelf() })),
    );
    await dave.client.api.help.getNearestDc();
    await dave.client.close();
    const error = await call;
    expect(error instanceof CallLostError || error instanceof ClosedError).toBe(true);
    const late = await thrownBy(dave.client.api.help.getNearestDc());
    expect(late).toBeInstanceOf(ClosedError);
    expect(late).toMatchObject({ code: 'CLOSED' });
  });

  it('all have one base', async () => {
    const errors = [
      await thrownBy(ada.client.api.messages.sendMessage({ peer: 'me', message: '' })),
      await thrownBy(ada.client.api.messages.sendMessage({ peer: '', message: '' })),
      await thrownBy(ada.client.api.help.getNearestDc({ x: 1 } as never)),
      await thrownBy(ada.client.api.help.getNearestDc({}, { signal: AbortSignal.abort() })),
      await thrownBy(ada.client.signInSteps().checkCode('1')),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(TlgenError);
      expect((error as TlgenError).code).toMatch(/^[A-Z_]+$/);
    }
    expect(new Set(errors.map((error) => (error as Error).name)).size).toBe(5);
  });
});
