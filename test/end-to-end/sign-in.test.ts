import { LocalDc } from '@tlgen/local-dc';
import { isRpcError, RESEND, SignInError, type CodeHint, type SignInState } from '@tlgen/runtime';
import { auth, users } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, expectClean, person } from './people.js';

describe('signing in', () => {
  let dc: LocalDc;
  beforeAll(async () => {
    dc = await LocalDc.start({ dataCenters: [2, 4] });
  });
  afterAll(async () => {
    expectClean(dc);
    await dc.close();
  });

  it('a bot by its token, and a token that is none', async () => {
    const bot = await dc.createUser({ bot: true, firstName: 'Robot' });
    await using client = clientOf(dc);
    const wrong = client.signIn({ botToken: '1:wrong' });
    await expect(wrong).rejects.toMatchObject({
      name: 'RpcError',
      method: 'auth.importBotAuthorization',
    });
    expect(await client.signIn({ botToken: bot.token })).toMatchObject({
      id: bot.id,
      bot: true,
      user: { firstName: 'Robot', bot: true },
    });
    expect(client.self).toEqual({ id: bot.id, bot: true });
  });

  it('a user by phone and code, after a wrong one and a resent one', async () => {
    const user = await dc.createUser({ firstName: 'Ada', codeTypes: ['sms', 'call'] });
    const answers: (string | typeof RESEND)[] = ['00000', RESEND, dc.loginCode];
    const kinds: string[] = [];
    await using client = clientOf(dc);
    const done = await client.signIn({
      phone: user.phone,
      code: ({ type }: CodeHint) => {
        kinds.push(type);
        return answers[kinds.length - 1] ?? RESEND;
      },
    });
    expect(done).toMatchObject({ id: user.id, bot: false });
    expect(kinds).toEqual([
      'auth.sentCodeTypeSms',
      'auth.sentCodeTypeSms',
      'auth.sentCodeTypeCall',
    ]);
  });

  it('with a password: asked for after the code, again when it was wrong', async () => {
    const user = await dc.createUser({ password: 'correct horse' });
    const tried: string[] = [];
    await using client = clientOf(dc);
    await client.signIn({
      phone: user.phone,
      code: dc.loginCode,
      password: () => {
        tried.push('');
        return tried.length === 1 ? 'wrong' : 'correct horse';
      },
    });
    expect(tried).toHaveLength(2);
    expect((await client.me()).id).toBe(user.id);
  });

  it('a number without an account makes one', async () => {
    await using client = clientOf(dc);
    const name = { firstName: 'New', lastName: 'Comer' };
    const made = await client.signIn({ phone: '+99966212345', code: dc.loginCode, signUp: name });
    expect(made.user).toMatchObject({ ...name, self: true });
  });

  it('by a QR code that a device of the user accepts', async () => {
    const user = await dc.createUser({ firstName: 'Ada' });
    await using phone = await person(dc, user);
    await using client = clientOf(dc);
    const done = await client.signIn({
      qr: async ({ url }) => {
        const token = Buffer.from(new URL(url).searchParams.get('token') ?? '', 'base64url');
        await phone.client.invoke(new auth.AcceptLoginTokenRequest({ token }));
      },
    });
    expect(done).toMatchObject({ id: user.id, bot: false });
  });

  it('at another data center, where the account lives', async () => {
    const user = await dc.createUser({ dcId: 4 });
    await using client = clientOf(dc);
    await client.signIn({ phone: user.phone, code: dc.loginCode });
    expect(await client.api.help.getNearestDc()).toMatchObject({ thisDc: 4 });
  });

  it('step by step: each state says what may come next, another step is an error', async () => {
    const user = await dc.createUser({ password: 'secret' });
    await using client = clientOf(dc);
    const states: SignInState['step'][] = [];
    const steps = client.signInSteps({ onState: ({ step }) => states.push(step) });
    expect(steps.state.step).toBe('start');
    await expect(steps.checkCode('1')).rejects.toBeInstanceOf(SignInError);
    await expect(steps.checkPassword('1')).rejects.toMatchObject({ code: 'WRONG_STEP' });
    expect(await steps.sendCode(user.phone)).toMatchObject({ step: 'code', phone: user.phone });
    await expect(steps.bot('1:a')).rejects.toMatchObject({ code: 'WRONG_STEP' });
    const wrong = await steps.checkCode('1').catch((error: unknown) => error);
    expect(isRpcError(wrong, auth.SignInRequest) && wrong.code).toBe('PHONE_CODE_INVALID');
    expect(steps.state.step).toBe('code');
    expect((await steps.checkCode(dc.loginCode)).step).toBe('password');
    expect(steps.allowed).toContain('checkPassword');
    expect(await steps.checkPassword('secret')).toMatchObject({ step: 'done', id: user.id });
    expect(states).toEqual(['code', 'password', 'done']);
    expect(steps.allowed).toEqual([]);
    await expect(client.signInSteps().sendCode(user.phone)).rejects.toMatchObject({
      code: 'ALREADY_SIGNED_IN',
    });
  });

  it('what is missing, and what the server refuses', async () => {
    const user = await dc.createUser({ password: 'secret' });
    await using client = clientOf(dc);
    const how = { phone: user.phone, code: dc.loginCode };
    await expect(client.signIn(how)).rejects.toMatchObject({ name: 'SignInError' });
    await expect(client.signIn({ ...how, phone: '+1' })).rejects.toMatchObject({
      name: 'RpcError',
    });
    await expect(client.signIn({} as never)).rejects.toMatchObject({
      name: 'SignInError',
      code: 'BAD_INPUT',
    });
    expect(client.self).toBeNull();
  });

  it('out, and another one in: nothing of the first is left', async () => {
    const one = await dc.createUser({ firstName: 'One' });
    const two = await dc.createUser({ firstName: 'Two' });
    const hidden = await dc.createUser({ firstName: 'Hidden', username: 'hidden_here' });
    const { client } = await person(dc, one);
    await client.peers.info('hidden_here');
    await client.logOut();
    expect(client.self).toBeNull();
    await client.signIn({ phone: two.phone, code: dc.loginCode });
    expect((await client.me()).firstName).toBe('Two');
    await expect(client.peers.inputUser(hidden.id)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    await client.close();
  });

  it('a bot may not call what is for users', async () => {
    const bot = await dc.createUser({ bot: true });
    await using one = await person(dc, bot);
    await expect(one.client.api.messages.getDialogs()).rejects.toMatchObject({
      code: 'BOT_METHOD_INVALID',
    });
    expect(
      await one.client.invoke(
        new users.GetUsersRequest({ id: [await one.client.peers.inputUser('me')] }),
      ),
    ).toMatchObject([{ bot: true }]);
  });
});
