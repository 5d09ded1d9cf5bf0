import { auth, base, users } from '@tlgen/telegram';
import type { LocalDc, TestPerson } from '@tlgen/local-dc';
import { describe, expect, it } from 'vitest';
import type { QrCode } from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { device, networkOf, start, type Device } from './harness.js';

const self = () => new users.GetUsersRequest({ id: [new base.InputUserSelf()] });

async function phoneOf(dc: LocalDc, user: TestPerson, password?: string): Promise<Device> {
  const phone = device(dc);
  await phone.signIn({ phone: user.phone, code: '22222', password });
  return phone;
}

/** Scans the code, as an app that is signed in does. */
async function scan(phone: Device, { url }: QrCode): Promise<void> {
  const [, text] = /^tg:\/\/login\?token=([\w-]+)$/.exec(url)!;
  const token = new Uint8Array(Buffer.from(text!, 'base64url'));
  await phone.client.invoke(new auth.AcceptLoginTokenRequest({ token }));
}

describe('sign-in by QR', () => {
  it('waits until an app accepts the token', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const phone = await phoneOf(dc, ada);
    const one = device(dc);
    const steps = one.steps();
    const shown: QrCode[] = [];
    const done = steps.qr((qr) => {
      shown.push(qr);
      expect(steps.state).toEqual({ step: 'qr', ...qr });
      void scan(phone, qr);
    });
    expect(await done).toMatchObject({ step: 'done', id: ada.id, bot: false });
    expect(shown).toHaveLength(1);
    expect(shown[0]!.expires).toBeGreaterThan(Date.now() / 1000);
    expect(one.states).toEqual(['qr', 'done']);
    expect(await one.client.invoke(self())).toMatchObject([{ id: ada.id }]);
  });

  it.each([
    ['at another data center', 4, undefined],
    ['with a password', 2, 'secret word'],
    ['with a password, at another data center', 4, 'secret word'],
  ])('%s', async (_title, dcId, password) => {
    const dc = await start({ dataCenters: [2, 4] });
    const ada = await dc.createUser({ dcId, ...(password && { password }) });
    const phone = await phoneOf(dc, ada, password);
    const one = device(dc);
    const found = await one.signIn({ qr: (qr) => scan(phone, qr), password });
    expect(found).toMatchObject({ id: ada.id, bot: false });
    expect(one.states).toEqual(password ? ['qr', 'password', 'done'] : ['qr', 'done']);
    expect(networkOf(one).homeDc).toBe(dcId);
    expect(await one.client.invoke(self())).toMatchObject([{ id: ada.id }]);
  });

  it('finds out by itself when the news of it got lost', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const phone = await phoneOf(dc, ada);
    const one = device(dc, { updates: { enabled: false } });
    let shown = 0;
    // The token seems to end in a moment, so the next one is asked for soon.
    dc.handle(auth.ExportLoginTokenRequest, async (_request, context) => {
      const token = await context.next();
      if (token._ === 'auth.loginToken') token.expires = context.world.now();
      return token;
    });
    const found = await one.signIn({
      qr: (qr) => {
        shown++;
        return shown === 2 ? scan(phone, qr) : undefined;
      },
    });
    expect(found.id).toBe(ada.id);
    expect(shown).toBe(2);
  });

  it('is over, and leaves nothing, when it is called off or cannot be shown', async () => {
    const dc = await start();
    const one = device(dc);
    const { context } = one;
    const { clock } = context;
    let timers = 0;
    let listeners = 0;
    const counted = {
      ...context,
      clock: {
        ...clock,
        now: () => clock.now(),
        after: (milliseconds: number, callback: () => void) => {
          timers++;
          const timer = clock.after(milliseconds, callback);
          return { ...timer, cancel: () => (timers--, timer.cancel()) };
        },
      },
      onUpdate: (handler: Parameters<typeof context.onUpdate>[0]) => {
        listeners++;
        const stop = context.onUpdate(handler);
        return () => (listeners--, stop());
      },
    };
    Object.assign(one, { context: counted });
    const steps = one.steps();
    const controller = new AbortController();
    const first = steps.qr(() => setImmediate(() => controller.abort('enough')), {
      signal: controller.signal,
    });
    await expect(first).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
    expect(steps.state).toEqual({ step: 'start' });
    await expect(steps.qr(undefined, { timeout: 100 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const broken = new Error('no screen');
    await expect(
      steps.qr(() => {
        throw broken;
      }),
    ).rejects.toBe(broken);
    await expect(one.signIn({ qr: () => Promise.reject(broken) })).rejects.toBe(broken);
    await expect(one.signIn({ qr: () => 0, timeout: 100 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
    expect(one.states).toEqual([
      'qr',
      'start',
      'qr',
      'start',
      'qr',
      'start',
      'qr',
      'start',
      'qr',
      'start',
    ]);
    expect([timers, listeners]).toEqual([0, 0]);
  });

  it('ends when data centers send it in a circle, or to one that does not exist', async () => {
    const dc = await start({ dataCenters: [2, 4] });
    const token = new Uint8Array([1]);
    let to = 4;
    const other = (here: number) =>
      new auth.LoginTokenMigrateTo({ dcId: here === 2 ? to : 2, token });
    dc.handle(auth.ExportLoginTokenRequest, (_request, { dcId }) => other(dcId));
    dc.handle(auth.ImportLoginTokenRequest, (_request, { dcId }) => other(dcId));
    const steps = device(dc).steps();
    await expect(steps.qr()).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    to = 99;
    const one = device(dc);
    await expect(one.steps().qr()).rejects.toMatchObject({ code: 'NO_ADDRESS', dc: 99 });
    expect(networkOf(one).homeDc).toBe(2);
  });

  it('shows a new token when one ends on its way to another data center', async () => {
    const dc = await start({ dataCenters: [2, 4] });
    const ada = await dc.createUser({ dcId: 4 });
    const phone = await phoneOf(dc, ada);
    let late = 0;
    dc.handle(auth.ImportLoginTokenRequest, (_request, context) => {
      if (late++ > 0) return context.next();
      const now = context.world.now();
      for (const one of context.world.logins.tokens['byBytes'].values()) one.expiresAt = now;
      return context.next();
    });
    const found = await device(dc).signIn({ qr: (qr) => scan(phone, qr) });
    expect(found.id).toBe(ada.id);
    expect(late).toBe(1);
  });
});
