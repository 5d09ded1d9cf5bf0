import { describe, expect, it } from 'vitest';
import { ownExamples, codeIn, type ExamplesOf } from '../../../support/docs-examples.js';

const telegram = ownExamples('telegram');
const secret = ownExamples('secret');

function named(all: readonly ExamplesOf[], key: string): ExamplesOf {
  const found = all.find(({ of }) => of.key === key);
  if (found === undefined) throw new Error(`no ${key}`);
  return found;
}

describe('messages.sendEncrypted', () => {
  const one = named(telegram, 'messages.sendEncrypted');

  it('in TypeScript', () => {
    expect(codeIn('ts', one)).toBe(`import type { Invoker } from '@tlgen/codec';
import { base, messages } from '@tlgen/telegram';

export async function example(client: Invoker): Promise<void> {
  const result = await client.invoke(
    new messages.SendEncryptedRequest({
      silent: true,
      peer: new base.InputEncryptedChat({ chatId: 1234567, accessHash: 8365873894573489456n }),
      randomId: 4816190234923470011n,
      data: new Uint8Array(104).fill(161),
    }),
  );
  if (result._ === 'messages.sentEncryptedMessage') {
    console.log(result.date);
  }
}
`);
  });

  it('in JavaScript: typed by a comment', () => {
    const code = codeIn('js', one);
    expect(code).toContain("/** @param {import('@tlgen/codec').Invoker} client */\n");
    expect(code).toContain('\nexport async function example(client) {\n');
    expect(code).not.toContain('import type');
  });

  it('in JSON, as the codec writes it', () => {
    expect(JSON.parse(codeIn('json', one))).toEqual({
      _: 'messages.sendEncrypted',
      silent: true,
      peer: { _: 'inputEncryptedChat', chatId: 1234567, accessHash: '8365873894573489456' },
      randomId: '4816190234923470011',
      data: Buffer.alloc(104, 161).toString('base64'),
    });
  });
});

it('messages.requestEncryption: a user, and a whole g_a', () => {
  expect(codeIn('ts', named(telegram, 'messages.requestEncryption'))).toContain(`
    new messages.RequestEncryptionRequest({
      userId: new base.InputUser({ userId: 101374607n, accessHash: 8365873894573489456n }),
      randomId: 1953719633,
      gA: new Uint8Array(256).fill(46),
    }),
  );
  if (result._ === 'encryptedChat') {
`);
});

it('auth.signIn: the code too, which is optional', () => {
  expect(codeIn('ts', named(telegram, 'auth.signIn'))).toContain(`
    new auth.SignInRequest({
      phoneNumber: '9996621234',
      phoneCodeHash: '1b2f0c9d7e4a3f5688',
      phoneCode: '22222',
    }),
`);
});

it('inputPeerUser: a constant', () => {
  expect(codeIn('ts', named(telegram, 'inputPeerUser')))
    .toBe(`import { base } from '@tlgen/telegram';

export const inputPeerUser = new base.InputPeerUser({
  userId: 101374607n,
  accessHash: 8365873894573489456n,
});
`);
});

it('decryptedMessage: what is required alone', () => {
  expect(codeIn('ts', named(secret, 'decryptedMessage')))
    .toBe(`import { base } from '@tlgen/secret';

export const decryptedMessage = new base.DecryptedMessage({
  randomId: 4816190234923470011n,
  ttl: 0,
  message: 'Hello!',
});
`);
});

it('older constructors hold what lived in their layer', () => {
  const document = { ...JSON.parse(codeIn('json', named(secret, 'decryptedMessageService_8'))) };
  expect(document.action._).toBe('decryptedMessageActionSetMessageTTL');
  const media = codeIn('ts', named(secret, 'documentAttributeSticker_23'));
  expect(media).toContain('new base.DocumentAttributeSticker23()');
});

it('two runs give the same bytes', () => {
  expect(ownExamples('secret')).toEqual(secret);
  expect(ownExamples('telegram')).toEqual(telegram);
});
