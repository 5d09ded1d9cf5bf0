import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSession,
  SessionFormatError,
  writeSession,
  type SessionData,
  type SessionFormat,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { fullSessions, ipv4s, ipv6s, runs } from './arbitrary.js';
import * as layouts from './layouts.js';

describe('what we write is the published layout, to the byte', () => {
  it('all formats, random sessions', () => {
    fc.assert(
      fc.property(
        fullSessions,
        fc.oneof(ipv4s, ipv6s),
        fc.integer({ min: 1, max: 32_767 }),
        (session, host, port) => {
          const data = { ...session, address: { host, port } };
          expect(writeSession(data, 'telethon')).toBe(layouts.telethon(data));
          expect(writeSession(data, 'gramjs')).toBe(layouts.gramjs(data));
          expect(writeSession(data, 'pyrogram')).toBe(layouts.pyrogram2(data));
          expect(writeSession(data, 'mtcute')).toBe(layouts.mtcute(data));
          expect(writeSession(data, 'mtkruto')).toBe(layouts.mtkruto(data));
          const body = layouts.tlgenBody(data);
          const check = createHash('sha256').update(body).digest().subarray(0, 4);
          const text = Buffer.concat([body, check]).toString('base64url');
          expect(writeSession(data)).toBe(`tlgen1.${text}`);
        },
      ),
      runs(100),
    );
  });

  it('lengths are those of the libraries', () => {
    const authKey = new Uint8Array(256).fill(9);
    const data = { dcId: 2, testMode: false, authKey, userId: 5_000_000_000n, apiId: 4, bot: true };
    expect(writeSession(data, 'telethon')).toHaveLength(353);
    const ipv6 = { ...data, address: { host: '2001:67c:4e8:f002::a', port: 443 } };
    expect(writeSession(ipv6, 'telethon')).toHaveLength(369);
    expect(writeSession(data, 'gramjs')).toHaveLength(369);
    expect(writeSession(data, 'pyrogram')).toHaveLength(362);
    expect(layouts.pyrogram1({ ...data, userId: 5n }, 32)).toHaveLength(351);
    expect(layouts.pyrogram1(data, 64)).toHaveLength(356);
    const address = { host: '149.154.167.50', port: 443 };
    expect(layouts.mtcute({ ...data, address }, { media: true })).toHaveLength(434);
  });
});

describe('older and odd forms', () => {
  const authKey = new Uint8Array(256).map((_, i) => i);
  const address = { host: '149.154.167.40', port: 443 };
  const data = { dcId: 2, testMode: true, authKey, userId: 777n, bot: false, address };

  it.each([
    ['the flag of the whole', { oldTest: true }],
    ['the flag of the whole, with a data center for files', { oldTest: true, media: true }],
    ['options of version 1 and the flag of the whole', { option: 1, oldTest: true }],
    ['options of version 2', { option: 2, media: true }],
  ] as const)('mtcute: test servers by %s', (_, variant) => {
    const text = layouts.mtcute(data, variant);
    expect(readSession(text)).toEqual({ format: 'mtcute', ...data });
  });

  it('mtcute: options of version 1 say nothing of test servers', () => {
    const text = layouts.mtcute(data, { option: 1 });
    expect(readSession(text)).toMatchObject({ format: 'mtcute', testMode: false });
  });

  it('Telethon and GramJS: test servers by their address, also in IPv6', () => {
    for (const host of ['149.154.167.40', '2001:67c:4e8:f002::e', '2001:b28:f23d:f001::e']) {
      const there = { ...data, address: { host, port: 443 } };
      for (const format of ['telethon', 'gramjs'] as const)
        expect(readSession(writeSession(there, format)).testMode).toBe(true);
    }
    const { address: _, ...nowhere } = data;
    const read = readSession(writeSession(nowhere, 'telethon'));
    expect(read).toMatchObject({ testMode: true, address });
    expect(readSession(writeSession({ ...nowhere, testMode: false }, 'gramjs')).testMode).toBe(
      false,
    );
  });

  it('Pyrogram: 0 stands for a user and an app that are not known', () => {
    const text = layouts.pyrogram2({ dcId: 2, testMode: false, authKey });
    expect(readSession(text)).toEqual({ format: 'pyrogram', dcId: 2, testMode: false, authKey });
  });

  it('MTKruto: runs of zeros of any length', () => {
    for (const zeros of [1, 2, 249, 250, 251, 256]) {
      const key = new Uint8Array(256).fill(0xaa);
      key.fill(0, 256 - zeros);
      const session = { dcId: 5, testMode: true, authKey: key, apiId: 1, userId: 1n, bot: true };
      const text = layouts.mtkruto(session);
      expect(writeSession(session, 'mtkruto')).toBe(text);
      expect(readSession(text)).toEqual({ format: 'mtkruto', ...session });
    }
  });

  it('MTKruto: a run that would fill memory is refused', () => {
    const bomb = Buffer.concat([
      Buffer.from([1, 0x32]),
      ...Array.from({ length: 5000 }, () => Buffer.from([0, 255])),
    ]);
    expect(() => readSession(bomb.toString('base64url'))).toThrow(SessionFormatError);
  });

  it('ours holds keys of all data centers there could be', () => {
    const otherKeys = new Map(
      Array.from({ length: 98 }, (_, i) => [i + 2, new Uint8Array(256).fill(i)] as const),
    );
    const session = { dcId: 1, testMode: false, authKey, otherKeys };
    expect(readSession(writeSession(session))).toEqual({ format: 'tlgen', ...session });
  });
});

describe('CANNOT_EXPORT', () => {
  const authKey = new Uint8Array(256);
  const data: SessionData = { dcId: 2, testMode: false, authKey };
  const refused = (session: SessionData, format: SessionFormat, words: RegExp): void => {
    expect(() => writeSession(session, format)).toThrow(
      expect.objectContaining({
        name: 'SessionFormatError',
        code: 'CANNOT_EXPORT',
        message: expect.stringMatching(words) as string,
      }),
    );
  };

  it.each(['pyrogram', 'mtkruto'] as const)('%s: without user or application', (format) => {
    refused(data, format, /apiId.*userId/);
    refused({ ...data, userId: 1n }, format, /apiId/);
    refused({ ...data, apiId: 1 }, format, /userId/);
  });

  it.each(['telethon', 'gramjs', 'mtcute'] as const)(
    '%s: a data center that is not Telegram’s, without address',
    (format) => {
      refused({ ...data, dcId: 42 }, format, /data center 42.*\{ address \}/);
      refused({ ...data, dcId: 5, testMode: true }, format, /data center 5/);
    },
  );

  it.each([
    'host.example.org',
    '0.1.2.3',
    '240.0.0.1',
    '300.1.1.1',
    '::1',
    'ff02::1',
    '1::2::3',
    'g::',
  ])('telethon: %s', (host) =>
    refused({ ...data, address: { host, port: 443 } }, 'telethon', /IP address/),
  );

  it('gramjs: addresses and ports that GramJS reads as others', () => {
    refused({ ...data, address: { host: 'a.b', port: 443 } }, 'gramjs', /4 to 100/);
    refused({ ...data, address: { host: 'a'.repeat(101), port: 443 } }, 'gramjs', /4 to 100/);
    refused({ ...data, address: { host: 'example.org', port: 40_000 } }, 'gramjs', /32767/);
  });

  it.each([
    ['dcId', { dcId: 0 }],
    ['dcId', { dcId: 258 }],
    ['dcId', { dcId: 1.5 }],
    ['authKey', { authKey: new Uint8Array(255) }],
    ['otherKeys', { otherKeys: new Map([[4, new Uint8Array(1)]]) }],
    ['otherKeys', { otherKeys: new Map([[300, authKey]]) }],
    ['userId', { userId: 0n }],
    ['userId', { userId: -5n }],
    ['userId', { userId: 1n << 64n }],
    ['apiId', { apiId: 2 ** 31 }],
    ['apiId', { apiId: -1 }],
    ['address.host', { address: { host: '', port: 443 } }],
    ['address.host', { address: { host: 'bücher.example', port: 443 } }],
    ['address.port', { address: { host: '1.2.3.4', port: 65_536 } }],
  ])('any: %s that does not fit is not cut to fit: %o', (field, wrong) => {
    for (const format of ['tlgen', 'telethon', 'gramjs', 'pyrogram', 'mtcute', 'mtkruto'] as const)
      refused({ ...data, userId: 1n, apiId: 1, ...wrong }, format, new RegExp(field));
  });

  it('a format that there is not', () => {
    refused(data, 'other' as SessionFormat, /no format/);
  });
});
