import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import type { Random } from '../../../../support/random.js';

/*
 * Telegram Desktop's files, written and read a second time: with node:crypto and Buffer, and nothing of ours.
 */

const hash = (name: string, ...parts: Uint8Array[]): Buffer =>
  createHash(name).update(Buffer.concat(parts)).digest();

const xor = (a: Uint8Array, b: Uint8Array): Buffer =>
  Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));

/** AES-256 in IGE mode, block by block. */
function ige(data: Buffer, key: Buffer, iv: Buffer, encrypt: boolean): Buffer {
  const cipher = encrypt
    ? createCipheriv('aes-256-ecb', key, null)
    : createDecipheriv('aes-256-ecb', key, null);
  cipher.setAutoPadding(false);
  let [last, lastPlain] = encrypt
    ? [iv.subarray(0, 16), iv.subarray(16)]
    : [iv.subarray(16), iv.subarray(0, 16)];
  const out: Buffer[] = [];
  for (let at = 0; at < data.length; at += 16) {
    const block = data.subarray(at, at + 16);
    const done = xor(cipher.update(xor(block, last)), lastPlain);
    [last, lastPlain] = [done, block];
    out.push(done);
  }
  return Buffer.concat(out);
}

/** Keys of MTProto 1.0 with x = 8, for either direction. */
function aes(localKey: Buffer, msgKey: Buffer): [key: Buffer, iv: Buffer] {
  const part = (from: number, to: number): Buffer => localKey.subarray(8 + from, 8 + to);
  const a = hash('sha1', msgKey, part(0, 32));
  const b = hash('sha1', part(32, 48), msgKey, part(48, 64));
  const c = hash('sha1', part(64, 96), msgKey);
  const d = hash('sha1', msgKey, part(96, 128));
  return [
    Buffer.concat([a.subarray(0, 8), b.subarray(8, 20), c.subarray(4, 16)]),
    Buffer.concat([a.subarray(8, 20), b.subarray(0, 8), c.subarray(16, 20), d.subarray(0, 8)]),
  ];
}

export function encrypt(data: Buffer, localKey: Buffer, filler = 0x5a): Buffer {
  const plain = Buffer.alloc(Math.ceil((data.length + 4) / 16) * 16, filler);
  plain.writeUInt32LE(data.length + 4);
  data.copy(plain, 4);
  return encryptWhole(plain, localKey);
}

/** Encrypts blocks as they are, with whatever length they tell. */
export function encryptWhole(plain: Buffer, localKey: Buffer): Buffer {
  const msgKey = hash('sha1', plain).subarray(0, 16);
  return Buffer.concat([msgKey, ige(plain, ...aes(localKey, msgKey), true)]);
}

/** @throws Error when it was not encrypted with that key. */
export function decrypt(encrypted: Buffer, localKey: Buffer): Buffer {
  const msgKey = encrypted.subarray(0, 16);
  const plain = ige(encrypted.subarray(16), ...aes(localKey, msgKey), false);
  if (!hash('sha1', plain).subarray(0, 16).equals(msgKey)) throw new Error('another key');
  return plain.subarray(4, plain.readUInt32LE());
}

export function passcodeKey(passcode: string, salt: Buffer): Buffer {
  const secret = hash('sha512', salt, Buffer.from(passcode), salt);
  return pbkdf2Sync(secret, salt, passcode === '' ? 1 : 100_000, 256, 'sha512');
}

export const i32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
};
export const u64 = (value: bigint): Buffer => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(value);
  return buffer;
};
/** A byte array of Qt; null has a length of its own. */
export const array = (data: Buffer | null): Buffer =>
  data === null ? i32(-1) : Buffer.concat([i32(data.length), data]);

const VERSION = 5_004_001;

export function file(payload: Buffer, version = VERSION): Buffer {
  const [length, head] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeInt32LE(payload.length);
  head.writeInt32LE(version);
  const magic = Buffer.from('TDF$');
  return Buffer.concat([magic, head, payload, hash('md5', payload, length, head, magic)]);
}

/** @throws Error when its checksum is wrong. */
export function payloadOf(bytes: Uint8Array): Buffer {
  const payload = Buffer.from(bytes).subarray(8, -16);
  const version = Buffer.from(bytes).readInt32LE(4);
  if (!file(payload, version).equals(bytes)) throw new Error('not such a file');
  return payload;
}

/** Name of an account by its number from 1: each byte of the hash with its halves swapped. */
export function nameOf(account: number): string {
  const name = account === 1 ? 'data' : `data#${account}`;
  const hex = hash('md5', Buffer.from(name)).subarray(0, 8).toString('hex');
  return hex.replace(/(.)(.)/g, '$2$1').toUpperCase();
}

export interface FixtureAccount {
  readonly userId: bigint;
  readonly dcId: number;
  readonly keys: readonly (readonly [dc: number, key: Uint8Array])[];
  readonly destroy?: readonly (readonly [dc: number, key: Uint8Array])[];
  /** Ids of 32 bits, as before 2021. */
  readonly old?: boolean;
  /** What its `config` says; none is written when left out. */
  readonly environment?: number;
}

export interface Fixture {
  readonly accounts: readonly FixtureAccount[];
  readonly passcode?: string;
  /** Numbers of the accounts from 0, as they are shown; all in their order when left out. */
  readonly order?: readonly number[];
  readonly ending?: 's' | '0' | '1';
  /** Without the number of the active account, as older versions wrote. */
  readonly noActive?: boolean;
}

const list = (keys: FixtureAccount['keys']): Buffer =>
  Buffer.concat([i32(keys.length), ...keys.flatMap(([dc, key]) => [i32(dc), Buffer.from(key)])]);

export function authorization({ userId, dcId, keys, destroy = [], old }: FixtureAccount): Buffer {
  const head = old ? [i32(Number(userId)), i32(dcId)] : [i32(-1), i32(-1), u64(userId), i32(dcId)];
  return Buffer.concat([i32(0x4b), array(Buffer.concat([...head, list(keys), list(destroy)]))]);
}

export interface Folder {
  readonly files: Map<string, Buffer>;
  readonly localKey: Buffer;
  readonly salt: Buffer;
}

/** The files of a folder `tdata`, by their path in it. */
export function tdata(fixture: Fixture, random: Random): Folder {
  const { accounts, passcode = '', ending = 's', noActive = false } = fixture;
  const order = fixture.order ?? accounts.map((_, index) => index);
  const salt = Buffer.from(random.bytes(32));
  const localKey = Buffer.from(random.bytes(256));
  const info = Buffer.concat([
    i32(order.length),
    ...order.map(i32),
    ...(noActive ? [] : [i32(order[0] ?? 0)]),
  ]);
  const keyData = Buffer.concat([
    array(salt),
    array(encrypt(localKey, passcodeKey(passcode, salt))),
    array(encrypt(info, localKey)),
  ]);
  const files = new Map([[`key_data${ending}`, file(keyData)]]);
  accounts.forEach((account, index) => {
    const name = nameOf(index + 1);
    files.set(`${name}${ending}`, file(array(encrypt(authorization(account), localKey))));
    files.set(
      `${name}/map${ending}`,
      file(Buffer.concat([array(null), array(null), array(encrypt(Buffer.alloc(0), localKey))])),
    );
    if (account.environment === undefined) return;
    const config = Buffer.concat([i32(1), i32(account.environment), array(Buffer.alloc(40, 7))]);
    files.set(`${name}/config${ending}`, file(array(encrypt(array(config), localKey))));
  });
  return { files, localKey, salt };
}
