import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { portableCrypto } from '../../../../../packages/runtime/src/crypto/provider/portable.js';
import {
  readTdata,
  writeTdata,
  type ReadFile,
  type SessionData,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { Random } from '../../../../support/random.js';
import { array, decrypt, i32, nameOf, passcodeKey, payloadOf, u64 } from './tdata-fixture.js';

const random = new Random(2101);
const key = (): Uint8Array => random.bytes(256);
const crypto = nodeCrypto;
const reader =
  (files: ReadonlyMap<string, Uint8Array>): ReadFile =>
  async (path) =>
    files.get(path)?.slice() ?? null;
const code = (name: string): unknown =>
  expect.objectContaining({ name: 'SessionFormatError', code: name });

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
        i32(-1),
        i32(-1),
        u64(userId as bigint),
        i32(dcId),
        i32(keys.length),
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
