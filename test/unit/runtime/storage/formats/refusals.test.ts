import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  importSession,
  readSession,
  storedSession,
  writeSession,
  type SessionData,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { MemoryStorage } from '../../../../../packages/runtime/src/storage/memory.js';
import { accountChange, keyChange } from '../../../../../packages/runtime/src/storage/records.js';
import { Random } from '../../../../support/random.js';
import * as layouts from './layouts.js';

const random = new Random(5);
const key = (): Uint8Array => random.bytes(256);
const session = {
  dcId: 2,
  testMode: false,
  authKey: key(),
  userId: 5_000_000_001n,
  bot: false,
  apiId: 17,
  address: { host: '149.154.167.50', port: 443 },
} satisfies SessionData;

const sealed = (body: Uint8Array): string => {
  const check = createHash('sha256').update(body).digest().subarray(0, 4);
  return `tlgen1.${Buffer.concat([body, check]).toString('base64url')}`;
};

describe('a session string', () => {
  it.each(['telethon', 'tlgen'] as const)('of %s has ports without a sign', (format) => {
    const address = { host: '149.154.167.50', port: 65_000 };
    const text = writeSession({ ...session, address }, format);
    expect(readSession(text, format).address).toEqual(address);
  });

  it('of ours is refused where any of its characters was changed', () => {
    const text = writeSession(session);
    for (let at = 7; at < text.length; at += 3) {
      const other = text[at] === 'A' ? 'B' : 'A';
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      expect(() => readSession(changed), String(at)).toThrow(
        expect.objectContaining({ code: 'DAMAGED' }),
      );
    }
  });

  it('of ours is refused with bytes behind its end, also where its check is right', () => {
    const body = layouts.tlgenBody(session);
    expect(readSession(sealed(body))).toMatchObject({ userId: session.userId });
    for (const more of [[0], [1], [0, 0, 0, 0]]) {
      expect(() => readSession(sealed(Buffer.concat([body, Buffer.from(more)])))).toThrow(
        expect.objectContaining({ code: 'DAMAGED' }),
      );
    }
  });

  it.each([
    ['gramjs', layouts.gramjs(session)],
    ['mtcute', layouts.mtcute(session)],
    ['pyrogram', layouts.pyrogram2(session)],
    ['mtkruto', layouts.mtkruto(session)],
    ['telethon', layouts.telethon(session)],
  ] as const)('of %s is refused with bytes behind its end', (format, text) => {
    expect(readSession(text, format)).toMatchObject({ dcId: 2 });
    const prefix = text.startsWith('1') && format !== 'pyrogram' && format !== 'mtcute' ? '1' : '';
    const bytes = Buffer.from(text.slice(prefix.length), 'base64');
    for (const more of [1, 2, 3, 4]) {
      const longer = Buffer.concat([bytes, Buffer.alloc(more, 7)]);
      const base64 = longer.toString(prefix === '' ? 'base64url' : 'base64');
      expect(() => readSession(prefix + base64, format), String(more)).toThrow(
        expect.objectContaining({ code: 'DAMAGED' }),
      );
    }
  });

  it.each([0, 100, 255])('of a data center %i is refused', (dcId) => {
    expect(() => readSession(sealed(layouts.tlgenBody({ ...session, dcId })))).toThrow(
      expect.objectContaining({ code: 'DAMAGED' }),
    );
    expect(() => readSession(layouts.gramjs({ ...session, dcId }), 'gramjs')).toThrow(
      expect.objectContaining({ code: 'DAMAGED' }),
    );
  });

  it('of Pyrogram 1 has ids of 32 or 64 bits, by its length', () => {
    const old = { ...session, userId: 777_000n };
    for (const bits of [32, 64] as const) {
      const read = readSession(layouts.pyrogram1(old, bits), 'pyrogram');
      expect(read).toMatchObject({ userId: 777_000n, dcId: 2, bot: false, testMode: false });
    }
  });
});

describe('the session in a storage', () => {
  it('has keys of the user who is signed in, and of nobody else', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    const keys = new Map([1, 2, 3, 4, 5].map((dc) => [dc, key()] as const));
    const owners = new Map([
      [1, session.userId],
      [2, session.userId],
      [3, 99n],
      [4, null],
      [5, session.userId],
    ]);
    await storage.commit([
      ...[...keys].map(([dc, one]) =>
        keyChange(`main:${dc}`, {
          key: one,
          salt: 0n,
          createdAt: 1,
          userId: owners.get(dc) ?? null,
        }),
      ),
      keyChange('test:3', { key: key(), salt: 0n, createdAt: 1, userId: session.userId }),
      accountChange('main', { homeDc: 2, userId: session.userId, bot: false }),
    ]);
    const found = await storedSession(storage);
    expect(found?.authKey).toEqual(keys.get(2));
    expect([...(found?.otherKeys?.keys() ?? [])].sort()).toEqual([1, 5]);
    expect(await storedSession(storage, true)).toBeNull();
  });

  it('of the test servers stays apart from the other, and replaces the one before', async () => {
    const storage = new MemoryStorage();
    const others = new Map([[4, key()]]);
    await importSession(storage, { ...session, otherKeys: others });
    await importSession(storage, { ...session, testMode: true, authKey: key() });
    const fresh = key();
    await importSession(storage, { ...session, dcId: 1, authKey: fresh });
    await storage.open();
    expect((await storage.list('auth-key')).map(([name]) => name).sort()).toEqual([
      'main:1',
      'test:2',
    ]);
    expect((await storedSession(storage))?.authKey).toEqual(fresh);
    expect((await storedSession(storage, true))?.dcId).toBe(2);
  });
});
