import * as tl from '@tlgen/telegram';
import { account, auth } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { CODE_KINDS } from '../../../../packages/local-dc/src/world/code-kinds.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
beforeEach(() => {
  dc = new Harness();
});

const resend = async (device: Device, phoneNumber: string, phoneCodeHash: string) =>
  (await device.call(new auth.ResendCodeRequest({ phoneNumber, phoneCodeHash }))) as auth.SentCode;

const sendCode = async (device: Device, phoneNumber: string, fields = {}) =>
  device.call(
    new auth.SendCodeRequest({
      phoneNumber,
      apiId: 1,
      apiHash: 'x',
      settings: new tl.CodeSettings(fields),
    }),
  );

describe('kinds of login code', () => {
  it('go from the app to SMS and calls, the kinds of call that the client can take', async () => {
    const user = await dc.user();
    const phone = user.phone ?? '';
    await dc.signedIn(user);
    const device = dc.device();
    const settings = { allowFlashcall: true, allowMissedCall: true };
    let sent = (await sendCode(device, phone, settings)) as auth.SentCode;
    const seen = [[sent.type._, sent.nextType?._]];
    while (sent.nextType) {
      sent = await resend(device, phone, sent.phoneCodeHash);
      seen.push([sent.type._, sent.nextType?._]);
    }
    expect(seen).toEqual([
      ['auth.sentCodeTypeApp', 'auth.codeTypeSms'],
      ['auth.sentCodeTypeSms', 'auth.codeTypeCall'],
      ['auth.sentCodeTypeCall', 'auth.codeTypeFlashCall'],
      ['auth.sentCodeTypeFlashCall', 'auth.codeTypeMissedCall'],
      ['auth.sentCodeTypeMissedCall', undefined],
    ]);
    expect(sent.type).toMatchObject({ prefix: '99966', length: 5 });
    expect(await refusal(resend(device, phone, sent.phoneCodeHash))).toBe(
      '406 SEND_CODE_UNAVAILABLE',
    );
    await device.signIn(phone, sent.phoneCodeHash);
  });

  it('are those that were ordered, and each signs in with its own code', async () => {
    const { phone } = await dc.user();
    for (const kind of CODE_KINDS) {
      if (kind === 'set-up-email') continue;
      dc.world.logins.codeTypes = [kind];
      const device = dc.device();
      const { type, phoneCodeHash } = await device.sendCode(phone ?? '');
      const code = dc.world.logins.codes.get(phone ?? '')?.code ?? '';
      const emailVerification = new tl.EmailVerificationCode({ code });
      const how = kind === 'email' ? { emailVerification } : { phoneCode: code.toUpperCase() };
      const request = new auth.SignInRequest({ phoneNumber: phone ?? '', phoneCodeHash, ...how });
      expect(await device.call(request), type._).toMatchObject({ _: 'auth.authorization' });
    }
  });

  it('say how a word begins', async () => {
    const { phone } = await dc.user({ codeTypes: ['word', 'phrase'] });
    const device = dc.device();
    const word = await device.sendCode(phone ?? '');
    expect(word.type).toMatchObject({ _: 'auth.sentCodeTypeSmsWord', beginning: 'l' });
    const phrase = await resend(device, phone ?? '', word.phoneCodeHash);
    expect(phrase.type).toMatchObject({ _: 'auth.sentCodeTypeSmsPhrase', beginning: 'three' });
  });

  it('forget older codes, and die after ten wrong tries', async () => {
    const { phone } = await dc.user();
    const device = dc.device();
    const first = await device.sendCode(phone ?? '');
    const second = await resend(device, phone ?? '', first.phoneCodeHash);
    expect(await refusal(device.signIn(phone ?? '', first.phoneCodeHash))).toBe(
      '400 PHONE_CODE_EXPIRED',
    );
    for (let i = 0; i < 10; i++)
      expect(await refusal(device.signIn(phone ?? '', second.phoneCodeHash, '1'))).toBe(
        '400 PHONE_CODE_INVALID',
      );
    expect(await refusal(device.signIn(phone ?? '', second.phoneCodeHash))).toBe(
      '400 PHONE_CODE_EXPIRED',
    );
  });
});

describe('login e-mail', () => {
  const code = new tl.EmailVerificationCode({ code: '22222' });

  it('gets the code, unless its owner resets it', async () => {
    const user = await dc.user({ loginEmail: 'ann@example.org' });
    const phoneNumber = user.phone ?? '';
    const device = dc.device();
    const { type, phoneCodeHash } = await device.sendCode(phoneNumber);
    expect(type).toMatchObject({
      _: 'auth.sentCodeTypeEmailCode',
      emailPattern: 'a***@e***.org',
      length: 5,
    });
    expect(await refusal(device.signIn(phoneNumber, phoneCodeHash))).toBe('400 PHONE_CODE_EMPTY');
    const wrong = new auth.SignInRequest({
      phoneNumber,
      phoneCodeHash,
      emailVerification: new tl.EmailVerificationCode({ code: '1' }),
    });
    expect(await refusal(device.call(wrong))).toBe('400 PHONE_CODE_INVALID');
    const reset = await device.call(
      new auth.ResetLoginEmailRequest({ phoneNumber, phoneCodeHash }),
    );
    expect(reset).toMatchObject({ type: { _: 'auth.sentCodeTypeSms' } });
    expect(user.loginEmail).toBeNull();
  });

  it('is set up before the sign-in where the servers want it', async () => {
    const user = await dc.user({ codeTypes: ['set-up-email', 'sms'] });
    const phoneNumber = user.phone ?? '';
    const device = dc.device();
    const { type, phoneCodeHash } = await device.sendCode(phoneNumber);
    expect(type._).toBe('auth.sentCodeTypeSetUpEmailRequired');
    const purpose = new tl.EmailVerifyPurposeLoginSetup({ phoneNumber, phoneCodeHash });
    const verify = new account.VerifyEmailRequest({ purpose, verification: code });
    expect(await refusal(device.call(verify))).toBe('400 EMAIL_VERIFY_EXPIRED');
    const send = (email: string) =>
      device.call(new account.SendVerifyEmailCodeRequest({ purpose, email }));
    expect(await refusal(send('nobody'))).toBe('400 EMAIL_INVALID');
    expect(await send('ann@example.org')).toMatchObject({ emailPattern: 'a***@e***.org' });
    const done = (await device.call(verify)) as account.EmailVerifiedLogin;
    expect(done).toMatchObject({ email: 'ann@example.org' });
    const sent = done.sentCode as auth.SentCode;
    expect(sent.type._).toBe('auth.sentCodeTypeSms');
    await device.signIn(phoneNumber, sent.phoneCodeHash);
    expect(user.loginEmail).toBe('ann@example.org');
    const change = new tl.EmailVerifyPurposeLoginChange();
    await device.call(
      new account.SendVerifyEmailCodeRequest({ purpose: change, email: 'b@example.org' }),
    );
    await device.call(new account.VerifyEmailRequest({ purpose: change, verification: code }));
    expect(user.loginEmail).toBe('b@example.org');
  });
});

describe('future auth tokens', () => {
  it('let their owner, and nobody else, sign in again without a code', async () => {
    const user = await dc.user();
    const other = await dc.user();
    const { futureAuthToken } = await (await dc.signedIn(user)).call(new auth.LogOutRequest());
    const fields = { logoutTokens: [futureAuthToken as Uint8Array] };
    expect(await sendCode(dc.device(), other.phone ?? '', fields)).toMatchObject({
      _: 'auth.sentCode',
    });
    const again = dc.device();
    expect(await sendCode(again, user.phone ?? '', fields)).toMatchObject({
      _: 'auth.sentCodeSuccess',
      authorization: { user: { id: user.id } },
    });
    expect(again.key.userId).toBe(user.id);
  });

  it('leave the password to be asked', async () => {
    const user = await dc.user();
    const { futureAuthToken } = await (await dc.signedIn(user)).call(new auth.LogOutRequest());
    user.password = (await dc.user({ password: 'x' })).password;
    const fields = { logoutTokens: [futureAuthToken as Uint8Array] };
    expect(await refusal(sendCode(dc.device(), user.phone ?? '', fields))).toBe(
      '401 SESSION_PASSWORD_NEEDED',
    );
  });
});
