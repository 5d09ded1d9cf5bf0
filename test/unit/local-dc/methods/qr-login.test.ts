import * as tl from '@tlgen/telegram';
import { auth } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
beforeEach(() => {
  dc = new Harness({ dataCenters: [2, 4] });
});

const exporting = (exceptIds: bigint[] = []) =>
  new auth.ExportLoginTokenRequest({ apiId: 1, apiHash: 'x', exceptIds });
const accepting = (token: Uint8Array) => new auth.AcceptLoginTokenRequest({ token });
const importing = (token: Uint8Array) => new auth.ImportLoginTokenRequest({ token });

async function shown(device: Device, exceptIds: bigint[] = []): Promise<auth.LoginToken> {
  const token = await device.call(exporting(exceptIds));
  expect(token._).toBe('auth.loginToken');
  return token as auth.LoginToken;
}

describe('sign-in by QR code', () => {
  it('tells the device that waits, which then gets its sign-in', async () => {
    const ann = await dc.user();
    const phone = await dc.signedIn(ann);
    const desk = dc.device();
    const { token, expires } = await shown(desk);
    expect(expires).toBe(dc.now + 30);
    expect(await desk.call(importing(token))).toMatchObject({ _: 'auth.loginToken', expires });
    expect(await phone.call(accepting(token))).toMatchObject({ _: 'authorization' });
    expect(desk.updates).toMatchObject([{ _: 'updateShort', update: { _: 'updateLoginToken' } }]);
    expect(await desk.call(exporting())).toMatchObject({
      _: 'auth.loginTokenSuccess',
      authorization: { user: { id: ann.id, self: true } },
    });
    expect(desk.key.userId).toBe(ann.id);
    expect(await refusal(phone.call(accepting(token)))).toBe('400 AUTH_TOKEN_ALREADY_ACCEPTED');
  });

  it('lets a token live for 30 seconds, and knows no others', async () => {
    const phone = await dc.signedIn(await dc.user());
    const { token } = await shown(dc.device());
    expect(await refusal(phone.call(accepting(new Uint8Array(32))))).toBe(
      '400 AUTH_TOKEN_INVALIDX',
    );
    dc.now += 30;
    expect(await refusal(phone.call(accepting(token)))).toBe('400 AUTH_TOKEN_EXPIRED');
  });

  it('refuses users that the device has already, and each token twice', async () => {
    const ann = await dc.user();
    const phone = await dc.signedIn(ann);
    const { token } = await shown(dc.device(), [ann.id]);
    expect(await refusal(phone.call(accepting(token)))).toBe('400 AUTH_TOKEN_EXCEPTION');
    const { token: other } = await shown(dc.device());
    await phone.call(accepting(other));
    expect(await refusal(phone.call(accepting(other)))).toBe('400 AUTH_TOKEN_ALREADY_ACCEPTED');
  });

  it('sends on to the data center of the account, where the token is imported', async () => {
    const far = await dc.user({ dcId: 4 });
    const phone = await dc.signedIn(far);
    const desk = dc.device(2);
    const { token } = await shown(desk);
    await phone.call(accepting(token));
    const moved = await desk.call(exporting());
    expect(moved).toMatchObject({ _: 'auth.loginTokenMigrateTo', dcId: 4 });
    const there = dc.device(4);
    const bytes = (moved as auth.LoginTokenMigrateTo).token;
    expect(await there.call(importing(bytes))).toMatchObject({ _: 'auth.loginTokenSuccess' });
    expect(there.key.userId).toBe(far.id);
    expect(await refusal(dc.device(4).call(importing(bytes)))).toBe(
      '400 AUTH_TOKEN_ALREADY_ACCEPTED',
    );
  });

  it('asks for the password of who has one', async () => {
    const ann = await dc.user();
    const phone = await dc.signedIn(ann);
    const desk = dc.device();
    const { token } = await shown(desk);
    await phone.call(accepting(token));
    ann.password = (await dc.user({ password: 'x' })).password;
    expect(await refusal(desk.call(exporting()))).toBe('401 SESSION_PASSWORD_NEEDED');
    expect(await desk.call(new tl.account.GetPasswordRequest())).toMatchObject({
      hasPassword: true,
    });
  });
});
