import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import {
  readTdata,
  SessionFormatError,
  type ReadFile,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { Random } from '../../../../support/random.js';
import {
  array,
  authorization,
  encrypt,
  encryptWhole,
  file,
  i32,
  nameOf,
  passcodeKey,
  payloadOf,
  tdata,
  u64,
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
    const order = Buffer.concat([i32(1), i32(0)]);
    const keyData = Buffer.concat([
      array(short),
      array(encrypt(localKey, passcodeKey('', short))),
      array(encrypt(order, localKey)),
    ]);
    await expect(open(withFile('key_datas', file(keyData)))).rejects.toThrow(code('DAMAGED'));
  });

  it('a block too much after the plain text', async () => {
    const data = authorization(accounts[0] as FixtureAccount);
    const size = Math.ceil((data.length + 4) / 16) * 16;
    for (const [extra, fine] of [
      [0, true],
      [16, false],
    ] as const) {
      const plain = Buffer.alloc(size + extra);
      plain.writeUInt32LE(data.length + 4);
      data.copy(plain, 4);
      const changed = withFile(accountFile, file(array(encryptWhole(plain, localKey))));
      if (fine) expect(await open(changed)).toHaveLength(2);
      else await expect(open(changed)).rejects.toThrow(code('DAMAGED'));
    }
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
