import { gzipSync } from 'node:zlib';
import { apiSchema, encode, fromJson, TlWriter, type TlObject } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { help, messages, updates } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { RpcFault } from '../../../../packages/local-dc/src/world/fault.js';
import type {
  HandleOptions,
  MethodHandler,
} from '../../../../packages/local-dc/src/dispatch/index.js';
import type { TlClass, TlMethod } from '@tlgen/codec';
import { generatedLayer } from '../../../support/generated-layer.js';
import { Random } from '../../../support/random.js';
import { Harness, refusal } from '../methods/harness.js';

let dc: Harness;
beforeEach(() => {
  dc = new Harness();
});

const bytesOf = (write: (w: TlWriter) => void): Uint8Array =>
  new TlWriter(1024).writeAt({ $write: write } as unknown as TlObject, 0).slice();

const initConnection = (query: TlMethod): TlMethod =>
  new tl.InitConnectionRequest({
    apiId: 17,
    deviceModel: 'd',
    systemVersion: 's',
    appVersion: 'a',
    systemLangCode: 'en',
    langPack: '',
    langCode: 'en',
    params: new tl.JsonObject({ value: [] }),
    query: query as never,
  }) as unknown as TlMethod;

const withLayer = (layer: number, query: TlMethod): TlMethod =>
  new tl.InvokeWithLayerRequest({ layer, query: query as never }) as unknown as TlMethod;

function handle<M extends TlMethod>(
  method: TlClass<M>,
  handler: MethodHandler<M>,
  options: HandleOptions = {},
): () => void {
  return dc.dispatcher.add(
    method as unknown as TlClass<TlMethod>,
    handler as unknown as MethodHandler<TlMethod>,
    options,
  );
}

describe('wrappers', () => {
  it('are taken off, in any order and packed, and remembered', async () => {
    const device = dc.device(2, 0);
    device.session.apiId = null;
    const plain = encode(new help.GetNearestDcRequest());
    expect(await refusal(device.raw(plain))).toBe('400 CONNECTION_NOT_INITED');
    const wrapped = withLayer(229, initConnection(new help.GetNearestDcRequest()));
    await device.raw(encode(wrapped));
    expect(device.session).toMatchObject({ layer: 229, apiId: 17, wantsUpdates: true });
    expect(await device.raw(plain)).toHaveLength(16);
    // Another session of the same key need not say it again.
    Object.assign(device.session, { id: 99n, layer: 0, apiId: null });
    expect(await device.raw(plain)).toHaveLength(16);
    expect(device.session).toMatchObject({ layer: 229, apiId: 17 });
    const deep = new tl.InvokeWithTakeoutRequest({
      takeoutId: 1n,
      query: new tl.InvokeWithoutUpdatesRequest({
        query: new tl.InvokeWithMessagesRangeRequest({
          range: new tl.MessageRange({ minId: 1, maxId: 2 }),
          query: new help.GetNearestDcRequest() as never,
        }) as never,
      }) as never,
    });
    await device.raw(encode(deep));
    expect(device.session.wantsUpdates).toBe(false);
    const packed = bytesOf((w) => {
      w.id(tl.InvokeWithoutUpdatesRequest.id);
      w.id(0x3072cfa1);
      w.bytes(gzipSync(plain));
    });
    expect(await device.raw(packed)).toHaveLength(16);
  });

  it('are remembered with the key that encrypts: a new temporary one has to say them again', async () => {
    const device = dc.device(2, 0);
    const plain = encode(new help.GetNearestDcRequest());
    const wrapped = withLayer(229, initConnection(new help.GetNearestDcRequest()));
    const temporary = () => ({ ...device.key, expiresAt: dc.now + 60, boundTo: device.key });
    Object.assign(device.session, { key: temporary(), layer: 0, apiId: null });
    await device.raw(encode(wrapped));
    Object.assign(device.session, { id: 98n, layer: 0, apiId: null });
    expect(await device.raw(plain)).toHaveLength(16);
    Object.assign(device.session, { key: temporary(), id: 99n, layer: 0, apiId: null });
    expect(await refusal(device.raw(plain))).toBe('400 CONNECTION_NOT_INITED');
  });

  it('that nest without end, are cut off or damaged are refused', async () => {
    const device = dc.device();
    const nested = bytesOf((w) => {
      for (let i = 0; i < 40; i++) w.id(tl.InvokeWithoutUpdatesRequest.id);
      w.id(help.GetNearestDcRequest.id);
    });
    expect(await refusal(device.raw(nested))).toBe('400 INPUT_FETCH_ERROR');
    const whole = encode(withLayer(229, initConnection(new help.GetNearestDcRequest())));
    for (let length = 0; length < whole.length; length++)
      expect(await refusal(device.raw(whole.slice(0, length)))).toMatch(/^400 INPUT_/);
    const damaged = bytesOf((w) => {
      w.id(0x3072cfa1);
      w.bytes(new Uint8Array(20));
    });
    expect(await refusal(device.raw(damaged))).toBe('400 INPUT_FETCH_ERROR');
  });

  it('that name other messages wait for them', async () => {
    const device = dc.device();
    const query = new help.GetNearestDcRequest() as never;
    const after = (msgId: bigint) =>
      device.raw(
        encode(
          new tl.InvokeWithoutUpdatesRequest({
            query: new tl.InvokeAfterMsgRequest({ msgId, query }) as never,
          }),
        ),
      );
    expect(await after(4n)).toHaveLength(16);
    expect(await refusal(after(0n))).toBe('400 MSG_WAIT_FAILED');
  });

  it('with impossible numbers are refused', async () => {
    const device = dc.device();
    const request = withLayer(0, initConnection(new help.GetNearestDcRequest()));
    expect(await refusal(device.raw(encode(request)))).toBe('400 CONNECTION_LAYER_INVALID');
  });
});

describe('requests', () => {
  it('of unknown methods, constructors in their place and hostile bytes are refused', async () => {
    const device = dc.device();
    const unknown = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(await refusal(device.raw(unknown))).toBe(`400 INPUT_METHOD_INVALID_${0x04030201}`);
    const constructor = encode(new tl.InputPeerSelf());
    expect(await refusal(device.raw(constructor))).toMatch(/^400 INPUT_METHOD_INVALID_/);
    const random = new Random(7);
    const good = encode(
      new messages.SendMessageRequest({ peer: new tl.InputPeerSelf(), message: 'x', randomId: 1n }),
    );
    for (let i = 0; i < 2000; i++) {
      const bytes = good.slice();
      bytes[4 + random.below(bytes.length - 4)] = random.next();
      expect(await refusal(device.raw(bytes))).toMatch(/^(400 INPUT_FETCH_ERROR|401 )/);
    }
  });

  it('need somebody who is signed in and may call them', async () => {
    expect(await refusal(dc.device().call(new updates.GetStateRequest()))).toBe(
      '401 AUTH_KEY_UNREGISTERED',
    );
    const bot = await dc.signedIn(await dc.user({ bot: true }));
    const contacts = new tl.contacts.GetContactsRequest({ hash: 0n });
    expect(await refusal(bot.call(contacts))).toBe('400 BOT_METHOD_INVALID');
    const user = await dc.signedIn(await dc.user());
    const forBots = new tl.bots.SetBotCommandsRequest({
      scope: new tl.BotCommandScopeDefault(),
      langCode: '',
      commands: [],
    });
    expect(await refusal(user.call(forBots))).toBe('400 USER_BOT_REQUIRED');
  });

  it('without a handler say so, to the client and to the test', async () => {
    const user = await dc.signedIn(await dc.user());
    const request = new messages.GetAllDraftsRequest();
    expect(await refusal(user.call(request))).toBe('400 METHOD_INVALID');
    expect([...dc.dispatcher.unhandled]).toEqual(['messages.getAllDrafts']);
    expect(dc.log.some((line) => line.includes('messages.getAllDrafts'))).toBe(true);
  });

  it('with a temporary key that is not bound are refused', async () => {
    const device = dc.device();
    const temporary = { ...device.key, expiresAt: dc.now + 60 };
    Object.assign(device.session, { key: temporary });
    expect(await refusal(device.call(new help.GetNearestDcRequest()))).toBe(
      '401 AUTH_KEY_PERM_EMPTY',
    );
    const bind = new tl.auth.BindTempAuthKeyRequest({
      permAuthKeyId: 1n,
      nonce: 1n,
      expiresAt: 1,
      encryptedMessage: new Uint8Array(),
    });
    expect(await device.call(bind)).toBe(true);
    temporary.boundTo = device.key;
    expect(await device.call(new help.GetNearestDcRequest())).toMatchObject({ thisDc: 2 });
  });
});

describe('overrides', () => {
  it('come first, the last one at the top, and may ask the one below', async () => {
    const device = await dc.signedIn(await dc.user());
    const remove = handle(help.GetNearestDcRequest, async (_, context) => {
      const below = await context.next();
      return new tl.NearestDc({ ...below, country: `${below.country}-1` });
    });
    handle(help.GetNearestDcRequest, async (_, context) => {
      const below = await context.next();
      return new tl.NearestDc({ ...below, country: `${below.country}-2`, thisDc: context.dcId });
    });
    const ask = async () => (await device.call(new help.GetNearestDcRequest())).country;
    expect(await ask()).toBe('XX-1-2');
    remove();
    expect(await ask()).toBe('XX-2');
  });

  it('inherit whether sign-in is needed, and may change it', async () => {
    handle(help.GetNearestDcRequest, (_, context) => context.next());
    expect(await dc.device().call(new help.GetNearestDcRequest())).toMatchObject({ thisDc: 2 });
    const state = () => new updates.State({ pts: 9, qts: 9, date: 9, seq: 9, unreadCount: 9 });
    handle(updates.GetStateRequest, state, { anonymous: true });
    expect(await dc.device().call(new updates.GetStateRequest())).toMatchObject({ pts: 9 });
  });

  it('see the user, and turn faults and failures into errors', async () => {
    const user = await dc.user();
    const device = await dc.signedIn(user);
    handle(messages.GetAllDraftsRequest, (_, context) => {
      expect(context.user.id).toBe(user.id);
      throw new RpcFault(420, 'FLOOD_WAIT_3');
    });
    expect(await refusal(device.call(new messages.GetAllDraftsRequest()))).toBe('420 FLOOD_WAIT_3');
    handle(messages.GetAllDraftsRequest, () => {
      throw new Error('a bug in a test');
    });
    expect(await refusal(device.call(new messages.GetAllDraftsRequest()))).toBe(
      '500 INTERNAL_SERVER_ERROR',
    );
    expect(dc.log.some((line) => line.includes('a bug in a test'))).toBe(true);
  });
});

describe('flood waits', () => {
  it('come as often as they were ordered', async () => {
    const device = dc.device();
    dc.dispatcher.floodWaits.order('help.getNearestDc', 7, 2);
    const call = () => device.call(new help.GetNearestDcRequest());
    expect(await refusal(call())).toBe('420 FLOOD_WAIT_7');
    expect(await refusal(call())).toBe('420 FLOOD_WAIT_7');
    expect(await call()).toMatchObject({ thisDc: 2 });
  });
});

describe('older layers', () => {
  it('are answered in their own constructors', async () => {
    const older = apiSchema(198, (await generatedLayer(198)).registry);
    dc = new Harness({ layers: [older] });
    const user = await dc.user({ firstName: 'Ann' });
    const device = await dc.signedIn(user);
    device.session.layer = 198;
    const ask = fromJson({ _: 'users.getUsers', id: [{ _: 'inputUserSelf' }] }, older.registry);
    const bytes = await device.raw(encode(ask));
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect(view.getUint32(0, true)).toBe(0x1cb5c415);
    expect(view.getUint32(8, true)).toBe(older.constructor('user')?.id);
    expect(older.constructor('user')?.id).not.toBe(tl.User.id);
  });
});
