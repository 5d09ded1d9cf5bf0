import { PassThrough } from 'node:stream';
import { auth, base, help } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import type { SignInOptions } from '../../../../packages/runtime/src/client/sign-in/index.js';
import { terminal } from '../../../../packages/runtime/src/terminal/index.js';
import { device, start } from '../client/sign-in/harness.js';
import { converse, Keyboard, Screen } from './streams.js';

const makeTty = () => ({ input: new Keyboard(), output: new Screen(true) });

/** Lines as a pipe gives them: all at once, and then the end. */
function piped(lines: readonly string[]): { input: PassThrough; output: Screen } {
  const input = new PassThrough();
  input.end(lines.map((line) => `${line}\n`).join(''));
  return { input, output: new Screen(false) };
}

describe.each(['at a terminal', 'through a pipe'])('signing in %s', (how) => {
  /** Signs in with these answers, typed or piped. */
  async function run(
    one: ReturnType<typeof device>,
    talk: readonly (readonly [question: string, answer: string])[],
    extra: Partial<SignInOptions> = {},
  ) {
    if (how === 'through a pipe') {
      const streams = piped(talk.map(([, answer]) => answer));
      const found = await one.signIn({ ...terminal(streams), ...extra } as SignInOptions);
      return { found, text: streams.output.text };
    }
    const { input, output } = makeTty();
    const done = one.signIn({ ...terminal({ input, output }), ...extra } as SignInOptions);
    const typed = talk.map(([question, answer]) => [question, `${answer}\r`] as const);
    const [found] = await Promise.all([done, converse(output, input, typed)]);
    expect(input.isRaw).toBe(false);
    expect(input.listenerCount('keypress')).toBe(0);
    return { found, text: output.text };
  }

  it('as a bot, after a line that is nothing', async () => {
    const dc = await start();
    const bot = await dc.createUser({ bot: true });
    const { found, text } = await run(device(dc), [
      ['q for a QR code: ', 'hello'],
      ['neither a phone number nor a bot token.', '1:wrong'],
      ['Telegram does not accept that.', bot.token],
    ]);
    expect(found).toMatchObject({ id: bot.id, bot: true });
    expect(text).toContain('Phone number or bot token, or q for a QR code: ');
  });

  it('by phone, with a code that is sent again, and a password that is not shown', async () => {
    const dc = await start();
    const ada = await dc.createUser({
      password: 'open sesame',
      passwordHint: 'cave\u001B[2J',
      codeTypes: ['sms', 'call'],
    });
    const { found, text } = await run(device(dc), [
      ['QR code: ', `+${ada.phone}`],
      ['a code by SMS.', 'r'],
      ['a voice says the code.', '1111'],
      ['That code is wrong.', '22222'],
      ['Password (hint: cave[2J): ', 'close sesame'],
      ['That password is wrong.', 'open sesame'],
    ]);
    expect(found.id).toBe(ada.id);
    expect(text).toContain('Code (r: send it by a call): ');
    expect(text).not.toContain('sesame');
    expect(text).not.toContain('\u001B[2J');
  });

  it('as a new user, who accepts the terms', async () => {
    const dc = await start();
    dc.handle(auth.SignInRequest, async (_request, context) => {
      await context.next();
      return new auth.AuthorizationSignUpRequired({
        termsOfService: new help.TermsOfService({
          id: new base.DataJSON({ data: '{}' }),
          text: 'Be kind.\u0007\nAlways.',
          entities: [],
          minAgeConfirm: 16,
        }),
      });
    });
    const one = device(dc);
    const names = [
      ['QR code: ', '999 66 777'],
      ['Code', '22222'],
      ['First name: ', ''],
      ['First name: ', 'Ada'],
      ['Last name (may be left empty): ', 'Lovelace'],
    ] as const;
    const question = 'Do you accept these terms and confirm that you are 16 or older? (y/n): ';
    await expect(run(one, [...names, [question, 'no']])).rejects.toMatchObject({
      code: 'TERMS_NOT_ACCEPTED',
    });
    const { found, text } = await run(one, [...names, [question, 'maybe'], [question, 'Y']]);
    expect(found.user).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace' });
    expect(text).toContain('Be kind.\nAlways.\n');
  });

  it('with an e-mail address that has to be set up', async () => {
    const dc = await start();
    const ada = await dc.createUser({ codeTypes: ['set-up-email', 'email'] });
    const { found } = await run(device(dc), [
      ['QR code: ', ada.phone],
      ['E-mail: ', 'nowhere'],
      ['does not accept that address.', 'ada@example.org'],
      ['Code sent to a***@e***.org: ', '1'],
      ['That code is wrong.', '22222'],
      ['Telegram has sent a code to a***@e***.org.', '22222'],
    ]);
    expect(found.id).toBe(ada.id);
  });

  it('by a QR code', async () => {
    const dc = await start();
    const ada = await dc.createUser({ password: 'pw' });
    const phone = device(dc);
    await phone.signIn({ phone: ada.phone, code: '22222', password: 'pw' });
    const one = device(dc);
    const { input, output } = how === 'at a terminal' ? makeTty() : piped(['q', 'pw']);
    const done = one.signIn(terminal({ input, output }));
    if (how === 'at a terminal') await converse(output, input, [['QR code: ', 'q\r']]);
    await output.after('tg://login?token=');
    await new Promise((resolve) => setImmediate(resolve));
    const [, token] = /tg:\/\/login\?token=([\w-]+)\n/.exec(output.text)!;
    await phone.client.invoke(
      new auth.AcceptLoginTokenRequest({ token: new Uint8Array(Buffer.from(token!, 'base64url')) }),
    );
    if (how === 'at a terminal') await converse(output, input, [['Password: ', 'pw\r']]);
    expect((await done).id).toBe(ada.id);
    expect(output.text).toContain('█');
    expect(output.text.includes('\u001B[97;40m')).toBe(how === 'at a terminal');
  });

  it('gives up at the end of the input', async () => {
    const dc = await start();
    const one = device(dc);
    if (how === 'through a pipe') {
      await expect(run(one, [['', '99966777']])).rejects.toMatchObject({ name: 'AbortError' });
      await expect(run(one, [])).rejects.toMatchObject({ code: 'ABORTED' });
      return;
    }
    for (const key of ['\u0003', '\u0004']) {
      const { input, output } = makeTty();
      const done = one.signIn(terminal({ input, output }));
      const ended = expect(done).rejects.toMatchObject({ name: 'AbortError', code: 'ABORTED' });
      await converse(output, input, [
        ['QR code: ', '99966777\r'],
        ['Code', key],
      ]);
      await ended;
      expect(input.isRaw).toBe(false);
    }
  });

  it('takes the question away when the sign-in ends by itself', async () => {
    const dc = await start();
    const one = device(dc);
    const { input, output } =
      how === 'at a terminal' ? makeTty() : { input: new PassThrough(), output: new Screen(false) };
    const controller = new AbortController();
    const { signal } = controller;
    const done = one.signIn({ ...terminal({ input, output }), signal });
    const ended = expect(done).rejects.toMatchObject({ code: 'ABORTED', cause: 'why' });
    await output.after('QR code: ');
    await new Promise((resolve) => setImmediate(resolve));
    input.write('half a li');
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort('why');
    await ended;
    expect(input.listenerCount('readable') + input.listenerCount('keypress')).toBe(0);
  });
});

describe('keys', () => {
  it('edit what is typed, hidden or not', async () => {
    const dc = await start();
    const ada = await dc.createUser({ password: 'right' });
    const { input, output } = makeTty();
    const done = device(dc).signIn(terminal({ input, output }));
    await converse(output, input, [
      ['QR code: ', `${ada.phone}9\u007F\r`],
      ['Code', '\r'],
      ['Code', '2222\u001B[D2\r'],
      ['Password: ', 'wrong\u0015right\r'],
    ]);
    expect((await done).id).toBe(ada.id);
    expect(output.text).not.toContain('right');
  });
});
