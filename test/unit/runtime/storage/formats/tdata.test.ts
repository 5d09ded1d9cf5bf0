import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { portableCrypto } from '../../../../../packages/runtime/src/crypto/provider/portable.js';
import {
  readTdata,
  SessionFormatError,
  writeTdata,
  type ReadFile,
  type SessionData,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { Random } from '../../../../support/random.js';
import {
  array,
  decrypt,
  encrypt,
  encryptWhole,
  file,
  i32,
  nameOf,
  passcodeKey,
  payloadOf,
  tdata,
  u64,
  type Fixture,
  type FixtureAccount,
} from './tdata-fixture.js';

const random = new Random(2101);
const key = (): Uint8Array => random.bytes(256);
const crypto = nodeCrypto;
const reader =
  (files: ReadonlyMap<string, Uint8Array>): ReadFile =>
  async (path) =>
    files.get(path)?.slice() ?? null;
const code = (name: string): unknown =>
  expect.objectContaining({ name: 'SessionFormatError', code: name });

function account(
  dcId: number,
  userId: bigint,
  dcs: number[],
  more: Partial<FixtureAccount> = {},
): FixtureAccount {
  return { dcId, userId, keys: dcs.map((dc) => [dc, key()] as const), ...more };
}

/** What has to be read of it. */
function expected({ dcId, userId, keys, environment }: FixtureAccount): SessionData {
  const all = new Map(keys);
  const authKey = all.get(dcId) as Uint8Array;
  all.delete(dcId);
  const testMode = environment === 1;
  return { dcId, testMode, authKey, userId, ...(all.size > 0 && { otherKeys: all }) };
}

const read = (fixture: Fixture, passcode?: string): Promise<SessionData[]> =>
  readTdata(reader(tdata(fixture, random).files), { crypto, passcode });

describe('tdata that Telegram Desktop wrote', () => {
  it('names accounts as it does', () => {
    expect(nameOf(1)).toBe('D877F783D5D3EF8C');
    const { files } = tdata({ accounts: [1, 2, 3].map((dc) => account(dc, 1n, [dc])) }, random);
    expect([...files.keys()].filter((name) => !name.includes('/'))).toEqual([
      'key_datas',
      'D877F783D5D3EF8Cs',
      'A7FDF864FBC10B77s',
      'F8806DD0C461824Fs',
    ]);
  });

  it.each([
    ['one account, one key', [account(2, 5_123_456_789n, [2])]],
    ['keys of several data centers', [account(4, 777n, [1, 2, 3, 4, 5])]],
    ['ids of 32 bits', [account(2, 2_000_000_000n, [2, 4], { old: true })]],
    [
      'keys to destroy',
      [
        account(2, 42n, [2], {
          destroy: [
            [2, key()],
            [4, key()],
          ],
        }),
      ],
    ],
    ['test servers', [account(2, 42n, [2], { environment: 1 })]],
    ['a config of the other servers', [account(2, 42n, [2], { environment: 0 })]],
    [
      'three accounts',
      [account(2, 1n, [2]), account(4, 2n, [2, 4]), account(1, 3n, [1, 5], { environment: 1 })],
    ],
  ])('is read: %s', async (_, accounts) => {
    expect(await read({ accounts })).toEqual(accounts.map(expected));
  });

  it('is read with a passcode, and on the portable provider', async () => {
    const accounts = [account(2, 9n, [2, 4])];
    const { files } = tdata({ accounts, passcode: 'пароль 1' }, random);
    expect(await readTdata(reader(files), { crypto, passcode: 'пароль 1' })).toEqual(
      accounts.map(expected),
    );
    for (const passcode of ['', 'пароль', undefined])
      await expect(readTdata(reader(files), { crypto, passcode })).rejects.toThrow(
        code('PASSCODE'),
      );
    const open = tdata({ accounts }, random);
    expect(await readTdata(reader(open.files), { crypto: portableCrypto })).toEqual(
      accounts.map(expected),
    );
    await expect(readTdata(reader(open.files), { crypto, passcode: 'none' })).rejects.toThrow(
      code('PASSCODE'),
    );
  });

  it('is read in its order, each account once, without the active one, and without those who are not signed in', async () => {
    const accounts = [account(2, 1n, [2]), account(4, 0n, [2, 4]), account(1, 3n, [1])];
    const [first, , third] = accounts.map((one, i) => (i === 1 ? null : expected(one)));
    expect(await read({ accounts, order: [2, 1, 0, 2], noActive: true })).toEqual([third, first]);
  });

  it('skips keys of connections that have ids of their own', async () => {
    const one = account(2, 1n, [2, 10_002, 1002, 0, -1]);
    expect(await read({ accounts: [one] })).toEqual([
      expected({ ...one, keys: one.keys.slice(0, 1) }),
    ]);
  });

  it.each(['0', '1'] as const)('is read with the ending %s', async (ending) => {
    const accounts = [account(2, 1n, [2], { environment: 1 })];
    expect(await read({ accounts, ending })).toEqual(accounts.map(expected));
  });

  it('of two endings takes the whole one, of two whole ones the newer, before both the safe one', async () => {
    const accounts = [account(2, 1n, [2])];
    const { files } = tdata({ accounts, ending: '0' }, random);
    const name = 'key_data0';
    const good = files.get(name) as Buffer;
    const damaged = Buffer.from(good);
    damaged[30]! ^= 1;
    const other = tdata({ accounts, ending: '0' }, random).files.get(name) as Buffer;
    const older = file(payloadOf(other), 4_000_000);
    for (const [zero, one] of [
      [good, damaged],
      [damaged, good],
      [good, older],
      [older, good],
    ] as const) {
      const both = new Map(files).set('key_data0', zero).set('key_data1', one);
      expect(await readTdata(reader(both), { crypto })).toEqual(accounts.map(expected));
    }
    const safe = new Map(files).set('key_data0', older).set('key_datas', good);
    expect(await readTdata(reader(safe), { crypto })).toEqual(accounts.map(expected));
    const broken = new Map(files).set('key_datas', damaged);
    await expect(readTdata(reader(broken), { crypto })).rejects.toThrow(code('DAMAGED'));
  });
});

describe('tdata that is damaged or hostile', () => {
  const accounts = [account(2, 1n, [2, 4], { environment: 1 }), account(1, 2n, [1])];
  const whole = tdata({ accounts }, random);
  const { files, localKey, salt } = whole;
  const needed = [...files.keys()].filter((name) => !name.includes('/map'));
  const open = (changed: ReadonlyMap<string, Uint8Array>) => readTdata(reader(changed), { crypto });
  const withFile = (name: string, bytes: Buffer) => new Map(files).set(name, bytes);
  const accountFile = `${nameOf(1)}s`;
  /** The folder with other settings of the first account. */
  const settings = (data: Buffer, padding?: number) =>
    withFile(accountFile, file(array(encrypt(data, localKey, padding))));
  const info = (data: Buffer) =>
    withFile(
      'key_datas',
      file(
        Buffer.concat([
          array(salt),
          array(encrypt(localKey, passcodeKey('', salt))),
          array(encrypt(data, localKey)),
        ]),
      ),
    );

  it.each(needed)('%s cut anywhere, or with a bit flipped, is refused', async (name) => {
    const bytes = files.get(name) as Buffer;
    for (let i = 0; i < 120; i++) {
      const cut = bytes.subarray(0, i < 40 ? i : random.below(bytes.length));
      await expect(open(withFile(name, cut))).rejects.toBeInstanceOf(SessionFormatError);
      const flipped = Buffer.from(bytes);
      flipped[random.below(bytes.length)]! ^= 1 << random.below(8);
      await expect(open(withFile(name, flipped))).rejects.toBeInstanceOf(SessionFormatError);
    }
  });

  it.each(needed)('%s with a good checksum around damaged content is refused', async (name) => {
    const payload = payloadOf(files.get(name) as Buffer);
    for (let i = 0; i < 120; i++) {
      const cut = payload.subarray(0, random.below(payload.length));
      await expect(open(withFile(name, file(cut)))).rejects.toBeInstanceOf(SessionFormatError);
      const flipped = Buffer.from(payload);
      flipped[random.below(payload.length)]! ^= 1 << random.below(8);
      await expect(open(withFile(name, file(flipped)))).rejects.toBeInstanceOf(SessionFormatError);
    }
  });

  it('without a file it needs', async () => {
    await expect(open(new Map())).rejects.toThrow(code('UNKNOWN_FORMAT'));
    const less = new Map(files);
    less.delete(accountFile);
    await expect(open(less)).rejects.toThrow(code('DAMAGED'));
    const empty = withFile('key_datas', Buffer.alloc(0));
    await expect(open(empty)).rejects.toThrow(code('DAMAGED'));
  });

  it.each([
    ['no accounts', Buffer.concat([i32(0), i32(0)])],
    ['a negative count', Buffer.concat([i32(-1), i32(0)])],
    ['a count above what there is', Buffer.concat([i32(0x7fffffff), i32(0)])],
    ['thousands of accounts', Buffer.concat([i32(10_000), Buffer.alloc(40_000)])],
    ['a negative number', Buffer.concat([i32(1), i32(-1)])],
    ['a number above all', Buffer.concat([i32(1), i32(0x7fffffff)])],
    ['nothing', Buffer.alloc(0)],
  ])('the list of accounts: %s', async (_, data) => {
    await expect(open(info(data))).rejects.toThrow(code('DAMAGED'));
  });

  const inner = (...parts: Buffer[]): Buffer =>
    Buffer.concat([i32(0x4b), array(Buffer.concat([i32(-1), i32(-1), ...parts]))]);
  it.each([
    ['another block first', Buffer.concat([i32(0x4c), array(Buffer.alloc(8))])],
    ['a null array', Buffer.concat([i32(0x4b), array(null)])],
    ['a length above what there is', Buffer.concat([i32(0x4b), i32(0x7ffffff0)])],
    ['a user id of 64 ones', inner(u64((1n << 64n) - 1n), i32(2), i32(0))],
    ['no keys', inner(u64(1n), i32(2), i32(0), i32(0))],
    ['no key of the main data center', inner(u64(1n), i32(2), i32(1), i32(4), Buffer.alloc(256))],
    ['a main data center that is none', inner(u64(1n), i32(0), i32(1), i32(0), Buffer.alloc(256))],
    ['a negative count of keys', inner(u64(1n), i32(2), i32(-5))],
    [
      'a count of keys above what there is',
      inner(u64(1n), i32(2), i32(0x7fffffff), Buffer.alloc(600)),
    ],
    ['a key that is cut', inner(u64(1n), i32(2), i32(1), i32(2), Buffer.alloc(200))],
    [
      'a negative old id',
      Buffer.concat([i32(0x4b), array(Buffer.concat([i32(-7), i32(2), i32(0)]))]),
    ],
    ['nothing', Buffer.alloc(0)],
  ])('the settings of an account: %s', async (_, data) => {
    await expect(open(settings(data))).rejects.toThrow(code('DAMAGED'));
  });

  it.each([
    ['an environment that is none', Buffer.concat([i32(1), i32(9)])],
    ['a version and nothing more', i32(1)],
    ['nothing', Buffer.alloc(0)],
  ])('the config of an account: %s', async (_, data) => {
    const name = `${nameOf(1)}/configs`;
    const changed = withFile(name, file(array(encrypt(array(data), localKey))));
    await expect(open(changed)).rejects.toThrow(code('DAMAGED'));
  });

  it('a salt of another length', async () => {
    const short = salt.subarray(0, 16);
    const keyData = Buffer.concat([
      array(short),
      array(encrypt(localKey, passcodeKey('', short))),
      array(null),
    ]);
    await expect(open(withFile('key_datas', file(keyData)))).rejects.toThrow(code('DAMAGED'));
  });

  it('a lie about the length of the plain text', async () => {
    for (const length of [0, 3, 32, 49, 0x7fffffff, 0xffffffff]) {
      const plain = Buffer.alloc(48);
      plain.writeUInt32LE(length);
      const lied = file(array(encryptWhole(plain, localKey)));
      await expect(open(withFile(accountFile, lied))).rejects.toThrow(code('DAMAGED'));
    }
  });

  it('tells nothing of keys in what it says', async () => {
    const secret = Buffer.from(accounts[0]?.keys[0]?.[1] ?? []);
    const changed = settings(inner(u64(1n), i32(5), i32(1), i32(2), secret));
    const error: unknown = await open(changed).catch((one: unknown) => one);
    expect(String(error)).not.toContain(secret.toString('hex').slice(0, 8));
    expect((error as Error).message.length).toBeLessThan(120);
  });
});

describe('tdata that we write', () => {
  const sessions: SessionData[] = [
    {
      dcId: 2,
      testMode: false,
      authKey: key(),
      userId: 6_000_000_000n,
      otherKeys: new Map([[4, key()]]),
    },
    { dcId: 4, testMode: false, authKey: key(), userId: 12n },
    { dcId: 1, testMode: false, authKey: key(), userId: 13n },
  ];

  it.each(['', 'a passcode'])('is read by others, with the passcode "%s"', async (passcode) => {
    const files = await writeTdata(sessions, { crypto, passcode });
    expect([...files.keys()].sort()).toEqual(
      ['key_datas', ...[1, 2, 3].flatMap((i) => [`${nameOf(i)}s`, `${nameOf(i)}/maps`])].sort(),
    );
    const parts = arrays(payloadOf(files.get('key_datas') as Uint8Array));
    expect(parts).toHaveLength(3);
    const [salt, locked, info] = parts as [Buffer, Buffer, Buffer];
    expect(salt).toHaveLength(32);
    const localKey = decrypt(locked, passcodeKey(passcode, salt));
    expect(localKey).toHaveLength(256);
    expect(decrypt(info, localKey)).toEqual(Buffer.concat([3, 0, 1, 2, 0].map(i32)));
    sessions.forEach(({ dcId, userId, authKey, otherKeys = new Map() }, index) => {
      const name = nameOf(index + 1);
      const [settings] = arrays(payloadOf(files.get(`${name}s`) as Uint8Array)) as [Buffer];
      const keys = [...otherKeys, [dcId, authKey] as const];
      const body = [
        ...[i32(-1), i32(-1), u64(userId as bigint), i32(dcId), i32(keys.length)],
        ...keys.flatMap(([dc, one]) => [i32(dc), Buffer.from(one)]),
        i32(0),
      ];
      const plain = Buffer.concat([i32(0x4b), array(Buffer.concat(body))]);
      expect(decrypt(settings, localKey)).toEqual(plain);
      const map = arrays(payloadOf(files.get(`${name}/maps`) as Uint8Array));
      expect(map.map((part) => part.length)).toEqual([0, 0, 32]);
      expect(decrypt(map[2] as Buffer, localKey)).toHaveLength(0);
    });
  });

  it('is read by us, on both providers', async () => {
    for (const provider of [nodeCrypto, portableCrypto]) {
      const files = await writeTdata(sessions, { crypto: provider });
      expect(await readTdata(reader(files), { crypto })).toEqual(sessions);
    }
    const files = await writeTdata(sessions.slice(0, 1), { crypto, passcode: 'x' });
    expect(await readTdata(reader(files), { crypto, passcode: 'x' })).toEqual(sessions.slice(0, 1));
    await expect(readTdata(reader(files), { crypto })).rejects.toThrow(code('PASSCODE'));
  });

  it('is not written when it could not hold the session', async () => {
    const [one] = sessions as [SessionData];
    const wrong: SessionData[][] = [
      [],
      Array.from({ length: 7 }, () => one),
      [{ ...one, userId: undefined }],
      [{ ...one, testMode: true }],
      [{ ...one, authKey: new Uint8Array(10) }],
      [{ ...one, otherKeys: new Map([[3, new Uint8Array(10)]]) }],
      [{ ...one, dcId: 1000 }],
    ];
    for (const accounts of wrong)
      await expect(writeTdata(accounts, { crypto })).rejects.toThrow(code('CANNOT_EXPORT'));
  });
});

/** The byte arrays that follow each other. */
function arrays(payload: Buffer): Buffer[] {
  const all: Buffer[] = [];
  for (let at = 0; at < payload.length;) {
    const length = payload.readUInt32BE(at);
    all.push(payload.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return all;
}
