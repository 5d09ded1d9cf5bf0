import { TlgenError, type TlMethod } from '@tlgen/codec';
import type {
  account,
  PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow as PasswordAlgo,
} from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import {
  logOut,
  signIn,
  type SignInSteps,
} from '../../packages/runtime/src/client/sign-in/index.js';
import { Turns } from '../../packages/runtime/src/client/turns.js';
import { TELEGRAM_PRIME } from '../../packages/runtime/src/crypto/index.js';
import { Random, RUNS, seedFor } from '../support/random.js';
import { randomText } from '../support/random-values.js';
import { FakeServer, type Answer } from '../unit/runtime/client/sign-in/fake-server.js';
import { settle } from '../unit/runtime/network/fakes/clock.js';
import { RandomObjects } from './objects.js';

const objects = new RandomObjects(schema.registry);

/** What the methods of a sign-in answer with, by type. */
const TYPES: Readonly<Record<string, string>> = {
  'auth.sendCode': 'auth.SentCode',
  'auth.resendCode': 'auth.SentCode',
  'auth.resetLoginEmail': 'auth.SentCode',
  'auth.signIn': 'auth.Authorization',
  'auth.signUp': 'auth.Authorization',
  'auth.checkPassword': 'auth.Authorization',
  'auth.recoverPassword': 'auth.Authorization',
  'auth.importBotAuthorization': 'auth.Authorization',
  'auth.exportLoginToken': 'auth.LoginToken',
  'auth.importLoginToken': 'auth.LoginToken',
  'auth.requestPasswordRecovery': 'auth.PasswordRecovery',
  'auth.logOut': 'auth.LoggedOut',
  'account.getPassword': 'account.Password',
  'account.sendVerifyEmailCode': 'account.SentEmailCode',
  'account.verifyEmail': 'account.EmailVerified',
};

const ERRORS = [
  'SESSION_PASSWORD_NEEDED',
  'PHONE_CODE_INVALID',
  'PHONE_CODE_EXPIRED',
  'PASSWORD_HASH_INVALID',
  'SRP_ID_INVALID',
  'AUTH_RESTART',
  'AUTH_TOKEN_EXPIRED',
  'AUTH_KEY_UNREGISTERED',
  'FLOOD_WAIT_2147483647',
  'NOBODY_KNOWS_THIS',
  '',
] as const;

/** Of the password, often with all that a proof is made of, mostly wrong. */
function passwordOf(random: Random): account.Password {
  const password = objects.of(random, 'account.Password') as account.Password;
  if (random.chance(30)) return password;
  const name = 'passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow';
  const algo = objects.named(random, name) as PasswordAlgo;
  // One that is right costs a proof, so it is rare.
  if (random.chance(50)) algo.p = TELEGRAM_PRIME.slice();
  if (random.chance(20)) algo.g = 3;
  password.currentAlgo = algo;
  password.srpB = random.bytes(random.pick([0, 1, 255, 256, 257]));
  password.srpId = 1n;
  return password;
}

/** A server that answers as the schema allows, and no better. */
function hostile(random: Random): FakeServer {
  const server = new FakeServer();
  const answer = ({ _ }: TlMethod): Answer => {
    if (random.chance(15)) return random.pick(ERRORS);
    if (_ === 'account.getPassword') return passwordOf(random);
    const type = TYPES[_];
    if (type !== undefined) return objects.of(random, type);
    if (_ !== 'users.getUsers') return random.chance(50);
    const users = Array.from({ length: random.below(3) }, () => objects.of(random, 'User'));
    return users as unknown as Answer;
  };
  const names = [...Object.keys(TYPES), 'auth.cancelCode', 'users.getUsers'];
  for (const name of [...names, 'help.acceptTermsOfService']) server.answers.set(name, answer);
  return server;
}

/** Carries out any step, with anything. */
function act(random: Random, steps: SignInSteps, signal: AbortSignal): Promise<unknown> {
  const text = (): string => (random.chance(80) ? '12345' : randomText(random));
  const options = { signal };
  // Mostly one that may be done; not the one that leads back each time.
  const allowed = steps.allowed.filter((one) => one !== 'restart');
  const all = ['check', 'checkCode', 'signUp', 'qr', 'restart', 'checkPassword'] as const;
  const step = random.chance(5) || allowed.length === 0 ? random.pick(all) : random.pick(allowed);
  switch (step) {
    case 'bot':
    case 'checkCode':
    case 'setEmail':
    case 'checkEmailCode':
    case 'checkPassword':
    case 'recoverPassword':
      return steps[step](text(), options);
    case 'sendCode':
      return steps.sendCode(text(), {}, options);
    case 'signUp':
      return steps.signUp({ firstName: text(), acceptTerms: random.chance(70) } as never, options);
    case 'qr':
      return steps.qr(undefined, options);
    case 'restart':
      return steps.restart();
    default:
      return steps[step](options);
  }
}

const isOpen = ({ state }: SignInSteps): boolean => state.step !== 'done';

/** How it ended; it has to, with a value or an error of ours. */
async function ending(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (!(error instanceof TlgenError)) throw error;
    expect(error.message.length).toBeLessThan(2_000);
    return error.code;
  }
}

describe('a server that answers a sign-in with anything that the schema allows', () => {
  it('api/no-throw-on-remote: step by step, gets nothing but states and typed errors', async () => {
    const seen = new Set<string>();
    for (let run = 0; run < 250 * RUNS; run++) {
      const random = new Random(seedFor('sign-in steps', run));
      const server = hostile(random);
      const steps = server.steps();
      for (let i = 0; i < 10 && isOpen(steps); i++) {
        const controller = new AbortController();
        const outcome = ending(act(random, steps, controller.signal)).catch((cause: unknown) => {
          throw new Error(`run ${run}, step ${i}`, { cause });
        });
        await settle();
        // A token that nobody accepts is renewed for ever: until it is called off.
        for (let n = 0; n < 3 && steps.state.step === 'qr'; n++)
          await server.clock.advance(400_000);
        if (steps.state.step === 'qr') controller.abort();
        seen.add(await outcome);
        seen.add(`at ${steps.state.step}`);
        expect(steps.allowed.length > 0).toBe(isOpen(steps));
      }
      expect(server.clock.pending, `run ${run}`).toBe(0);
      expect(server.handlers.size, `run ${run}`).toBe(0);
      expect(server.tokens.length).toBeLessThanOrEqual(20);
    }
    // All places were seen, so all answers were.
    for (const step of ['start', 'code', 'email', 'password', 'sign-up', 'done'])
      expect(seen).toContain(`at ${step}`);
    for (const code of ['done', 'WRONG_STEP', 'CODE_EXPIRED', 'UNSUPPORTED', 'bad-srp'])
      expect(seen).toContain(code);
  }, 60_000);

  it('api/no-throw-on-remote: from beginning to end, ends', async () => {
    const seen = new Set<string>();
    for (let run = 0; run < 250 * RUNS; run++) {
      const random = new Random(seedFor('sign-in', run));
      const server = hostile(random);
      const controller = new AbortController();
      const person = random.chance(50);
      const value = <T>(one: T): T | (() => T) => (person ? () => one : one);
      const outcome = ending(
        signIn(server.context, {
          phone: value('+99966123') as string,
          code: value('12345') as string,
          password: value('secret') as string,
          email: value('a@b.c') as string,
          emailCode: value('12345') as string,
          signUp: value({ firstName: 'A', acceptTerms: true }) as never,
          signal: controller.signal,
        }),
      );
      seen.add(await outcome);
      expect(server.asked.length, `run ${run}`).toBeLessThan(200);
      expect(server.clock.pending, `run ${run}`).toBe(0);
    }
    expect(seen).toContain('done');
  }, 60_000);

  it('api/no-throw-on-remote: logging out ends, and keeps no more tokens than it may', async () => {
    for (let run = 0; run < 100 * RUNS; run++) {
      const server = hostile(new Random(seedFor('log out', run)));
      server.stored = { id: 7n, bot: false };
      let forgotten = 0;
      const context = {
        ...server.context,
        turns: new Turns(),
        elsewhere: () => [1, 3],
        forget: () => Promise.resolve(void forgotten++),
      };
      const outcome = await ending(logOut(context));
      expect(forgotten).toBe(outcome === 'done' ? 1 : 0);
      for (const token of server.tokens) expect(token.length).toBeLessThanOrEqual(4096);
    }
  });
});
