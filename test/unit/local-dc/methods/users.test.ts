import * as tl from '@tlgen/telegram';
import { account, contacts, help, users } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let bob: User;
let device: Device;
beforeEach(async () => {
  dc = new Harness({ dataCenters: [2, 4] });
  ann = await dc.user({ firstName: 'Ann', username: 'ann_user' });
  bob = await dc.user({ firstName: 'Bob', phone: '447000000007' });
  device = await dc.signedIn(ann);
});

describe('finding users', () => {
  it('works by user name and phone, with an access hash of the viewer', async () => {
    const bobDevice = await dc.signedIn(bob);
    const { peer, users: found } = await bobDevice.call(
      new contacts.ResolveUsernameRequest({ username: 'ANN_user' }),
    );
    expect(peer).toMatchObject({ _: 'peerUser', userId: ann.id });
    expect((found[0] as tl.User).accessHash).toBe(bobDevice.peer(ann).accessHash);
    expect((found[0] as tl.User).phone).toBeUndefined();
    const byPhone = new contacts.ResolvePhoneRequest({ phone: '+44 7000 000007' });
    expect((await device.call(byPhone)).peer).toMatchObject({ userId: bob.id });
    const nobody = (username: string) =>
      refusal(device.call(new contacts.ResolveUsernameRequest({ username })));
    expect(await nobody('no_such_user')).toBe('400 USERNAME_NOT_OCCUPIED');
    expect(await nobody('?')).toBe('400 USERNAME_INVALID');
  });

  it('answers userEmpty for whom the viewer cannot name, and refuses their profile', async () => {
    const foreign = new tl.InputUser({ userId: bob.id, accessHash: 1n });
    const found = await device.call(
      new users.GetUsersRequest({ id: [foreign, new tl.InputUserSelf(), device.input(bob)] }),
    );
    expect(found.map((one) => one._)).toEqual(['userEmpty', 'user', 'user']);
    expect(await refusal(device.call(new users.GetFullUserRequest({ id: foreign })))).toBe(
      '400 USER_ID_INVALID',
    );
    const full = await device.call(new users.GetFullUserRequest({ id: device.input(bob) }));
    expect(full.fullUser.id).toBe(bob.id);
  });
});

describe('contacts', () => {
  it('are imported by phone, named by their owner, and mutual when both have them', async () => {
    const input = (phone: string, clientId: bigint): tl.InputPhoneContact =>
      new tl.InputPhoneContact({ phone, clientId, firstName: 'Bobby', lastName: '' });
    const imported = await device.call(
      new contacts.ImportContactsRequest({
        contacts: [input('+447000000007', 1n), input('+447999999999', 2n)],
      }),
    );
    expect(imported.imported).toMatchObject([{ userId: bob.id, clientId: 1n }]);
    expect(imported.users).toMatchObject([{ firstName: 'Bobby', contact: true, phone: bob.phone }]);
    const list = async () =>
      (await device.call(new contacts.GetContactsRequest({ hash: 0n }))) as contacts.Contacts;
    expect((await list()).contacts).toMatchObject([{ userId: bob.id, mutual: false }]);
    const bobDevice = await dc.signedIn(bob);
    const add = (id: tl.TypeInputUser, firstName: string) =>
      bobDevice.call(new contacts.AddContactRequest({ id, firstName, lastName: '', phone: '' }));
    expect(await refusal(add(bobDevice.input(ann), ''))).toBe('400 CONTACT_NAME_EMPTY');
    await add(bobDevice.input(ann), 'Annie');
    expect((await list()).contacts).toMatchObject([{ mutual: true }]);
    await device.call(new contacts.DeleteContactsRequest({ id: [device.input(bob)] }));
    expect((await list()).contacts).toEqual([]);
  });

  it('see when the other comes online', async () => {
    const bobDevice = await dc.signedIn(bob);
    bob.contacts.set(ann.id, { firstName: 'Ann', lastName: '' });
    await device.call(new account.UpdateStatusRequest({ offline: false }));
    expect(bobDevice.updates).toMatchObject([
      { _: 'updateShort', update: { userId: ann.id, status: { _: 'userStatusOnline' } } },
    ]);
  });
});

describe('profiles', () => {
  it('change user names, which are unique whatever their case', async () => {
    const bobDevice = await dc.signedIn(bob);
    const set = (username: string) =>
      bobDevice.call(new account.UpdateUsernameRequest({ username }));
    expect(await refusal(set('Ann_User'))).toBe('400 USERNAME_OCCUPIED');
    expect(await refusal(set('1x'))).toBe('400 USERNAME_INVALID');
    expect(await set('bob_user')).toMatchObject({ username: 'bob_user' });
    expect(await refusal(set('bob_user'))).toBe('400 USERNAME_NOT_MODIFIED');
    const free = (username: string) => device.call(new account.CheckUsernameRequest({ username }));
    expect([await free('bob_user'), await free('carol')]).toEqual([false, true]);
    expect(await set('')).not.toHaveProperty('username', 'bob_user');
  });

  it('change names, within limits', async () => {
    const update = (init: { firstName?: string; lastName?: string; about?: string }) =>
      device.call(new account.UpdateProfileRequest(init));
    expect(await update({ firstName: 'Anna', lastName: 'B' })).toMatchObject({
      firstName: 'Anna',
      lastName: 'B',
    });
    expect(await refusal(update({ firstName: ' ' }))).toBe('400 FIRSTNAME_INVALID');
    expect(await refusal(update({ about: 'x'.repeat(71) }))).toBe('400 ABOUT_TOO_LONG');
  });

  it('list sign-ins, and end the others', async () => {
    const second = await dc.signedIn(ann);
    const list = await device.call(new account.GetAuthorizationsRequest());
    expect(list.authorizations.map((one) => one.current)).toEqual([true, false]);
    expect(await device.call(new tl.auth.ResetAuthorizationsRequest())).toBe(true);
    expect(await refusal(second.call(new tl.updates.GetStateRequest()))).toBe(
      '401 SESSION_REVOKED',
    );
    expect(second.key.userId).toBeNull();
    expect(device.key.userId).toBe(ann.id);
  });
});

describe('help', () => {
  it('tells the addresses of all data centers, and which one this is', async () => {
    dc.world.addresses = [2, 4].map((id) => ({ id, host: '127.0.0.1', port: 8000 + id }));
    const config = await dc.device(4).call(new help.GetConfigRequest());
    expect(config).toMatchObject({ thisDc: 4, date: dc.now, messageLengthMax: 4096 });
    expect(config.dcOptions).toMatchObject([
      { id: 2, ipAddress: '127.0.0.1', port: 8002 },
      { id: 4, port: 8004 },
    ]);
  });

  it('sends the app config once', async () => {
    const ask = (hash: number) => device.call(new help.GetAppConfigRequest({ hash }));
    const first = (await ask(0)) as help.AppConfig;
    expect((await ask(first.hash))._).toBe('help.appConfigNotModified');
  });
});
