import { newPasswordVerifier, withNewSalt } from '@tlgen/runtime/crypto';
import * as tl from '@tlgen/telegram';
import { account, auth } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { deleteAccount, revokeAll } from '../../../../packages/local-dc/src/world/removing.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
beforeEach(() => {
  dc = new Harness();
});

type ModPow = tl.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
const Algo = tl.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow;
const state = new tl.updates.GetStateRequest();

async function settings(device: Device, password: string, email?: string) {
  const { newAlgo } = await device.call(new account.GetPasswordRequest());
  const algo = withNewSalt(dc.crypto, newAlgo as ModPow);
  const newPasswordHash = await newPasswordVerifier(dc.crypto, password, algo);
  return new account.PasswordInputSettings({
    newAlgo: new Algo(algo),
    newPasswordHash,
    hint: 'a hint',
    email,
  });
}

/** A device that was asked for the password. */
async function asked(
  fields: object,
): Promise<{ device: Device; user: Awaited<ReturnType<Harness['user']>> }> {
  const user = await dc.user({ password: 'forgotten', ...fields });
  const device = dc.device();
  const { phoneCodeHash } = await device.sendCode(user.phone ?? '');
  const end = device.signIn(user.phone ?? '', phoneCodeHash);
  expect(await refusal(end)).toBe('401 SESSION_PASSWORD_NEEDED');
  return { device, user };
}

describe('password recovery', () => {
  it('signs in by a code from the e-mail and takes the password away', async () => {
    const { device, user } = await asked({ recoveryEmail: 'ann@example.org' });
    const recover = new auth.RecoverPasswordRequest({ code: '22222' });
    expect(await refusal(device.call(recover))).toBe('400 PASSWORD_RECOVERY_EXPIRED');
    expect(await device.call(new account.GetPasswordRequest())).toMatchObject({
      hasRecovery: true,
    });
    expect(await device.call(new auth.RequestPasswordRecoveryRequest())).toMatchObject({
      emailPattern: 'a***@e***.org',
    });
    const check = (code: string) => device.call(new auth.CheckRecoveryPasswordRequest({ code }));
    expect(await refusal(check(''))).toBe('400 CODE_EMPTY');
    expect(await refusal(check('1'))).toBe('400 CODE_INVALID');
    expect(await check('22222')).toBe(true);
    expect(await device.call(recover)).toMatchObject({ user: { id: user.id } });
    expect(user.password).toBeNull();
    expect(await device.call(state)).toMatchObject({ _: 'updates.state' });
  });

  it('may set another password at once', async () => {
    const { device, user } = await asked({ recoveryEmail: 'ann@example.org' });
    await device.call(new auth.RequestPasswordRecoveryRequest());
    const newSettings = await settings(device, 'new');
    await device.call(new auth.RecoverPasswordRequest({ code: '22222', newSettings }));
    expect(user.password).toMatchObject({ hint: 'a hint', email: 'ann@example.org' });
  });

  it('takes an e-mail', async () => {
    const { device } = await asked({});
    expect(await refusal(device.call(new auth.RequestPasswordRecoveryRequest()))).toBe(
      '400 PASSWORD_RECOVERY_NA',
    );
  });

  it('sets a password with an e-mail once that is confirmed', async () => {
    const user = await dc.user();
    const device = await dc.signedIn(user);
    const newSettings = await settings(device, 'secret', 'ann@example.org');
    const password = new tl.InputCheckPasswordEmpty();
    const update = new account.UpdatePasswordSettingsRequest({ password, newSettings });
    expect(await refusal(device.call(update))).toBe('400 EMAIL_UNCONFIRMED_5');
    expect(user.password).toBeNull();
    expect(await device.call(new account.GetPasswordRequest())).toMatchObject({
      emailUnconfirmedPattern: 'a***@e***.org',
    });
    const confirm = (code: string) =>
      device.call(new account.ConfirmPasswordEmailRequest({ code }));
    expect(await refusal(confirm('1'))).toBe('400 CODE_INVALID');
    expect(await confirm('22222')).toBe(true);
    expect(user.password?.email).toBe('ann@example.org');
    expect(await refusal(confirm('22222'))).toBe('400 EMAIL_HASH_EXPIRED');
  });
});

describe('sign-ins that end by force', () => {
  it('are told, and refused as the servers do', async () => {
    const user = await dc.user();
    const [kept, ended] = [await dc.signedIn(user), await dc.signedIn(user)];
    const reset = (hash: bigint) => kept.call(new account.ResetAuthorizationRequest({ hash }));
    expect(await refusal(reset(1n))).toBe('400 HASH_INVALID');
    await reset(ended.key.key.id);
    expect(ended.updates).toMatchObject([{ _: 'updatesTooLong' }]);
    expect(await refusal(ended.call(state))).toBe('401 SESSION_REVOKED');
    expect(await kept.call(state)).toMatchObject({ _: 'updates.state' });
    // The key itself is good for another sign-in.
    const { phoneCodeHash } = await ended.sendCode(user.phone ?? '');
    await ended.signIn(user.phone ?? '', phoneCodeHash);
    expect(await ended.call(state)).toMatchObject({ _: 'updates.state' });
  });

  it('make a doubled key useless', async () => {
    const user = await dc.user();
    const device = await dc.signedIn(user);
    expect(revokeAll(dc.world, user, 'AUTH_KEY_DUPLICATED')).toBe(1);
    expect(await refusal(device.call(state))).toBe('406 AUTH_KEY_DUPLICATED');
    expect(await refusal(device.sendCode(user.phone ?? ''))).toBe('406 AUTH_KEY_DUPLICATED');
    await dc.signedIn(user);
  });

  it('follow the deletion of the account', async () => {
    const user = await dc.user({ firstName: 'Gone', username: 'gone_user' });
    const device = await dc.signedIn(user);
    const other = await dc.signedIn(await dc.user());
    const phone = user.phone ?? '';
    const id = [other.input(user)];
    deleteAccount(dc.world, user, true);
    expect(await refusal(device.call(state))).toBe('401 USER_DEACTIVATED_BAN');
    expect(await refusal(device.sendCode(phone))).toBe('400 PHONE_NUMBER_BANNED');
    const [seen] = await other.call(new tl.users.GetUsersRequest({ id }));
    expect(seen).toMatchObject({ id: user.id, deleted: true });
    expect((seen as tl.User).firstName).toBeUndefined();
    expect(await refusal(other.send(other.peer(user), 'hello'))).toBe('400 INPUT_USER_DEACTIVATED');
  });
});
