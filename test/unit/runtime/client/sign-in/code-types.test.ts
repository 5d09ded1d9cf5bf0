import { auth } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import type {
  CodeType,
  NextCodeType,
} from '../../../../../packages/runtime/src/client/sign-in/index.js';
import { FakeServer, PHONE, sentCode } from './fake-server.js';
import { device, start } from './harness.js';

const TYPES: readonly (readonly [auth.TypeSentCodeType, CodeType])[] = [
  [new auth.SentCodeTypeApp({ length: 5 }), { kind: 'app', length: 5 }],
  [new auth.SentCodeTypeSms({ length: 6 }), { kind: 'sms', length: 6 }],
  [new auth.SentCodeTypeCall({ length: 4 }), { kind: 'call', length: 4 }],
  [new auth.SentCodeTypeFlashCall({ pattern: '+99*' }), { kind: 'flash-call', pattern: '+99*' }],
  [
    new auth.SentCodeTypeMissedCall({ prefix: '+99', length: 5 }),
    { kind: 'missed-call', prefix: '+99', length: 5 },
  ],
  [
    new auth.SentCodeTypeEmailCode({
      emailPattern: 'a***@b.c',
      length: 6,
      resetAvailablePeriod: 0,
      resetPendingDate: 1_700_000_000,
    }),
    {
      kind: 'e-mail',
      emailPattern: 'a***@b.c',
      length: 6,
      resetAvailableIn: 0,
      resetPendingAt: 1_700_000_000,
    },
  ],
  [
    new auth.SentCodeTypeFragmentSms({ url: 'https://fragment.com/x', length: 5 }),
    { kind: 'fragment-sms', url: 'https://fragment.com/x', length: 5 },
  ],
  [new auth.SentCodeTypeSmsWord({ beginning: 'l' }), { kind: 'sms-word', beginning: 'l' }],
  [new auth.SentCodeTypeSmsPhrase({}), { kind: 'sms-phrase', beginning: null }],
];

const NEXT: readonly (readonly [auth.TypeCodeType | undefined, NextCodeType | null])[] = [
  [undefined, null],
  [new auth.CodeTypeSms(), 'sms'],
  [new auth.CodeTypeCall(), 'call'],
  [new auth.CodeTypeFlashCall(), 'flash-call'],
  [new auth.CodeTypeMissedCall(), 'missed-call'],
  [new auth.CodeTypeFragmentSms(), 'fragment-sms'],
];

describe('how codes are sent', () => {
  it.each(TYPES)('%o', async (type, expected) => {
    const server = new FakeServer();
    server.answers.set('auth.sendCode', sentCode(type));
    const state = await server.steps().sendCode(PHONE);
    const resendAt = Math.ceil(server.clock.now().wall / 1000) + 60;
    expect(state).toEqual({
      step: 'code',
      phone: PHONE,
      type: expected,
      typeName: type._,
      nextType: null,
      resendAt,
    });
  });

  it.each(NEXT)('next: %o', async (type, expected) => {
    const server = new FakeServer();
    server.answers.set('auth.sendCode', sentCode(undefined, type));
    expect(await server.steps().sendCode(PHONE)).toMatchObject({ nextType: expected });
  });

  it('a way that is newer than this library has its name', async () => {
    const server = new FakeServer();
    const type = { _: 'auth.sentCodeTypePigeon' } as unknown as auth.TypeSentCodeType;
    const next = { _: 'auth.codeTypePigeon' } as unknown as auth.TypeCodeType;
    server.answers.set('auth.sendCode', sentCode(type, next));
    expect(await server.steps().sendCode(PHONE)).toMatchObject({
      type: { kind: 'unknown', name: 'auth.sentCodeTypePigeon' },
      nextType: 'unknown',
    });
  });

  it('the schema has no way that is not described here', async () => {
    const { schema } = await import('@tlgen/telegram/schema');
    const known = new Set<string>([
      ...TYPES.map(([type]) => type._),
      'auth.sentCodeTypeSetUpEmailRequired',
      'auth.sentCodeTypeFirebaseSms',
    ]);
    const all = [...schema.registry].filter(
      (one) => schema.registry.typeOf(one) === 'auth.SentCodeType',
    );
    expect(all.length).toBeGreaterThan(10);
    expect(all.map(({ tl }) => tl).filter((tl) => !known.has(tl))).toEqual([]);
  });

  it('through Firebase: sent another way by itself, if there is one', async () => {
    const firebase = new auth.SentCodeTypeFirebaseSms({ length: 5 });
    const server = new FakeServer();
    server.answers.set('auth.sendCode', sentCode(firebase, new auth.CodeTypeCall()));
    expect(await server.steps().sendCode(PHONE)).toMatchObject({ type: { kind: 'call' } });
    expect(server.names()).toEqual(['auth.sendCode', 'auth.resendCode']);
    server.answers.set('auth.sendCode', sentCode(firebase));
    const steps = server.steps();
    await expect(steps.sendCode(PHONE)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    expect(steps.state).toEqual({ step: 'start' });
    // A server that never finds another way is not asked for ever.
    server.answers
      .set('auth.sendCode', sentCode(firebase, new auth.CodeTypeSms()))
      .set('auth.resendCode', sentCode(firebase, new auth.CodeTypeSms()));
    server.asked.length = 0;
    await expect(steps.sendCode(PHONE)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    expect(server.asked).toHaveLength(6);
  });

  it.each([
    ['app', 'app'],
    ['sms', 'sms'],
    ['call', 'call'],
    ['flash-call', 'flash-call'],
    ['missed-call', 'missed-call'],
    ['email', 'e-mail'],
    ['fragment', 'fragment-sms'],
    ['word', 'sms-word'],
    ['phrase', 'sms-phrase'],
  ] as const)('against the data center: %s', async (sent, kind) => {
    const dc = await start();
    const ada = await dc.createUser({ codeTypes: [sent], loginEmail: 'ada@example.org' });
    const steps = device(dc).steps();
    expect(await steps.sendCode(ada.phone)).toMatchObject({ type: { kind } });
    await expect(steps.checkCode('wrong')).rejects.toMatchObject({ name: 'RpcError' });
    const code = dc.codeFor(ada.phone)!;
    expect(await steps.checkCode(` ${code} `)).toMatchObject({ step: 'done', id: ada.id });
  });

  it('against the data center: firebase, then SMS', async () => {
    const dc = await start();
    const ada = await dc.createUser({ codeTypes: ['firebase', 'sms'] });
    const steps = device(dc).steps();
    expect(await steps.sendCode(ada.phone)).toMatchObject({ type: { kind: 'sms' } });
    expect(await steps.checkCode('22222')).toMatchObject({ step: 'done' });
  });
});
