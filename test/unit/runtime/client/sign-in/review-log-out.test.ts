import { base, users } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../../../../../packages/runtime/src/index.js';
import { device, networkOf, start } from './harness.js';

const self = () => new users.GetUsersRequest({ id: [new base.InputUserSelf()] });

describe('logging out at two data centers', () => {
  it('forgets the keys of both, and makes new ones for the next user', async () => {
    const dc = await start({ dataCenters: [2, 4] });
    const [ada, bob] = [await dc.createUser(), await dc.createUser()];
    const storage = new MemoryStorage();
    const one = device(dc, {}, storage);
    await one.signIn({ phone: ada.phone, code: '22222' });
    await one.client.invoke(self(), { dc: 4 });
    const { store, state } = networkOf(one);
    const before = [2, 4].map((id) => store.key(id)!.key);
    await one.logOut();
    expect(await state.list('auth-key')).toEqual([]);
    expect([2, 4].map((id) => store.key(id))).toEqual([undefined, undefined]);
    await one.signIn({ phone: bob.phone, code: '22222' });
    expect(await one.client.invoke(self(), { dc: 4 })).toMatchObject([{ id: bob.id }]);
    for (const [at, id] of [2, 4].entries()) {
      expect(store.key(id)!.key).not.toEqual(before[at]);
      expect(store.key(id)!.userId).toBe(bob.id);
    }
    await one.client.close();
    const next = device(dc, {}, storage);
    expect(await next.client.invoke(self(), { dc: 4 })).toMatchObject([{ id: bob.id }]);
  });

  it('while calls run ends them one way or the other', async () => {
    const dc = await start({ dataCenters: [2, 4] });
    const ada = await dc.createUser();
    const one = device(dc);
    await one.signIn({ phone: ada.phone, code: '22222' });
    await one.client.invoke(self(), { dc: 4 });
    const calls = Array.from({ length: 20 }, () =>
      one.client.invoke(self(), { dc: 4 }).catch(({ code }: { code: string }) => code),
    );
    await one.logOut();
    for (const found of await Promise.all(calls))
      expect(['AUTH_KEY_UNREGISTERED', 'CALL_LOST', 'string']).toContain(
        typeof found === 'string' ? found : 'string',
      );
    expect(networkOf(one).store.key(4)?.userId ?? null).toBeNull();
  });
});
