import { auth, base } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { signIn } from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { FakeServer, PHONE, sentCode } from './fake-server.js';

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer();
});

const unknownNumber = () => new auth.AuthorizationSignUpRequired({});

describe('a server that never comes to an end', () => {
  it('is left after it asks for the same name again and again', async () => {
    server.answers.set('auth.signIn', unknownNumber()).set('auth.signUp', unknownNumber);
    const options = { phone: PHONE, code: '22222', signUp: { firstName: 'Ada' } };
    await expect(signIn(server.context, options)).rejects.toMatchObject({
      name: 'SignInError',
      code: 'UNSUPPORTED',
    });
    expect(server.asked.length).toBeLessThan(200);
  });

  it('is left after it demands an e-mail address again and again', async () => {
    const demand = () => sentCode(new auth.SentCodeTypeSetUpEmailRequired({}));
    server.answers.set('auth.sendCode', demand()).set('account.verifyEmail', () => {
      const verified = server.answers.get('verified');
      return verified as never;
    });
    const { account } = await import('@tlgen/telegram');
    server.answers.set(
      'verified',
      new account.EmailVerifiedLogin({ email: 'a@b.c', sentCode: demand() }),
    );
    const options = { phone: PHONE, code: '22222', email: 'a@b.c', emailCode: '123456' };
    await expect(signIn(server.context, options)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    expect(server.asked.length).toBeLessThan(300);
  });

  it('is left after it wants a password that it takes again and again', async () => {
    server.answers.set('auth.signIn', 'SESSION_PASSWORD_NEEDED');
    server.answers.set('account.getPassword', 'SESSION_PASSWORD_NEEDED');
    const options = { phone: PHONE, code: '22222', password: 'word' };
    await expect(signIn(server.context, options)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    expect(server.asked.length).toBeLessThan(500);
  });
});

describe('odd answers', () => {
  it('a QR token of megabytes is a typed error', async () => {
    server.answers.set(
      'auth.exportLoginToken',
      new auth.LoginToken({ expires: 2_000_000_000, token: new Uint8Array(1_000_000) }),
    );
    await expect(signIn(server.context, { qr: () => undefined })).rejects.toMatchObject({
      name: 'SignInError',
      code: 'UNSUPPORTED',
    });
  });

  it('a demand for a payment of an older layer, which does not say how much, is told', async () => {
    const demand = new auth.SentCodePaymentRequired({
      storeProduct: 'one',
      phoneCodeHash: 'hash',
      supportEmailAddress: 'a@b.c',
      supportEmailSubject: 'help',
      premiumDays: 7,
      currency: 'EUR',
      amount: 1n,
    });
    Reflect.deleteProperty(demand, 'amount');
    server.answers.set('auth.sendCode', demand);
    await expect(signIn(server.context, { phone: PHONE, code: '1' })).rejects.toMatchObject({
      code: 'PAYMENT_REQUIRED',
      payment: { amount: 0n },
    });
  });

  it('a user without words for who they are is still an id', async () => {
    server.answers.set(
      'auth.signIn',
      new auth.Authorization({ user: new base.UserEmpty({ id: 7n }) }),
    );
    expect(await signIn(server.context, { phone: PHONE, code: '22222' })).toMatchObject({ id: 7n });
  });
});
