import { inspect } from 'node:util';
import { RpcFault } from '@tlgen/local-dc';
import { auth } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { device, start } from './harness.js';

describe('nothing secret', () => {
  it('is in a log line or an error of any sign-in', async () => {
    const dc = await start({ loginCode: '81726' });
    const ada = await dc.createUser({
      phone: '99966155566',
      password: 'open sesame',
      codeTypes: ['sms', 'call'],
      recoveryEmail: 'ada.secret@example.org',
    });
    const bot = await dc.createUser({ bot: true });
    const one = device(dc);
    const told: string[] = [];
    const failing = async (promise: Promise<unknown>): Promise<void> => {
      const error = await promise.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(Error);
      told.push(inspect(error, { depth: 10 }), String((error as Error).stack));
    };
    const steps = one.steps();
    const urls: string[] = [];
    await failing(steps.bot('123456:AAsecretTOKEN'));
    await failing(steps.sendCode('+99 1'));
    await failing(steps.qr(({ url }) => urls.push(url), { timeout: 200 }));
    await steps.sendCode(ada.phone);
    await failing(steps.sendCode(ada.phone));
    await failing(steps.checkCode('51423'));
    await failing(steps.resendCode().then(() => steps.resendCode()));
    await steps.checkCode('81726');
    await failing(steps.checkPassword('close sesame'));
    await steps.requestPasswordRecovery();
    await failing(steps.recoverPassword('61524'));
    await steps.checkPassword('open sesame');
    await failing(one.steps().sendCode(ada.phone));
    await failing(one.signIn({ botToken: bot.token }));
    await failing(one.signIn({ phone: '99966155577', code: '81726' }));
    await one.logOut();
    dc.handle(auth.SignInRequest, () => {
      throw new RpcFault(400, 'PHONE_CODE_EXPIRED');
    });
    await failing(one.signIn({ phone: ada.phone, code: '81726' }));
    dc.floodWait(auth.SendCodeRequest, 1000);
    await failing(one.signIn({ phone: ada.phone, code: '81726' }));
    const tokens = await one.context.tokens.load();
    expect(tokens.length).toBeGreaterThan(0);
    expect(urls.length).toBeGreaterThan(0);
    const secrets = [
      'AAsecretTOKEN',
      bot.token.split(':')[1]!,
      '99966155566',
      '99966155577',
      '51423',
      '81726',
      '61524',
      'sesame',
      'ada.secret',
      urls[0]!.split('=')[1]!,
      ...tokens.flatMap((token) => [
        Buffer.from(token).toString('hex'),
        Buffer.from(token).toString('base64'),
      ]),
    ];
    const all = [...told, ...one.lines].join('\n');
    expect(one.lines.length).toBeGreaterThan(5);
    expect(told.length).toBeGreaterThan(20);
    for (const secret of secrets) expect(all).not.toContain(secret);
  });
});
