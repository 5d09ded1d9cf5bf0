import {
  account,
  auth,
  PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow as PasswordAlgo,
  User,
} from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { signIn } from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { TELEGRAM_PRIME } from '../../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { newPasswordVerifier, SrpServer } from '../../../../../packages/runtime/src/crypto/srp.js';
import { authorized, FakeServer, PHONE, sentCode } from './fake-server.js';

const codeWith = (hash: string): auth.SentCode => {
  const sent = sentCode();
  sent.phoneCodeHash = hash;
  return sent;
};

describe('a code', () => {
  it('that was sent again is entered with the hash that came with it', async () => {
    const server = new FakeServer();
    server.answers.set('auth.sendCode', codeWith('first'));
    server.answers.set('auth.resendCode', codeWith('second'));
    const steps = server.steps();
    await steps.sendCode(PHONE);
    await steps.resendCode();
    await steps.resendCode();
    await steps.checkCode('12345');
    const hashes = server.asked.map((one) => (one as auth.SignInRequest).phoneCodeHash);
    expect(hashes).toEqual([undefined, 'first', 'second', 'second']);
  });

  it('is cancelled by the hash of the newest', async () => {
    const server = new FakeServer();
    server.answers.set('auth.resendCode', codeWith('second'));
    const steps = server.steps();
    await steps.sendCode(PHONE);
    await steps.resendCode();
    await steps.cancelCode();
    expect(server.asked.at(-1)).toMatchObject({ _: 'auth.cancelCode', phoneCodeHash: 'second' });
  });

  it('means that somebody is signed in only when that is stored', async () => {
    const server = new FakeServer();
    let stored = (): void => undefined;
    const context = {
      ...server.context,
      signedIn: () => new Promise<void>((resolve) => (stored = resolve)),
    };
    const done = signIn(context, { phone: PHONE, code: '12345' });
    let settled = false;
    void done.then(() => (settled = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(settled).toBe(false);
    stored();
    expect(await done).toMatchObject({ id: 7n });
  });

  it('is asked for as often as the setting says, and no more', async () => {
    const server = new FakeServer();
    server.answers.set('auth.signIn', 'PHONE_CODE_INVALID');
    let asked = 0;
    const code = (): string => String(++asked);
    await expect(signIn(server.context, { phone: PHONE, code })).rejects.toMatchObject({
      code: 'PHONE_CODE_INVALID',
    });
    expect(asked).toBe(server.context.maxTries());
    expect(server.names().filter((name) => name === 'auth.signIn')).toHaveLength(3);
  });
});

/** A server that knows a password and asks for it: each call of it has a proof of its own. */
class PasswordServer extends FakeServer {
  readonly proofs: SrpServer[] = [];
  /** Ids that are refused as too old. */
  stale = 0;

  static async with(password: string): Promise<PasswordServer> {
    const server = new PasswordServer();
    const algo = new PasswordAlgo({
      salt1: new Uint8Array(8).fill(1),
      salt2: new Uint8Array(16).fill(2),
      g: 3,
      p: TELEGRAM_PRIME.slice(),
    });
    const verifier = await newPasswordVerifier(nodeCrypto, password, algo);
    server.answers.set('auth.signIn', 'SESSION_PASSWORD_NEEDED');
    server.answers.set('account.getPassword', () => {
      const proof = new SrpServer(nodeCrypto, algo, verifier);
      server.proofs.push(proof);
      return new account.Password({
        hasPassword: true,
        currentAlgo: algo,
        srpB: proof.B,
        srpId: BigInt(server.proofs.length - 1),
        newAlgo: algo,
        newSecureAlgo: undefined as never,
        secureRandom: new Uint8Array(),
      });
    });
    server.answers.set('auth.checkPassword', (request) => {
      const { password: given } = request as auth.CheckPasswordRequest;
      if (given._ !== 'inputCheckPasswordSRP') return 'PASSWORD_HASH_INVALID';
      // Only the newest is good, and the first ones never are.
      const at = Number(given.srpId);
      if (at !== server.proofs.length - 1 || server.stale-- > 0) return 'SRP_ID_INVALID';
      return server.proofs[at]!.check(given.a, given.m1) ? authorized() : 'PASSWORD_HASH_INVALID';
    });
    return server;
  }
}

describe('a password', () => {
  it('is proven anew, with a new id, when the id of the proof was too old', async () => {
    const server = await PasswordServer.with('secret');
    server.stale = 2;
    const steps = await server.at('password');
    expect(await steps.checkPassword('secret')).toMatchObject({ step: 'done' });
    const ids = server.asked
      .filter((one) => one._ === 'auth.checkPassword')
      .map((one) => (one as unknown as { password: { srpId: bigint } }).password.srpId);
    expect(new Set(ids).size).toBe(3);
  });

  it('is proven no more often than the setting says', async () => {
    const server = await PasswordServer.with('secret');
    server.stale = 99;
    const steps = await server.at('password');
    await expect(steps.checkPassword('secret')).rejects.toMatchObject({ code: 'SRP_ID_INVALID' });
    expect(server.names().filter((name) => name === 'auth.checkPassword')).toHaveLength(3);
  });

  it('is taken with all its spaces', async () => {
    const server = await PasswordServer.with('  two words ');
    const steps = await server.at('password');
    await expect(steps.checkPassword('two words')).rejects.toMatchObject({
      code: 'PASSWORD_HASH_INVALID',
    });
    expect(await steps.checkPassword('  two words ')).toMatchObject({ step: 'done' });
  });
});

describe('one who is signed in already', () => {
  it.each([
    ['the bot of the token', true, '7:secret', null],
    ['another bot', true, '77:secret', 'ALREADY_SIGNED_IN'],
    ['a user, where a bot is to be', false, '7:secret', 'ALREADY_SIGNED_IN'],
  ] as const)('%s', async (_title, bot, botToken, code) => {
    const server = new FakeServer();
    server.stored = { id: 7n, bot };
    const user = new User({ id: 7n, ...(bot && { bot, botInfoVersion: 1 }) });
    server.answers.set('users.getUsers', [user] as never);
    const done = signIn(server.context, { botToken });
    if (code === null) expect(await done).toMatchObject({ id: 7n, bot: true });
    else await expect(done).rejects.toMatchObject({ code });
    expect(server.names()).toEqual(['users.getUsers']);
  });
});
