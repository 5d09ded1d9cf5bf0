import type { SessionData } from '../../../../../packages/runtime/src/storage/formats/index.js';

/*
 * The layouts as they are published, written down a second time: with Node.js's Buffer, and nothing of ours.
 */

const u8 = (value: number): Buffer => Buffer.from([value]);
function number(size: number, write: (into: Buffer) => unknown): Buffer {
  const buffer = Buffer.alloc(size);
  write(buffer);
  return buffer;
}
const u16be = (value: number): Buffer => number(2, (b) => b.writeUInt16BE(value));
const u32be = (value: number): Buffer => number(4, (b) => b.writeUInt32BE(value));
const u64be = (value: bigint): Buffer => number(8, (b) => b.writeBigUInt64BE(value));
const i32le = (value: number): Buffer => number(4, (b) => b.writeInt32LE(value));
const i64le = (value: bigint): Buffer => number(8, (b) => b.writeBigInt64LE(value));

/** `bytes` of TL. */
function tl(data: Uint8Array): Buffer {
  const head =
    data.length < 254
      ? u8(data.length)
      : Buffer.from([254, data.length & 255, data.length >> 8, data.length >> 16]);
  const body = Buffer.concat([head, data]);
  return Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
}

const withoutPadding = (...parts: Uint8Array[]): string =>
  Buffer.concat(parts).toString('base64url');
const standard = (...parts: Uint8Array[]): string => Buffer.concat(parts).toString('base64');

function ip(host: string): Buffer {
  if (!host.includes(':')) return Buffer.from(host.split('.').map(Number));
  return Buffer.from(
    host
      .split(':')
      .map((word) => word.padStart(4, '0'))
      .join(''),
    'hex',
  );
}

type Full = SessionData & { readonly address: { readonly host: string; readonly port: number } };

export function telethon({ dcId, authKey, address: { host, port } }: Full): string {
  const padded = standard(u8(dcId), ip(host), u16be(port), authKey);
  return `1${padded.replaceAll('+', '-').replaceAll('/', '_')}`;
}

export function gramjs({ dcId, authKey, address: { host, port } }: Full): string {
  const text = Buffer.from(host);
  return `1${standard(u8(dcId), u16be(text.length), text, u16be(port), authKey)}`;
}

export function pyrogram2(data: SessionData): string {
  const { dcId, apiId = 0, testMode, authKey, userId = 0n, bot = false } = data;
  return withoutPadding(
    u8(dcId),
    u32be(apiId),
    u8(Number(testMode)),
    authKey,
    u64be(userId),
    u8(Number(bot)),
  );
}

export function pyrogram1(data: SessionData, bits: 32 | 64): string {
  const { dcId, testMode, authKey, userId = 0n, bot = false } = data;
  const id = bits === 32 ? u32be(Number(userId)) : u64be(userId);
  return withoutPadding(u8(dcId), u8(Number(testMode)), authKey, id, u8(Number(bot)));
}

const BOOL = { true: 0x997275b5 | 0, false: 0xbc799737 | 0 };

export interface MtcuteVariant {
  /** Version of the data center options; 1 has no flag for the test servers. */
  readonly option?: 1 | 2;
  readonly media?: boolean;
  /** Flag 2 of the whole, which older versions set for the test servers. */
  readonly oldTest?: boolean;
}

export function mtcute(data: Full, variant: MtcuteVariant = {}): string {
  const { dcId, testMode, authKey, userId, bot = false, address } = data;
  const { option = 2, media = false, oldTest = false } = variant;
  const test = option === 2 && testMode && !oldTest ? 4 : 0;
  const ipv6 = address.host.includes(':') ? 1 : 0;
  const dc = (mediaOnly: 0 | 2): Buffer =>
    tl(
      Buffer.concat([
        Buffer.from([option, dcId, ipv6 | mediaOnly | test]),
        tl(Buffer.from(address.host)),
        i32le(address.port),
      ]),
    );
  const self = userId === undefined ? [] : [i64le(userId), i32le(bot ? BOOL.true : BOOL.false)];
  const flags = (userId === undefined ? 0 : 1) | (oldTest ? 2 : 0) | (media ? 4 : 0);
  return withoutPadding(
    u8(3),
    i32le(flags),
    dc(0),
    ...(media ? [dc(2)] : []),
    ...self,
    tl(authKey),
  );
}

/** Every run of zeros becomes a zero and its length. */
function shortenZeros(bytes: Uint8Array): Buffer {
  const hex = Buffer.from(bytes).toString('hex').match(/../g) ?? [];
  const runs = hex.join(' ').replace(/00(?: 00){0,249}/g, (run) => {
    const count = (run.length + 1) / 3;
    return `00 ${count.toString(16).padStart(2, '0')}`;
  });
  return Buffer.from(runs.replaceAll(' ', ''), 'hex');
}

export function mtkruto(data: SessionData, version: 'old' | 'current' = 'current'): string {
  const { dcId, testMode, authKey, apiId = 0, userId = 0n, bot = false } = data;
  const common = [tl(Buffer.from(`${dcId}${testMode ? '-test' : ''}`)), tl(authKey)];
  const more = version === 'old' ? [] : [i32le(apiId), u8(Number(bot)), i64le(userId)];
  return withoutPadding(shortenZeros(Buffer.concat([...common, ...more])));
}

/** Ours, without its checksum: what is hashed. */
export function tlgenBody(data: SessionData): Buffer {
  const { dcId, testMode, authKey, address, userId, bot = false, apiId } = data;
  const others = [...(data.otherKeys ?? [])];
  const flags =
    Number(testMode) |
    (address ? 2 : 0) |
    (userId === undefined ? 0 : 4) |
    (bot ? 8 : 0) |
    (apiId === undefined ? 0 : 16);
  return Buffer.concat([
    Buffer.from([flags, dcId]),
    authKey,
    ...(address ? [tl(Buffer.from(address.host)), u16be(address.port)] : []),
    ...(userId === undefined ? [] : [u64be(userId)]),
    ...(apiId === undefined ? [] : [u32be(apiId)]),
    u8(others.length),
    ...others.flatMap(([id, key]) => [u8(id), key]),
  ]);
}
