import { account, auth, base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import type {
  Asked,
  SignInOptions,
  SignInSteps,
} from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { FakeServer, PHONE } from './fake-server.js';
import { device, start } from './harness.js';
import { signIn } from '../../../../../packages/runtime/src/client/sign-in/index.js';

type Options = { readonly signal?: AbortSignal; readonly timeout?: number };

const HANGING: readonly (readonly [
  at: Parameters<FakeServer['at']>[0],
  method: string,
  act: (steps: SignInSteps, options: Options) => Promise<unknown>,
])[] = [
  ['start', 'auth.importBotAuthorization', (steps, options) => steps.bot('7:t', options)],
  ['start', 'auth.sendCode', (steps, options) => steps.sendCode(PHONE, {}, options)],
  ['start', 'auth.exportLoginToken', (steps, options) => steps.qr(undefined, options)],
  ['code', 'auth.resendCode', (steps, options) => steps.resendCode(options)],
  ['code', 'auth.cancelCode', (steps, options) => steps.cancelCode(options)],
  ['code', 'auth.signIn', (steps, options) => steps.checkCode('12345', options)],
  ['code by e-mail', 'auth.resetLoginEmail', (steps, options) => steps.resetLoginEmail(options)],
  [
    'email',
    'account.sendVerifyEmailCode',
    (steps, options) => steps.setEmail('a@example.org', options),
  ],
  [
    'email, a code sent',
    'account.verifyEmail',
    (steps, options) => steps.checkEmailCode('123456', options),
  ],
  ['password', 'account.getPassword', (steps, options) => steps.checkPassword('pw', options)],
  [
    'password',
    'auth.requestPasswordRecovery',
    (steps, options) => steps.requestPasswordRecovery(options),
  ],
  ['password', 'auth.recoverPassword', (steps, options) => steps.recoverPassword('1', options)],
  ['sign-up', 'auth.signUp', (steps, options) => steps.signUp({ firstName: 'A' }, options)],
];

describe('a step that is called off', () => {
  it.each(HANGING)('%s, while %s has no answer', async (at, method, act) => {
    const server = new FakeServer();
    const steps = await server.at(at);
    const before = steps.state;
    const usual = server.answers.get(method)!;
    server.answers.set(method, new Promise<never>(() => undefined));

    const controller = new AbortController();
    const first = act(steps, { signal: controller.signal });
    const why = new Error('why');
    controller.abort(why);
    await expect(first).rejects.toMatchObject({ code: 'ABORTED', cause: why });
    expect(steps.state).toBe(before);

    const second = act(steps, { timeout: 500 });
    const late = expect(second).rejects.toMatchObject({ code: 'TIMEOUT' });
    await server.clock.advance(500);
    await late;
    expect(steps.state).toBe(before);

    const asked = server.asked.length;
    await expect(act(steps, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(server.asked).toHaveLength(asked);
    // Nothing is left: no timer, no listener, no step under way; and it can be done again.
    expect([server.clock.pending, server.handlers.size]).toEqual([0, 0]);
    expect(steps.allowed).not.toEqual([]);
    server.answers.set(method, usual);
    const again = await act(steps, {}).catch((error: { code: string }) => error);
    // The fake server knows no password.
    if (method === 'account.getPassword') expect(again).toMatchObject({ code: 'PASSWORD_EMPTY' });
    else expect(again).toBe(steps.state);
  });

  it('after the code, while the hint of the password is fetched: goes on with the password', async () => {
    const server = new FakeServer();
    const steps = await server.at('code');
    server.answers
      .set('auth.signIn', 'SESSION_PASSWORD_NEEDED')
      .set('account.getPassword', new Promise<never>(() => undefined));
    const controller = new AbortController();
    const entered = steps.checkCode('12345', { signal: controller.signal });
    await new Promise((resolve) => setImmediate(resolve));
    expect(server.names()).toEqual(['auth.signIn', 'account.getPassword']);
    controller.abort();
    await expect(entered).rejects.toMatchObject({ code: 'ABORTED' });
    expect(steps.state).toMatchObject({ step: 'password', hint: null });
  });

  it('while a QR code is shown', async () => {
    const server = new FakeServer();
    const steps = server.steps();
    const expires = server.clock.now().wall / 1000 + 30;
    const token = new auth.LoginToken({ expires, token: new Uint8Array([0xfb, 0xff, 0xfe]) });
    server.answers.set('auth.exportLoginToken', token);
    const urls: string[] = [];
    const controller = new AbortController();
    const waiting = steps.qr(({ url }) => urls.push(url), { signal: controller.signal });
    const ended = expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    await server.clock.advance(27_999);
    expect(urls).toEqual(['tg://login?token=-__-']);
    await server.clock.advance(1);
    // Two seconds before its end there is a new one.
    expect(urls).toHaveLength(2);
    const push = (update: base.TypeUpdate) => {
      for (const one of server.handlers) one(new base.UpdateShort({ update, date: 0 }));
    };
    push(new base.UpdateConfig());
    await server.clock.advance(0);
    expect(urls).toHaveLength(2);
    push(new base.UpdateLoginToken());
    await server.clock.advance(0);
    expect(urls).toHaveLength(3);
    controller.abort();
    await ended;
    expect(steps.state).toEqual({ step: 'start' });
    expect([server.clock.pending, server.handlers.size]).toEqual([0, 0]);
  });

  it('a token that seems over already, or never over, is replaced at a sane pace', async () => {
    for (const [expires, pace] of [
      [0, 1_000],
      [0x7fff_ffff, 300_000],
    ] as const) {
      const server = new FakeServer();
      const answer = new auth.LoginToken({ expires, token: new Uint8Array([1]) });
      server.answers.set('auth.exportLoginToken', answer);
      const controller = new AbortController();
      const waiting = server.steps().qr(undefined, { signal: controller.signal });
      const ended = expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
      await server.clock.advance(pace * 3);
      expect(server.asked).toHaveLength(4);
      controller.abort();
      await ended;
    }
  });
});

describe('a sign-in that is called off', () => {
  const never =
    (asks: Asked<unknown>[]) => (_hint: unknown, _attempt: number, asked: Asked<unknown>) => {
      asks.push(asked);
      return new Promise<never>(() => undefined);
    };

  it.each(['phone', 'who', 'code', 'password', 'email', 'emailCode', 'signUp'])(
    'while a person is asked for %s',
    async (name) => {
      const server = new FakeServer();
      const email = new auth.SentCode({
        type: new auth.SentCodeTypeSetUpEmailRequired({}),
        phoneCodeHash: 'hash',
      });
      if (name.startsWith('email')) server.answers.set('auth.sendCode', email);
      if (name === 'password') server.answers.set('auth.signIn', 'SESSION_PASSWORD_NEEDED');
      if (name === 'signUp')
        server.answers.set('auth.signIn', new auth.AuthorizationSignUpRequired({}));
      const asks: Asked<unknown>[] = [];
      const plain = { phone: PHONE, code: '12345', email: 'a@b.c' };
      const options = { ...plain, [name]: never(asks) } as Record<string, unknown>;
      if (name === 'who') delete options['phone'];
      const controller = new AbortController();
      const { signal } = controller;
      const waiting = signIn(server.context, { ...options, signal } as unknown as SignInOptions);
      await new Promise((resolve) => setImmediate(resolve));
      expect(asks).toHaveLength(1);
      expect(asks[0]!.signal.aborted).toBe(false);
      controller.abort('why');
      await expect(waiting).rejects.toMatchObject({ code: 'ABORTED', cause: 'why' });
      // Whoever asks can take the question away.
      expect(asks[0]!.signal.aborted).toBe(true);

      const late = signIn(server.context, { ...options, timeout: 100 } as unknown as SignInOptions);
      const ended = expect(late).rejects.toMatchObject({ code: 'TIMEOUT' });
      await server.clock.advance(100);
      await ended;
      expect(server.clock.pending).toBe(0);
    },
  );

  it('against the data center, while it has no answer; and can be begun again', async () => {
    const dc = await start();
    const ada = await dc.createUser({ password: 'pw' });
    const one = device(dc);
    const options = { phone: ada.phone, code: '22222', password: 'pw' };
    for (const method of [auth.SendCodeRequest, auth.SignInRequest, account.GetPasswordRequest]) {
      const remove = dc.handle(
        method as typeof auth.SendCodeRequest,
        () => new Promise(() => undefined),
      );
      await expect(one.signIn({ ...options, timeout: 150 })).rejects.toMatchObject({
        code: 'TIMEOUT',
        message: 'signing in took longer than 150 ms',
      });
      remove();
    }
    expect(await one.signIn(options)).toMatchObject({ id: ada.id });
  });

  it('ends with the client', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const one = device(dc);
    const asks: Asked<unknown>[] = [];
    const waiting = one.signIn({ phone: ada.phone, code: never(asks) });
    const ended = expect(waiting).rejects.toMatchObject({ code: 'CLOSED' });
    while (asks.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await one.client.close();
    await ended;
    expect(asks[0]!.signal.aborted).toBe(true);
  });
});
