import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { portableCrypto } from '../../../../../packages/runtime/src/crypto/provider/portable.js';
import {
  readTdata,
  type ReadFile,
  type SessionData,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { Random } from '../../../../support/random.js';
import {
  file,
  nameOf,
  payloadOf,
  tdata,
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
