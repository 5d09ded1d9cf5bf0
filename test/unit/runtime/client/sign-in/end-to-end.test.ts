import { auth, base, help, users } from '@tlgen/telegram';
import { RpcFault } from '@tlgen/local-dc';
import { describe, expect, it } from 'vitest';
import { RESEND } from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { MemoryStorage } from '../../../../../packages/runtime/src/index.js';
import { device, networkOf, start } from './harness.js';

const self = () => new users.GetUsersRequest({ id: [new base.InputUserSelf()] });

describe('steps of a sign-in, against the data center', () => {
  it('sign in a bot', async () => {
    const dc = await start();
    const bot = await dc.createUser({ bot: true });
    const one = device(dc);
    const steps = one.steps();
    expect(await steps.check()).toEqual({ step: 'start' });
    await expect(steps.bot('1:wrong')).rejects.toMatchObject({ code: 'ACCESS_TOKEN_INVALID' });
    expect(steps.state).toEqual({ step: 'start' });
    expect(await steps.bot(` ${bot.token}\n`)).toMatchObject({
      step: 'done',
      id: bot.id,
      bot: true,
      user: { _: 'user', id: bot.id },
    });
    expect(one.states).toEqual(['done']);
    expect(one.client.self).toEqual({ id: bot.id, bot: true });
    // Another steps object finds them signed in.
    expect(await one.steps().check()).toMatchObject({ step: 'done', id: bot.id });
    await expect(one.steps().sendCode('999')).rejects.toMatchObject({ code: 'ALREADY_SIGNED_IN' });
  });

  it('sign in a user by a code that is sent again, after a wrong one', async () => {
    const dc = await start();
    const ada = await dc.createUser({ codeTypes: ['sms', 'call'] });
    const steps = device(dc).steps();
    const before = Math.floor(Date.now() / 1000);
    const first = await steps.sendCode(ada.phone);
    expect(first).toEqual({
      step: 'code',
      phone: ada.phone,
      type: { kind: 'sms', length: 5 },
      typeName: 'auth.sentCodeTypeSms',
      nextType: 'call',
      resendAt: expect.any(Number),
    });
    if (first.step === 'code') expect(first.resendAt).toBeGreaterThan(before);
    expect(await steps.resendCode()).toMatchObject({ type: { kind: 'call' }, nextType: null });
    await expect(steps.checkCode('11111')).rejects.toMatchObject({ code: 'PHONE_CODE_INVALID' });
    expect(steps.state).toMatchObject({ step: 'code', type: { kind: 'call' } });
    expect(await steps.checkCode('222 22')).toMatchObject({ step: 'done', id: ada.id, bot: false });
  });

  it('ask for the password, until it is right', async () => {
    const dc = await start();
    const ada = await dc.createUser({ password: 'right one', passwordHint: 'which?' });
    const one = device(dc);
    const steps = one.steps();
    await steps.sendCode(ada.phone);
    const state = { step: 'password', hint: 'which?', hasRecovery: false, recoveryPattern: null };
    expect(await steps.checkCode('22222')).toEqual(state);
    await expect(steps.checkPassword('wrong')).rejects.toMatchObject({
      code: 'PASSWORD_HASH_INVALID',
    });
    await expect(steps.requestPasswordRecovery()).rejects.toMatchObject({
      code: 'PASSWORD_RECOVERY_NA',
    });
    expect(steps.state).toEqual(state);
    expect(await steps.checkPassword('right one')).toMatchObject({ step: 'done', id: ada.id });
    expect(one.states).toEqual(['code', 'password', 'done']);
    expect(await one.client.invoke(self())).toMatchObject([{ id: ada.id }]);
  });

  it('recover a password by e-mail', async () => {
    const dc = await start();
    const ada = await dc.createUser({ password: 'forgotten', recoveryEmail: 'ada@example.org' });
    const steps = device(dc).steps();
    await steps.sendCode(ada.phone);
    expect(await steps.checkCode('22222')).toMatchObject({ hasRecovery: true, hint: null });
    expect(await steps.requestPasswordRecovery()).toMatchObject({
      step: 'password',
      recoveryPattern: 'a***@e***.org',
    });
    await expect(steps.recoverPassword('1')).rejects.toMatchObject({ name: 'RpcError' });
    expect(await steps.recoverPassword('22222')).toMatchObject({ step: 'done', id: ada.id });
  });

  it('make an account, and accept the terms in its name', async () => {
    const dc = await start();
    const accepted: string[] = [];
    dc.handle(auth.SignInRequest, async (_request, context) => {
      await context.next();
      return new auth.AuthorizationSignUpRequired({
        termsOfService: new help.TermsOfService({
          popup: true,
          id: new base.DataJSON({ data: '{"country":"XX"}' }),
          text: 'Be kind.',
          entities: [],
          minAgeConfirm: 16,
        }),
      });
    });
    dc.handle(help.AcceptTermsOfServiceRequest, ({ id }, { user }) => {
      accepted.push(`${user.firstName}: ${id.data}`);
      return true;
    });
    const one = device(dc);
    const steps = one.steps();
    await steps.sendCode('+999 661 2345');
    expect(await steps.checkCode('22222')).toEqual({
      step: 'sign-up',
      phone: '+999 661 2345',
      termsOfService: { text: 'Be kind.', entities: [], minAge: 16, popup: true },
    });
    const refused = steps.signUp({ firstName: 'Ada' });
    await expect(refused).rejects.toMatchObject({ code: 'TERMS_NOT_ACCEPTED' });
    await expect(steps.signUp({ firstName: ' ', acceptTerms: true })).rejects.toMatchObject({
      code: 'FIRSTNAME_INVALID',
    });
    const done = await steps.signUp({ firstName: 'Ada', lastName: 'L.', acceptTerms: true });
    expect(done).toMatchObject({ step: 'done', user: { firstName: 'Ada', lastName: 'L.' } });
    expect(accepted).toEqual(['Ada: {"country":"XX"}']);
    expect(one.states).toEqual(['code', 'sign-up', 'done']);
  });

  it('stay signed in when the terms could not be accepted', async () => {
    const dc = await start();
    dc.handle(auth.SignInRequest, async (_request, context) => {
      await context.next();
      const id = new base.DataJSON({ data: '{}' });
      const termsOfService = new help.TermsOfService({ id, text: 'T', entities: [] });
      return new auth.AuthorizationSignUpRequired({ termsOfService });
    });
    dc.handle(help.AcceptTermsOfServiceRequest, () => {
      throw new RpcFault(400, 'DATA_JSON_INVALID');
    });
    const one = device(dc);
    const steps = one.steps();
    await steps.sendCode('99966123');
    await steps.checkCode('22222');
    const failed = steps.signUp({ firstName: 'Ada', acceptTerms: true });
    await expect(failed).rejects.toMatchObject({ code: 'DATA_JSON_INVALID' });
    expect(steps.state.step).toBe('done');
    expect(one.client.self).not.toBeNull();
  });

  it('set up an e-mail address where the server demands one', async () => {
    const dc = await start();
    const ada = await dc.createUser({ codeTypes: ['set-up-email', 'email'] });
    const steps = device(dc).steps();
    expect(await steps.sendCode(ada.phone)).toEqual({
      step: 'email',
      phone: ada.phone,
      sent: null,
    });
    await expect(steps.setEmail('nowhere')).rejects.toMatchObject({ code: 'EMAIL_INVALID' });
    expect(await steps.setEmail(' ada@example.org ')).toMatchObject({
      step: 'email',
      sent: { emailPattern: 'a***@e***.org', length: 5 },
    });
    await expect(steps.checkEmailCode('1')).rejects.toMatchObject({ name: 'RpcError' });
    expect(await steps.checkEmailCode('22222')).toMatchObject({
      step: 'code',
      type: { kind: 'e-mail', emailPattern: 'a***@e***.org', length: 5 },
    });
    expect(await steps.checkCode('22-222')).toMatchObject({ step: 'done', id: ada.id });
  });

  it('reset the login e-mail', async () => {
    const dc = await start();
    const ada = await dc.createUser({ loginEmail: 'lost@example.org' });
    const steps = device(dc).steps();
    expect(await steps.sendCode(ada.phone)).toMatchObject({ type: { kind: 'e-mail' } });
    expect(await steps.resetLoginEmail()).toMatchObject({ step: 'code', type: { kind: 'sms' } });
    expect(await steps.checkCode('22222')).toMatchObject({ step: 'done' });
  });

  it('cancel a code, and begin anew', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const steps = device(dc).steps();
    await steps.sendCode(ada.phone);
    expect(await steps.cancelCode()).toEqual({ step: 'start' });
    await steps.sendCode(ada.phone);
    expect(await steps.restart()).toEqual({ step: 'start' });
    await steps.sendCode(ada.phone);
    expect(await steps.checkCode('22222')).toMatchObject({ step: 'done' });
  });
});

describe('logging out', () => {
  it('ends the sign-in, forgets what was the user’s, and lets the next one in', async () => {
    const dc = await start();
    const [ada, bob] = [await dc.createUser(), await dc.createUser({ password: 'pw' })];
    const storage = new MemoryStorage();
    const one = device(dc, {}, storage);
    await one.signIn({ phone: ada.phone, code: '22222' });
    const key = networkOf(one).store.key(2)!.key;
    await one.logOut();
    expect(one.client.self).toBeNull();
    expect(one.forgotten).toBe(1);
    expect(networkOf(one).store.key(2)).toBeUndefined();
    await expect(one.client.invoke(self())).rejects.toMatchObject({
      code: 'AUTH_KEY_UNREGISTERED',
    });
    expect(dc.world.homesOf(ada.id)).toEqual([]);
    // Nobody is signed in: nothing to do.
    await one.logOut();
    expect(one.forgotten).toBe(1);
    await one.signIn({ phone: bob.phone, code: '22222', password: 'pw' });
    expect(await one.client.invoke(self())).toMatchObject([{ id: bob.id }]);
    expect(networkOf(one).store.key(2)!.key).not.toEqual(key);
    await one.client.close();
    const next = device(dc, {}, storage);
    await next.client.connect();
    expect(next.client.self).toEqual({ id: bob.id, bot: false });
  });

  it('lets a user who was here before in without a code', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const storage = new MemoryStorage();
    const one = device(dc, {}, storage);
    await one.signIn({ phone: ada.phone, code: '22222' });
    await one.logOut();
    expect(await one.context.tokens.load()).toHaveLength(1);
    await one.client.close();
    const next = device(dc, {}, storage);
    const code = () => Promise.reject(new Error('no code is needed'));
    expect(await next.signIn({ phone: ada.phone, code })).toMatchObject({ id: ada.id });
    expect(next.states).toEqual(['done']);
  });

  it('does so when the server has ended it before', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const one = device(dc);
    const reasons: string[] = [];
    one.client.on('signed-out', ({ reason }) => reasons.push(reason));
    await one.signIn({ phone: ada.phone, code: '22222' });
    dc.handle(auth.LogOutRequest, () => {
      throw new RpcFault(401, 'SESSION_REVOKED');
    });
    await one.logOut();
    expect(one.client.self).toBeNull();
    expect(one.forgotten).toBe(1);
    expect(await one.signIn({ phone: ada.phone, code: '22222' })).toMatchObject({ id: ada.id });
  });

  it('forgets nothing when the server could not be told', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const one = device(dc);
    await one.signIn({ phone: ada.phone, code: '22222' });
    const remove = dc.handle(auth.LogOutRequest, () => new Promise(() => undefined));
    await expect(one.logOut({ timeout: 50 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(one.logOut({ signal: AbortSignal.abort('no') })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(one.client.self).toEqual({ id: ada.id, bot: false });
    expect(one.forgotten).toBe(0);
    remove();
    expect(await one.client.invoke(self())).toMatchObject([{ id: ada.id }]);
  });
});

describe('signIn on a client where somebody is signed in', () => {
  it('resolves with them if they are the ones, else it says so', async () => {
    const dc = await start();
    const [ada, bob] = [await dc.createUser(), await dc.createUser()];
    const bot = await dc.createUser({ bot: true });
    const one = device(dc);
    await one.signIn({ phone: ada.phone, code: '22222' });
    const never = () => Promise.reject(new Error('asked'));
    for (const options of [
      { phone: `+${ada.phone}`, code: never },
      { phone: never, code: never },
      { who: never, code: never },
      { qr: never },
    ])
      expect(await one.signIn(options)).toMatchObject({ id: ada.id, bot: false });
    for (const options of [
      { phone: bob.phone, code: never },
      { botToken: bot.token },
      { who: { botToken: bot.token }, code: never },
    ])
      await expect(one.signIn(options)).rejects.toMatchObject({ code: 'ALREADY_SIGNED_IN' });
    await one.logOut();
    await one.signIn({ botToken: bot.token });
    expect(await one.signIn({ botToken: bot.token })).toMatchObject({ id: bot.id, bot: true });
    await expect(one.signIn({ qr: never })).rejects.toMatchObject({ code: 'ALREADY_SIGNED_IN' });
  });

  it('takes an error of the network for what it is', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const one = device(dc);
    await one.signIn({ phone: ada.phone, code: '22222' });
    const remove = dc.handle(users.GetUsersRequest, () => new Promise(() => undefined));
    const options = { phone: ada.phone, code: () => Promise.reject(new Error('asked')) };
    await expect(one.signIn({ ...options, timeout: 50 })).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
    expect(one.client.self).toEqual({ id: ada.id, bot: false });
    remove();
    expect(await one.signIn(options)).toMatchObject({ id: ada.id });
  });

  it('signs in anew when the server has ended the sign-in', async () => {
    const dc = await start();
    const ada = await dc.createUser();
    const one = device(dc);
    await one.signIn({ phone: ada.phone, code: '22222' });
    dc.duplicateKey(ada.id);
    expect(await one.signIn({ phone: ada.phone, code: '22222' })).toMatchObject({ id: ada.id });
    expect(one.states).toEqual(['code', 'done', 'code', 'done']);
  });
});

describe('signIn', () => {
  it('asks for all that the server wants, and again for what was wrong', async () => {
    const dc = await start();
    const ada = await dc.createUser({
      password: 'right one',
      passwordHint: 'which?',
      codeTypes: ['sms', 'call'],
    });
    const asked: unknown[] = [];
    const answers = { phone: ['12', ada.phone], password: ['wrong', 'right one'] };
    const codes = [RESEND, RESEND, '1', '22222'] as const;
    const found = await device(dc).signIn({
      phone: ({ wrong }, attempt) => {
        asked.push(['phone', wrong, attempt]);
        return answers.phone[attempt - 1]!;
      },
      code: ({ type, wrong }, attempt, { state, error }) => {
        asked.push(['code', type, state.nextType, wrong, error?.code ?? null]);
        return codes[attempt - 1]!;
      },
      password: async ({ hint, wrong }, attempt) => {
        asked.push(['password', hint, wrong, attempt]);
        return answers.password[attempt - 1]!;
      },
    });
    expect(found).toMatchObject({ id: ada.id, bot: false });
    expect(asked).toEqual([
      ['phone', false, 1],
      ['phone', true, 2],
      ['code', 'auth.sentCodeTypeSms', 'call', false, null],
      ['code', 'auth.sentCodeTypeCall', null, false, null],
      ['code', 'auth.sentCodeTypeCall', null, false, 'SEND_CODE_UNAVAILABLE'],
      ['code', 'auth.sentCodeTypeCall', null, true, 'PHONE_CODE_INVALID'],
      ['password', 'which?', false, 1],
      ['password', 'which?', true, 2],
    ]);
  });

  it('makes an account, or an e-mail address, from what it was given', async () => {
    const dc = await start();
    dc.codeTypes = ['set-up-email'];
    const one = device(dc);
    const wanted = { phone: '99966777', code: '22222' };
    await expect(one.signIn(wanted)).rejects.toMatchObject({ code: 'EMAIL_REQUIRED' });
    const email = 'a@example.org';
    await expect(one.signIn({ ...wanted, email })).rejects.toMatchObject({
      code: 'EMAIL_REQUIRED',
    });
    const found = await one.signIn({
      ...wanted,
      email: (_hint, attempt) => (attempt === 1 ? 'no address' : email),
      emailCode: (_hint, attempt) => (attempt === 1 ? '1' : '22222'),
      signUp: ({ wrong }) => ({ firstName: wrong ? 'New' : ' ' }),
    });
    expect(found.user).toMatchObject({ firstName: 'New' });
  });
});

describe('logging out at several data centers', () => {
  it('leaves nobody signed in anywhere', async () => {
    const dc = await start({ dataCenters: [2, 4] });
    const [ada, bob] = [await dc.createUser(), await dc.createUser()];
    const one = device(dc);
    await one.signIn({ phone: ada.phone, code: '22222' });
    expect(await one.client.invoke(self(), { dc: 4 })).toMatchObject([{ id: ada.id }]);
    await one.logOut();
    await expect(one.client.invoke(self(), { dc: 4 })).rejects.toMatchObject({
      code: 'AUTH_KEY_UNREGISTERED',
    });
    await one.signIn({ phone: bob.phone, code: '22222' });
    expect(await one.client.invoke(self(), { dc: 4 })).toMatchObject([{ id: bob.id }]);
  });
});
