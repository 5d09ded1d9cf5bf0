import { checkPassword as prove, newPasswordVerifier, withNewSalt } from '@tlgen/runtime/crypto';
import * as tl from '@tlgen/telegram';
import { account, auth } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
beforeEach(() => {
  dc = new Harness({ dataCenters: [2, 4] });
});

type ModPow = tl.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;

async function proofFor(device: Device, password: string): Promise<tl.InputCheckPasswordSRP> {
  const asked = await device.call(new account.GetPasswordRequest());
  const algo = asked.currentAlgo as ModPow;
  const { srpId, A, M1 } = await prove(
    dc.crypto,
    password,
    algo,
    asked.srpB as Uint8Array,
    asked.srpId as bigint,
  );
  return new tl.InputCheckPasswordSRP({ srpId, a: A, m1: M1 });
}

describe('sign-in by phone', () => {
  it('signs a known user in with the code', async () => {
    const user = await dc.user({ phone: '+44 7000 000001', firstName: 'Ann' });
    const device = await dc.signedIn(user);
    const [me] = await device.call(new tl.users.GetUsersRequest({ id: [new tl.InputUserSelf()] }));
    expect(me).toMatchObject({ _: 'user', id: user.id, self: true, firstName: 'Ann' });
    expect((me as tl.User).phone).toBe('447000000001');
    expect(device.key.userId).toBe(user.id);
  });

  it('refuses wrong, empty, foreign and late codes', async () => {
    const { phone } = await dc.user();
    const device = dc.device();
    const { phoneCodeHash } = await device.sendCode(phone ?? '');
    expect(await refusal(device.signIn(phone ?? '', phoneCodeHash, '1'))).toBe(
      '400 PHONE_CODE_INVALID',
    );
    expect(await refusal(device.signIn(phone ?? '', phoneCodeHash, ''))).toBe(
      '400 PHONE_CODE_EMPTY',
    );
    expect(await refusal(device.signIn(phone ?? '', 'other'))).toBe('400 PHONE_CODE_EXPIRED');
    dc.now += 301;
    expect(await refusal(device.signIn(phone ?? '', phoneCodeHash))).toBe('400 PHONE_CODE_EXPIRED');
  });

  it('refuses what is no phone number', async () => {
    expect(await refusal(dc.device().sendCode('hello'))).toBe('406 PHONE_NUMBER_INVALID');
  });

  it('sends on to the data center where the account lives', async () => {
    const user = await dc.user({ dcId: 4 });
    expect(await refusal(dc.device(2).sendCode(user.phone ?? ''))).toBe('303 PHONE_MIGRATE_4');
    const bot = await dc.user({ bot: true, dcId: 4 });
    const request = new auth.ImportBotAuthorizationRequest({
      flags: 0,
      apiId: 1,
      apiHash: 'x',
      botAuthToken: bot.token ?? '',
    });
    expect(await refusal(dc.device(2).call(request))).toBe('303 USER_MIGRATE_4');
  });

  it('signs new people up after the right code', async () => {
    const device = dc.device();
    const phoneNumber = '4915112345678';
    const { phoneCodeHash } = await device.sendCode(phoneNumber);
    const signUp = new auth.SignUpRequest({
      phoneNumber,
      phoneCodeHash,
      firstName: 'New',
      lastName: '',
    });
    expect(await refusal(device.call(signUp))).toBe('400 PHONE_CODE_EMPTY');
    expect(await device.signIn(phoneNumber, phoneCodeHash)).toMatchObject({
      _: 'auth.authorizationSignUpRequired',
    });
    expect(await device.call(signUp)).toMatchObject({ _: 'auth.authorization' });
    expect(dc.world.userByPhone(phoneNumber)?.firstName).toBe('New');
  });

  it('resends codes in another way, until there is none', async () => {
    const { phone } = await dc.user();
    const device = dc.device();
    let sent = await device.sendCode(phone ?? '');
    expect(sent.type._).toBe('auth.sentCodeTypeSms');
    const resend = (hash: string) =>
      device.call(new auth.ResendCodeRequest({ phoneNumber: phone ?? '', phoneCodeHash: hash }));
    sent = (await resend(sent.phoneCodeHash)) as auth.SentCode;
    expect(sent.type._).toBe('auth.sentCodeTypeCall');
    expect(await refusal(resend(sent.phoneCodeHash))).toBe('406 SEND_CODE_UNAVAILABLE');
  });
});

describe('the second factor', () => {
  it('asks for the password and checks it by SRP', async () => {
    const user = await dc.user({ password: 'secret' });
    const device = dc.device();
    const { phoneCodeHash } = await device.sendCode(user.phone ?? '');
    expect(await refusal(device.signIn(user.phone ?? '', phoneCodeHash))).toBe(
      '401 SESSION_PASSWORD_NEEDED',
    );
    expect(await refusal(device.call(new tl.updates.GetStateRequest()))).toBe(
      '401 SESSION_PASSWORD_NEEDED',
    );
    const wrong = await proofFor(device, 'wrong');
    expect(await refusal(device.call(new auth.CheckPasswordRequest({ password: wrong })))).toBe(
      '400 PASSWORD_HASH_INVALID',
    );
    const right = await proofFor(device, 'secret');
    const done = await device.call(new auth.CheckPasswordRequest({ password: right }));
    expect(done).toMatchObject({ _: 'auth.authorization', user: { id: user.id } });
  });

  it('takes each proof once', async () => {
    const user = await dc.user();
    const device = await dc.signedIn(user);
    user.password = (await dc.user({ password: 'one' })).password;
    const proof = await proofFor(device, 'one');
    const settings = new account.GetPasswordSettingsRequest({ password: proof });
    expect(await device.call(settings)).toMatchObject({ _: 'account.passwordSettings' });
    expect(await refusal(device.call(settings))).toBe('400 SRP_ID_INVALID');
  });

  it('sets, changes and removes a password', async () => {
    const user = await dc.user();
    const device = await dc.signedIn(user);
    const asked = await device.call(new account.GetPasswordRequest());
    expect(asked.hasPassword).toBe(false);
    const algo = withNewSalt(dc.crypto, asked.newAlgo as ModPow);
    const newPasswordHash = await newPasswordVerifier(dc.crypto, 'first', algo);
    const newAlgo = new tl.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(algo);
    const newSettings = new account.PasswordInputSettings({ newAlgo, newPasswordHash, hint: 'h' });
    const set = (password: tl.TypeInputCheckPasswordSRP) =>
      device.call(new account.UpdatePasswordSettingsRequest({ password, newSettings }));
    expect(await set(new tl.InputCheckPasswordEmpty())).toBe(true);
    expect(await refusal(set(new tl.InputCheckPasswordEmpty()))).toBe('400 PASSWORD_HASH_INVALID');
    expect(await set(await proofFor(device, 'first'))).toBe(true);
    const removal = new account.PasswordInputSettings({
      newAlgo: new tl.PasswordKdfAlgoUnknown(),
      newPasswordHash: new Uint8Array(),
      hint: '',
    });
    const password = await proofFor(device, 'first');
    await device.call(
      new account.UpdatePasswordSettingsRequest({ password, newSettings: removal }),
    );
    expect(user.password).toBeNull();
  });

  it('is not taken when nobody could sign in with it', async () => {
    const user = await dc.user();
    const device = await dc.signedIn(user);
    const asked = await device.call(new account.GetPasswordRequest());
    const Algo = tl.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
    const algo = withNewSalt(dc.crypto, asked.newAlgo as ModPow);
    const verifier = await newPasswordVerifier(dc.crypto, 'x', algo);
    const password = new tl.InputCheckPasswordEmpty();
    for (const [change, newPasswordHash] of [
      [{ p: new Uint8Array(256).fill(0xff) }, verifier],
      [{ p: new Uint8Array(100_000).fill(0xff) }, verifier],
      [{ g: 2 }, verifier],
      [{}, new Uint8Array(256)],
      [{}, new Uint8Array(256).fill(0xff)],
    ] as const) {
      const newSettings = new account.PasswordInputSettings({
        newAlgo: new Algo({ ...algo, ...change }),
        newPasswordHash,
        hint: '',
      });
      const request = new account.UpdatePasswordSettingsRequest({ password, newSettings });
      expect(await refusal(device.call(request))).toBe('400 NEW_SETTINGS_INVALID');
    }
    expect(user.password).toBeNull();
  });
});

describe('authorizations', () => {
  it('signs bots in by token only', async () => {
    const bot = await dc.user({ bot: true, username: 'ann_bot' });
    await dc.signedIn(bot);
    const botAuthToken = `${bot.id}:nonsense`;
    const request = new auth.ImportBotAuthorizationRequest({
      flags: 0,
      apiId: 1,
      apiHash: 'x',
      botAuthToken,
    });
    expect(await refusal(dc.device().call(request))).toBe('400 ACCESS_TOKEN_INVALID');
  });

  it('exports to another data center, once', async () => {
    const user = await dc.user();
    const home = await dc.signedIn(user);
    expect(await refusal(home.call(new auth.ExportAuthorizationRequest({ dcId: 2 })))).toBe(
      '400 DC_ID_INVALID',
    );
    const { id, bytes } = await home.call(new auth.ExportAuthorizationRequest({ dcId: 4 }));
    const importing = new auth.ImportAuthorizationRequest({ id, bytes: bytes.slice() });
    expect(await refusal(dc.device(2).call(importing))).toBe('400 AUTH_BYTES_INVALID');
    const away = dc.device(4);
    await away.call(importing);
    expect(away.key.userId).toBe(user.id);
    expect(await refusal(dc.device(4).call(importing))).toBe('400 AUTH_BYTES_INVALID');
    // What is imported is for files: updates go to the home data center only.
    const other = await dc.signedIn(await dc.user());
    await other.send(other.peer(user), 'hello');
    expect(home.updates).toHaveLength(1);
    expect(away.updates).toHaveLength(0);
  });

  it('signs out', async () => {
    const device = await dc.signedIn(await dc.user());
    expect(await device.call(new auth.LogOutRequest())).toMatchObject({ _: 'auth.loggedOut' });
    expect(device.key.userId).toBeNull();
    expect(await refusal(device.call(new tl.updates.GetStateRequest()))).toBe(
      '401 AUTH_KEY_UNREGISTERED',
    );
  });
});
