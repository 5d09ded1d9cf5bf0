import { LocalDc } from '@tlgen/local-dc';
import { account, auth } from '@tlgen/telegram';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { strangerSchemas } from '../support/strangers/layers.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { ownTalker } from '../support/strangers/own-talker.js';
import {
  connectGramjs,
  newMtcute,
  type GramjsClient,
  type MtcuteClient,
} from './stranger-clients.js';

let dc: LocalDc;
beforeAll(async () => {
  dc = await LocalDc.start({ dataCenters: [2, 4], layers: await strangerSchemas() });
});
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  // GramJS begins each key with the salt 0, and takes the correction: see strangers-gramjs.test.ts.
  expect(dc.refusals.list.filter(({ kind }) => kind !== 'bad-salt')).toEqual([]);
  dc.codeTypes = null;
});
afterAll(async () => {
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
  await expectNoSockets();
});

async function gramjs(): Promise<GramjsClient> {
  const stranger = await connectGramjs(dc);
  open.push(stranger);
  return stranger.client;
}

function mtcute(expected?: RegExp): MtcuteClient {
  const stranger = newMtcute(dc, expected);
  open.push(stranger);
  return stranger.client;
}

/** Accepts a QR login on another device of a user. */
async function accept(fields: { password?: string; dcId?: number } = {}) {
  const person = await dc.createUser(fields);
  const own = await ownTalker(dc, { phone: person.phone, code: dc.loginCode, ...fields });
  open.push(own);
  const take = (token: Uint8Array) =>
    own.client.invoke(new auth.AcceptLoginTokenRequest({ token }));
  return { id: person.id, take, client: own.client };
}

describe('GramJS signs in', () => {
  const never = (): never => {
    throw new Error('this must not be asked');
  };
  const credentials = () => {
    const { apiId, apiHash } = dc.clientOptions;
    return { apiId, apiHash };
  };

  it('by a code that is wrong at first, and a password that is wrong at first', async () => {
    const person = await dc.createUser({ password: 'right', passwordHint: 'not left' });
    const client = await gramjs();
    const errors: string[] = [];
    const codes = ['11111', dc.loginCode];
    const passwords = ['left', 'right'];
    const hints: (string | undefined)[] = [];
    await client.start({
      phoneNumber: person.phone,
      phoneCode: async () => codes.shift() ?? never(),
      password: async (hint) => {
        hints.push(hint);
        return passwords.shift() ?? never();
      },
      onError: (error) => {
        errors.push(error.message);
      },
    });
    expect((await client.getMe()).id.toString()).toBe(person.id.toString());
    expect(hints).toEqual(['not left', 'not left']);
    expect(errors.map((text) => text.split(' (')[0])).toEqual([
      '400: PHONE_CODE_INVALID',
      '400: PASSWORD_HASH_INVALID',
    ]);
  });

  it('by a code that is sent once more, as SMS', async () => {
    const person = await dc.createUser({ codeTypes: ['app', 'sms'] });
    const client = await gramjs();
    const sent = await client.sendCode(credentials(), person.phone, true);
    expect(sent.isCodeViaApp).toBe(false);
    const first = await client.sendCode(credentials(), person.phone);
    expect(first.isCodeViaApp).toBe(true);
    await client.start({
      phoneNumber: person.phone,
      phoneCode: async () => dc.loginCode,
      forceSMS: true,
      onError: never,
    });
    expect(await client.isUserAuthorized()).toBe(true);
  });

  it('with a new account', async () => {
    const client = await gramjs();
    await client.start({
      phoneNumber: '+99966 2 7001',
      phoneCode: async () => dc.loginCode,
      firstAndLastNames: async () => ['New', 'Comer'],
      onError: never,
    });
    const me = await client.getMe();
    expect([me.firstName, me.lastName, me.phone]).toEqual(['New', 'Comer', '9996627001']);
  });

  it.each([
    ['here', {}],
    ['with a password', { password: 'secret' }],
    ['in another data center', { dcId: 4 }],
  ])('by QR code: %s', async (_, fields) => {
    const phone = await accept(fields);
    const client = await gramjs();
    const user = await client.signInUserWithQrCode(credentials(), {
      qrCode: async ({ token }) => {
        await phone.take(token);
      },
      password: async () => 'secret',
      onError: never,
    });
    expect((user as unknown as { id: object }).id.toString()).toBe(phone.id.toString());
    expect((await client.getMe()).id.toString()).toBe(phone.id.toString());
  });
});

describe('mtcute signs in', () => {
  it('by a code that is sent again and again, until none is left', async () => {
    const person = await dc.createUser({ codeTypes: ['app', 'sms', 'word', 'missed-call'] });
    const client = mtcute();
    const { phone } = person;
    let sent = await client.sendCode({ phone });
    if (!('phoneCodeHash' in sent)) throw new Error('signed in without a code');
    const kinds = [[sent.type, sent.nextType]];
    for (let times = 0; times < 3; times++) {
      sent = await client.resendCode({ phone, phoneCodeHash: sent.phoneCodeHash });
      kinds.push([sent.type, sent.nextType]);
    }
    expect(kinds.map(([kind]) => kind)).toEqual(['app', 'sms', 'sms_word', 'missed_call']);
    const { phoneCodeHash } = sent;
    await expect(client.resendCode({ phone, phoneCodeHash })).rejects.toThrow(
      'SEND_CODE_UNAVAILABLE',
    );
    await expect(client.signIn({ phone, phoneCodeHash, phoneCode: '1' })).rejects.toThrow(
      'PHONE_CODE_INVALID',
    );
    const phoneCode = dc.codeFor(phone) ?? '';
    const me = await client.signIn({ phone, phoneCodeHash, phoneCode });
    expect(me.id).toBe(Number(person.id));
  });

  it('by a word, and by the password', async () => {
    const person = await dc.createUser({ codeTypes: ['word'], password: 'secret' });
    const client = mtcute();
    const { phone } = person;
    const asked: string[] = [];
    const me = await client.start({
      phone,
      code: () => dc.codeFor(phone) ?? '',
      codeSentCallback: ({ type }) => void asked.push(type),
      password: 'secret',
    });
    expect([me.id, asked]).toEqual([Number(person.id), ['sms_word']]);
    const change = { currentPassword: 'secret', newPassword: 'other', hint: 'a word' };
    await client.changeCloudPassword(change);
    await client.removeCloudPassword('other');
    const { hasPassword } = await client.call({ _: 'account.getPassword' });
    expect(hasPassword).toBe(false);
    await client.enableCloudPassword({ password: 'third', hint: 'a number' });
    expect(await client.getPasswordHint()).toBe('a number');
    await client.logOut();
    const sent = await client.sendCode({ phone });
    if (!('phoneCodeHash' in sent)) throw new Error('signed in without a code');
    const phoneCode = dc.codeFor(phone) ?? '';
    const { phoneCodeHash } = sent;
    await expect(client.signIn({ phone, phoneCodeHash, phoneCode })).rejects.toThrow(
      'SESSION_PASSWORD_NEEDED',
    );
    await expect(client.checkPassword('secret')).rejects.toThrow('PASSWORD_HASH_INVALID');
    expect((await client.checkPassword('third')).id).toBe(Number(person.id));
  });

  it.each([
    ['here', {}],
    ['with a password', { password: 'secret' }],
    ['in another data center', { dcId: 4 }],
  ])('by QR code: %s', async (_, fields) => {
    const phone = await accept(fields);
    const client = mtcute();
    const urls: string[] = [];
    let scanned = 0;
    const me = await client.signInQr({
      onUrlUpdated: (url) => {
        urls.push(url);
        void phone.take(Buffer.from(url.split('=')[1] ?? '', 'base64url'));
      },
      onQrScanned: () => {
        scanned += 1;
      },
      password: 'secret',
    });
    expect([me.id, urls.length, scanned]).toEqual([Number(phone.id), 1, 1]);
  });

  it('and the account is deleted on another device', async () => {
    const phone = await accept();
    const gone = /USER_DEACTIVATED|AUTH_KEY_UNREGISTERED/;
    const client = mtcute(gone);
    await client.signInQr({
      onUrlUpdated: (url) => void phone.take(Buffer.from(url.split('=')[1] ?? '', 'base64url')),
    });
    await phone.client.invoke(new account.DeleteAccountRequest({ reason: 'enough' }));
    await expect(client.getHistory('me')).rejects.toThrow(gone);
  });
});
