import type { TlMethod, TlObject } from '@tlgen/codec';
import { account, auth, User } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import {
  SignInSteps,
  type SignInContext,
  type SignInState,
} from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { Cancellation } from '../../../../../packages/runtime/src/core/cancellation.js';
import { RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import { orAbort } from '../../../../../packages/runtime/src/core/sleep.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { FakeClock } from '../../network/fakes/clock.js';

/** What a method is answered with: an object, or an error by its name. */
export type Answer = TlObject | boolean | string | Promise<never>;

export const PHONE = '+99966123';

export const authorized = (extra: Partial<auth.Authorization> = {}): auth.Authorization =>
  new auth.Authorization({ user: new User({ id: 7n, firstName: 'Ada' }), ...extra });

export const sentCode = (
  type: auth.TypeSentCodeType = new auth.SentCodeTypeSms({ length: 5 }),
  nextType?: auth.TypeCodeType,
): auth.SentCode => new auth.SentCode({ type, phoneCodeHash: 'hash', nextType, timeout: 60 });

/** A server that answers by method name; what it has no answer for is an error of the test. */
export class FakeServer {
  readonly clock = new FakeClock();
  readonly answers = new Map<string, Answer | ((request: TlMethod) => Answer)>();
  readonly asked: TlMethod[] = [];
  readonly states: SignInState[] = [];
  readonly tokens: Uint8Array[] = [];
  /** What `signedIn` stored. */
  stored: { readonly id: bigint; readonly bot: boolean } | null = null;
  readonly handlers = new Set<(update: TlObject) => void>();

  readonly context: SignInContext = {
    schema,
    crypto: nodeCrypto,
    clock: this.clock,
    apiId: 1,
    apiHash: 'hash',
    tokens: {
      load: () => Promise.resolve(this.tokens),
      save: (tokens) => Promise.resolve(void this.tokens.splice(0, Infinity, ...tokens)),
    },
    maxTries: () => 3,
    serverTime: () => this.clock.now().wall,
    self: () => this.stored,
    invoke: async <R>(request: TlMethod<R>, options: { signal?: unknown } = {}): Promise<R> => {
      this.asked.push(request);
      const found = this.answers.get(request._);
      if (found === undefined) throw new Error(`unexpected ${request._}`);
      const answer = typeof found === 'function' ? found(request) : found;
      if (typeof answer === 'string') throw new RpcError(400, answer, request._);
      return orAbort(Promise.resolve(answer), options.signal as AbortSignal) as Promise<R>;
    },
    cancellable: async (options, what, work) => {
      const cancellation = new Cancellation(this.clock, options, what);
      try {
        cancellation.signal.throwIfAborted();
        return await work(cancellation.signal);
      } finally {
        cancellation.dispose();
      }
    },
    onUpdate: (handler) => {
      this.handlers.add(handler);
      return () => this.handlers.delete(handler);
    },
    moveHome: () => Promise.resolve(),
    signedIn: (id, bot) => Promise.resolve(void (this.stored = { id, bot })),
  };

  constructor() {
    this.answers
      .set('auth.sendCode', sentCode())
      .set('auth.resendCode', sentCode(new auth.SentCodeTypeCall({ length: 5 })))
      .set('auth.resetLoginEmail', sentCode())
      .set('auth.cancelCode', true)
      .set('auth.signIn', authorized())
      .set('auth.signUp', authorized())
      .set('auth.importBotAuthorization', authorized())
      .set('auth.recoverPassword', authorized())
      .set('auth.requestPasswordRecovery', new auth.PasswordRecovery({ emailPattern: 'a***' }))
      .set('account.getPassword', 'PASSWORD_EMPTY')
      .set(
        'account.sendVerifyEmailCode',
        new account.SentEmailCode({ emailPattern: 'a***', length: 6 }),
      )
      .set(
        'account.verifyEmail',
        new account.EmailVerifiedLogin({ email: 'a@b.c', sentCode: sentCode() }),
      )
      .set('auth.exportLoginToken', new auth.LoginTokenSuccess({ authorization: authorized() }));
  }

  steps(): SignInSteps {
    return new SignInSteps(this.context, { onState: (state) => this.states.push(state) });
  }

  /** Steps that stand at this state. */
  async at(step: keyof typeof WAYS): Promise<SignInSteps> {
    const steps = this.steps();
    await WAYS[step](this, steps);
    this.asked.length = 0;
    this.states.length = 0;
    return steps;
  }

  names(): string[] {
    return this.asked.map(({ _ }) => _);
  }
}

const code = (_server: FakeServer, steps: SignInSteps) => steps.sendCode(PHONE);
const once = (server: FakeServer, method: string, answer: Answer): void => {
  const usual = server.answers.get(method)!;
  server.answers.set(method, (request) => {
    server.answers.set(method, usual);
    void request;
    return answer;
  });
};
const email = (server: FakeServer, steps: SignInSteps) => {
  once(server, 'auth.sendCode', sentCode(new auth.SentCodeTypeSetUpEmailRequired({})));
  return steps.sendCode(PHONE);
};

/** How each state is reached. */
const WAYS = {
  start: () => Promise.resolve(),
  code,
  'code by e-mail': (server: FakeServer, steps: SignInSteps) => {
    const type = new auth.SentCodeTypeEmailCode({ emailPattern: 'a***', length: 6 });
    once(server, 'auth.sendCode', sentCode(type));
    return steps.sendCode(PHONE);
  },
  email,
  'email, a code sent': async (server: FakeServer, steps: SignInSteps) => {
    await email(server, steps);
    return steps.setEmail('a@b.c');
  },
  password: async (server: FakeServer, steps: SignInSteps) => {
    await code(server, steps);
    once(server, 'auth.signIn', 'SESSION_PASSWORD_NEEDED');
    return steps.checkCode('12345');
  },
  'sign-up': async (server: FakeServer, steps: SignInSteps) => {
    await code(server, steps);
    once(server, 'auth.signIn', new auth.AuthorizationSignUpRequired({}));
    return steps.checkCode('12345');
  },
  done: (_server: FakeServer, steps: SignInSteps) => steps.bot('7:token'),
};
