import { auth, base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import {
  signIn,
  type SignInOptions,
  type SignInStep,
  type SignInSteps,
} from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { authorized, FakeServer, PHONE, sentCode } from './fake-server.js';

const DO: Readonly<Record<SignInStep, (steps: SignInSteps) => Promise<{ readonly step: string }>>> =
  {
    check: (steps) => steps.check(),
    bot: (steps) => steps.bot('7:token'),
    sendCode: (steps) => steps.sendCode(PHONE),
    qr: (steps) => steps.qr(),
    resendCode: (steps) => steps.resendCode(),
    cancelCode: (steps) => steps.cancelCode(),
    checkCode: (steps) => steps.checkCode('12345'),
    resetLoginEmail: (steps) => steps.resetLoginEmail(),
    setEmail: (steps) => steps.setEmail('a@b.c'),
    checkEmailCode: (steps) => steps.checkEmailCode('123456'),
    checkPassword: (steps) => steps.checkPassword('pw'),
    requestPasswordRecovery: (steps) => steps.requestPasswordRecovery(),
    recoverPassword: (steps) => steps.recoverPassword('123456'),
    signUp: (steps) => steps.signUp({ firstName: 'Ada' }),
    restart: (steps) => steps.restart(),
  };
const STEPS = Object.keys(DO) as SignInStep[];

/** Where each step leads; what is not here may not be done. */
const TABLE = {
  start: { check: 'start', bot: 'done', sendCode: 'code', qr: 'done', restart: 'start' },
  code: { resendCode: 'code', cancelCode: 'start', checkCode: 'done', restart: 'start' },
  'code by e-mail': {
    resendCode: 'code',
    cancelCode: 'start',
    checkCode: 'done',
    resetLoginEmail: 'code',
    restart: 'start',
  },
  email: { setEmail: 'email', restart: 'start' },
  'email, a code sent': { setEmail: 'email', checkEmailCode: 'code', restart: 'start' },
  password: {
    // Without an answer of account.getPassword there is nothing to prove.
    checkPassword: 'PASSWORD_EMPTY',
    requestPasswordRecovery: 'password',
    recoverPassword: 'done',
    restart: 'start',
  },
  'sign-up': { signUp: 'done', restart: 'start' },
  done: {},
} as const satisfies Readonly<Record<string, Partial<Record<SignInStep, string>>>>;

describe('the states of a sign-in', () => {
  for (const at of Object.keys(TABLE) as (keyof typeof TABLE)[]) {
    const row: Partial<Record<SignInStep, string>> = TABLE[at];
    it.each(STEPS)(`${at}: %s`, async (step) => {
      const server = new FakeServer();
      const steps = await server.at(at);
      const before = steps.state;
      const result = await DO[step](steps).catch((error: { code: string }) => error);
      const leads = row[step];
      if (leads === undefined) {
        expect(result).toMatchObject({
          name: 'SignInError',
          code: 'WRONG_STEP',
          step: before.step,
          allowed: expect.toSatisfy(
            (allowed: string[]) => allowed.toSorted().join() === Object.keys(row).toSorted().join(),
          ),
        });
        const { message } = result as unknown as Error;
        expect(message).toContain(`${step}() cannot be done at the step "${before.step}"`);
        for (const may of Object.keys(row)) expect(message).toContain(`${may}()`);
        expect(steps.state).toBe(before);
        expect(server.asked).toEqual([]);
      } else if (/^[A-Z]/.test(leads)) {
        expect(result).toMatchObject({ code: leads });
        expect(steps.state).toBe(before);
      } else {
        expect(result).toMatchObject({ step: leads });
        expect(steps.state).toBe(result);
      }
      expect(steps.allowed).toEqual(expect.any(Array));
    });

    it(`${at}: one step at a time`, async () => {
      const server = new FakeServer();
      const steps = await server.at(at);
      const [first] = Object.keys(row) as SignInStep[];
      if (!first) return;
      const running = DO[first](steps).catch(() => undefined);
      expect(steps.allowed).toEqual([]);
      const refused = STEPS.map((step) =>
        expect(DO[step](steps)).rejects.toMatchObject({
          code: 'BUSY',
          message: `${step}() has to wait: ${first}() is still under way`,
        }),
      );
      await Promise.all(refused);
      await running;
    });
  }

  it('what is told of a state begins the next step, if the listener likes', async () => {
    const server = new FakeServer();
    const { SignInSteps: Steps } =
      await import('../../../../../packages/runtime/src/client/sign-in/index.js');
    let next: Promise<unknown> | null = null;
    const steps: SignInSteps = new Steps(server.context, {
      onState: ({ step }) => {
        if (step === 'code') next = steps.checkCode('12345');
      },
    });
    await steps.sendCode(PHONE);
    expect(await next).toMatchObject({ step: 'done', id: 7n });
  });
});

describe('what the server says no to', () => {
  it.each(['PHONE_CODE_EXPIRED', 'PHONE_CODE_HASH_EMPTY'])(
    '%s: back to the start',
    async (code) => {
      const server = new FakeServer();
      const steps = await server.at('code');
      server.answers.set('auth.signIn', code);
      await expect(steps.checkCode('12345')).rejects.toMatchObject({
        name: 'SignInError',
        code: 'CODE_EXPIRED',
        message: 'The code has expired: have a new one sent, with sendCode()',
        cause: { name: 'RpcError', code },
      });
      expect(server.states).toEqual([{ step: 'start' }]);
      expect(await steps.sendCode(PHONE)).toMatchObject({ step: 'code' });
    },
  );

  it('PHONE_HASH_EXPIRED while an e-mail address is set up', async () => {
    const server = new FakeServer();
    const steps = await server.at('email');
    server.answers.set('account.sendVerifyEmailCode', 'PHONE_HASH_EXPIRED');
    await expect(steps.setEmail('a@b.c')).rejects.toMatchObject({ code: 'CODE_EXPIRED' });
    expect(steps.state).toEqual({ step: 'start' });
  });

  it.each([
    ['code', 'auth.signIn', 'AUTH_RESTART', 'checkCode'],
    ['code', 'auth.signIn', 'SIGN_IN_FAILED', 'checkCode'],
    ['password', 'auth.recoverPassword', 'AUTH_KEY_UNREGISTERED', 'recoverPassword'],
  ] as const)('%s, %s: %s begins anew', async (at, method, code, step) => {
    const server = new FakeServer();
    const steps = await server.at(at);
    server.answers.set(method, code);
    await expect(DO[step](steps)).rejects.toMatchObject({ code: 'RESTART', cause: { code } });
    expect(steps.state).toEqual({ step: 'start' });
  });

  it.each([
    ['start', 'auth.sendCode', 'PHONE_NUMBER_BANNED', 'sendCode'],
    ['start', 'auth.sendCode', 'PHONE_NUMBER_INVALID', 'sendCode'],
    ['start', 'auth.sendCode', 'PHONE_PASSWORD_FLOOD', 'sendCode'],
    ['start', 'auth.sendCode', 'FLOOD_WAIT_3000', 'sendCode'],
    ['start', 'auth.importBotAuthorization', 'ACCESS_TOKEN_EXPIRED', 'bot'],
    ['start', 'auth.exportLoginToken', 'API_ID_INVALID', 'qr'],
    ['code', 'auth.signIn', 'PHONE_CODE_INVALID', 'checkCode'],
    ['code', 'auth.signIn', 'FLOOD_WAIT_3000', 'checkCode'],
    ['code', 'auth.resendCode', 'SEND_CODE_UNAVAILABLE', 'resendCode'],
    ['code', 'auth.cancelCode', 'PHONE_NUMBER_INVALID', 'cancelCode'],
    ['code by e-mail', 'auth.resetLoginEmail', 'TASK_ALREADY_EXISTS', 'resetLoginEmail'],
    ['email', 'account.sendVerifyEmailCode', 'EMAIL_NOT_ALLOWED', 'setEmail'],
    ['email, a code sent', 'account.verifyEmail', 'EMAIL_VERIFY_EXPIRED', 'checkEmailCode'],
    ['password', 'auth.requestPasswordRecovery', 'PASSWORD_RECOVERY_NA', 'requestPasswordRecovery'],
    ['password', 'auth.recoverPassword', 'CODE_EMPTY', 'recoverPassword'],
    ['sign-up', 'auth.signUp', 'LASTNAME_INVALID', 'signUp'],
  ] as const)('%s, %s: %s leaves the state as it was', async (at, method, raw, step) => {
    const server = new FakeServer();
    const steps = await server.at(at);
    const before = steps.state;
    server.answers.set(method, raw);
    await expect(DO[step](steps)).rejects.toMatchObject({ name: 'RpcError', raw, method });
    expect(steps.state).toBe(before);
    expect(server.states).toEqual([]);
    expect(server.stored).toBeNull();
  });

  it('a payment: says what for', async () => {
    const server = new FakeServer();
    const demand = new auth.SentCodePaymentRequired({
      storeProduct: 'org.telegram.code',
      phoneCodeHash: 'hash',
      supportEmailAddress: 'help@example.org',
      supportEmailSubject: 'Code',
      premiumDays: 7,
      currency: 'EUR',
      amount: 299n,
    });
    server.answers.set('auth.sendCode', demand);
    await expect(server.steps().sendCode(PHONE)).rejects.toMatchObject({
      code: 'PAYMENT_REQUIRED',
      message: expect.stringContaining('wants a payment'),
      payment: {
        storeProduct: 'org.telegram.code',
        supportEmail: 'help@example.org',
        supportSubject: 'Code',
        currency: 'EUR',
        amount: 299n,
      },
    });
  });

  it.each([
    ['bot', (steps: SignInSteps) => steps.bot('')],
    ['sendCode', (steps: SignInSteps) => steps.sendCode(99966123 as unknown as string)],
  ] as const)('nothing that cannot be right is sent: %s', async (_name, act) => {
    const server = new FakeServer();
    await expect(act(server.steps())).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(server.asked).toEqual([]);
  });
});

describe('answers that lead on at once', () => {
  it('sentCodeSuccess: a login token was enough', async () => {
    const server = new FakeServer();
    server.tokens.push(new Uint8Array([1, 2]));
    server.answers.set(
      'auth.sendCode',
      new auth.SentCodeSuccess({
        authorization: authorized({ futureAuthToken: new Uint8Array([3]) }),
      }),
    );
    const settings = { allowFlashcall: true, allowMissedCall: true };
    expect(await server.steps().sendCode(PHONE, settings)).toMatchObject({ step: 'done', id: 7n });
    expect(server.stored).toEqual({ id: 7n, bot: false });
    expect(server.tokens).toEqual([new Uint8Array([3]), new Uint8Array([1, 2])]);
    const [sent] = server.asked as auth.SendCodeRequest[];
    expect(sent!.settings).toMatchObject({
      allowFlashcall: true,
      allowMissedCall: true,
      currentNumber: false,
      logoutTokens: [new Uint8Array([1, 2])],
    });
  });

  it('without tokens none are sent', async () => {
    const server = new FakeServer();
    await server.steps().sendCode(PHONE);
    expect((server.asked[0] as auth.SendCodeRequest).settings.logoutTokens).toBeUndefined();
  });

  it('the password is asked for after sendCode and resendCode, too', async () => {
    const server = new FakeServer();
    server.answers.set('auth.sendCode', 'SESSION_PASSWORD_NEEDED');
    expect(await server.steps().sendCode(PHONE)).toMatchObject({ step: 'password' });
    const steps = await new FakeServer().at('code');
    expect(steps.state.step).toBe('code');
  });

  it('an e-mail code is entered as an e-mail code', async () => {
    const server = new FakeServer();
    const steps = await server.at('code by e-mail');
    await steps.checkCode(' 12 34-56 ');
    const [request] = server.asked as auth.SignInRequest[];
    expect(request).toMatchObject({ phoneNumber: PHONE, phoneCodeHash: 'hash' });
    expect(request!.phoneCode).toBeUndefined();
    expect(request!.emailVerification).toEqual(new base.EmailVerificationCode({ code: '123456' }));
  });

  it('a newer hash takes the place of the one before', async () => {
    const server = new FakeServer();
    const steps = await server.at('code');
    server.answers.set(
      'auth.resendCode',
      new auth.SentCode({ ...sentCode(), phoneCodeHash: 'newer' } as auth.SentCode),
    );
    await steps.resendCode();
    await steps.checkCode('12345');
    expect(server.asked.at(-1)).toMatchObject({ phoneCodeHash: 'newer', phoneCode: '12345' });
  });
});

describe('options of signIn that lead nowhere', () => {
  it.each([
    [undefined, 'needs options'],
    [{}, 'needs one of botToken, phone, qr and who'],
    [{ botToken: undefined }, 'was given botToken: undefined'],
    [{ botToken: 12 }, 'botToken has to be a string'],
    [{ botToken: '7:t', phone: PHONE, code: '1' }, 'botToken and phone at once'],
    [{ phone: PHONE }, 'needs the code as well: { phone, code }'],
    [{ who: { phone: PHONE } }, 'needs the code as well: { who, code }'],
    [{ phone: null, code: '1' }, 'was given phone: null'],
    [{ qr: true }, 'qr has to be a function'],
  ])('%o', async (options, message) => {
    const server = new FakeServer();
    const wrong = signIn(server.context, options as unknown as SignInOptions);
    await expect(wrong).rejects.toMatchObject({
      name: 'SignInError',
      code: 'BAD_INPUT',
      message: expect.stringContaining(message),
    });
    expect(server.asked).toEqual([]);
  });

  it('answers that are no answers are not sent', async () => {
    const server = new FakeServer();
    const options = { phone: PHONE, code: () => undefined } as unknown as SignInOptions;
    await expect(signIn(server.context, options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(server.names()).toEqual(['auth.sendCode']);
  });
});
