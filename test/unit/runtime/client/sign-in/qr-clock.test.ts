import type { TlMethod } from '@tlgen/codec';
import { auth, base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { SignInSteps } from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { settle } from '../../network/fakes/clock.js';
import { authorized, FakeServer } from './fake-server.js';

const tokenOf = (server: FakeServer, seconds: number, fill: number): auth.LoginToken =>
  new auth.LoginToken({
    expires: Math.floor(server.clock.now().wall / 1000) + seconds,
    token: new Uint8Array(16).fill(fill),
  });

/** A server whose tokens are good for that many seconds, and the times at which it was asked for one. */
function tokens(seconds: number): { readonly server: FakeServer; readonly at: number[] } {
  const server = new FakeServer();
  const at: number[] = [];
  server.answers.set('auth.exportLoginToken', () => {
    at.push(server.clock.now().steady);
    return tokenOf(server, seconds, at.length);
  });
  return { server, at };
}

describe('the tokens of a QR sign-in', () => {
  it('are renewed shortly before they end', async () => {
    const { server, at } = tokens(30);
    const shown: string[] = [];
    const controller = new AbortController();
    const done = server.steps().qr(({ url }) => shown.push(url), { signal: controller.signal });
    await server.clock.advance(90_000);
    controller.abort();
    await expect(done).rejects.toMatchObject({ code: 'ABORTED' });
    expect(shown).toHaveLength(at.length);
    expect(new Set(shown).size).toBe(shown.length);
    const gaps = at.slice(1).map((time, i) => time - at[i]!);
    expect(gaps.length).toBeGreaterThanOrEqual(3);
    // In time for nobody to scan one that is over, and not long before.
    for (const gap of gaps) expect(gap >= 25_000 && gap < 30_000, `${gap} ms`).toBe(true);
    expect(server.clock.pending).toBe(0);
  });

  it.each([
    ['ended long ago', -1_000_000],
    ['ends in a moment', 0],
    ['never ends', 2 ** 31 - 1 - 1_700_000_001],
  ])(
    'by a clock of the server by which the token %s, are asked for neither at once nor never',
    async (_title, seconds) => {
      const { server, at } = tokens(seconds);
      const controller = new AbortController();
      const done = server.steps().qr(undefined, { signal: controller.signal });
      await server.clock.advance(600_000);
      controller.abort();
      await expect(done).rejects.toMatchObject({ code: 'ABORTED' });
      expect(at.length).toBeGreaterThanOrEqual(2);
      expect(at.length).toBeLessThanOrEqual(601);
    },
  );

  it('are asked for at once when the server says that one was accepted', async () => {
    const { server, at } = tokens(30);
    const done = server.steps().qr();
    await settle();
    expect(at).toHaveLength(1);
    server.answers.set(
      'auth.exportLoginToken',
      new auth.LoginTokenSuccess({ authorization: authorized() }),
    );
    const update = new base.UpdateShort({ update: new base.UpdateLoginToken(), date: 1 });
    for (const handler of server.handlers) handler(update);
    expect(await done).toMatchObject({ step: 'done', id: 7n });
    expect(server.handlers.size).toBe(0);
  });

  it('are taken to the data center of the user before they are used there', async () => {
    const server = new FakeServer();
    const order: string[] = [];
    const token = new Uint8Array(16).fill(9);
    const context = {
      ...server.context,
      moveHome: async (dc: number) => {
        await settle();
        order.push(`home ${dc}`);
      },
    };
    server.answers.set('auth.exportLoginToken', new auth.LoginTokenMigrateTo({ dcId: 4, token }));
    server.answers.set('auth.importLoginToken', (request: TlMethod) => {
      order.push(`import ${(request as auth.ImportLoginTokenRequest).token[0]}`);
      return new auth.LoginTokenSuccess({ authorization: authorized() });
    });
    expect(await new SignInSteps(context).qr()).toMatchObject({ step: 'done' });
    expect(order).toEqual(['home 4', 'import 9']);
  });

  it('that go round in a circle end the sign-in', async () => {
    const server = new FakeServer();
    const moved = new auth.LoginTokenMigrateTo({ dcId: 4, token: new Uint8Array(4) });
    server.answers.set('auth.exportLoginToken', moved);
    server.answers.set('auth.importLoginToken', moved);
    await expect(server.steps().qr()).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    expect(server.asked.length).toBeLessThan(10);
  });
});
