import { describe, expect, it } from 'vitest';
import {
  ObfuscatedClient,
  ObfuscatedServer,
  createCodec,
  detectFraming,
  type Frame,
  type PacketCodec,
  type Side,
} from '../../../../packages/runtime/src/transport/index.js';
import { Random } from '../../../support/random.js';
import { join } from '../../../support/bytes.js';
import {
  FRAMINGS,
  encryptedPacket,
  feed,
  int32,
  partitions,
  plainPacket,
  seededCrypto,
} from './support.js';

const crypto = seededCrypto(1);

/** Both ends of every framing, plain and inside obfuscated2. */
const PAIRS: readonly [string, () => { client: PacketCodec; server: PacketCodec }][] = [
  ...FRAMINGS.map(
    (framing) =>
      [
        framing,
        () => ({
          client: createCodec(framing, 'client', crypto, false),
          server: createCodec(framing, 'server', crypto),
        }),
      ] as [string, () => { client: PacketCodec; server: PacketCodec }],
  ),
  ...(['abridged', 'intermediate', 'padded'] as const).map(
    (framing) =>
      [
        `obfuscated ${framing}`,
        () => ({
          client: new ObfuscatedClient({ crypto: seededCrypto(7), framing, dcId: -10002 }),
          server: new ObfuscatedServer({ crypto }),
        }),
      ] as [string, () => { client: PacketCodec; server: PacketCodec }],
  ),
];

const random = new Random(76);
const ONE = encryptedPacket(random, 4);
const TWO = plainPacket(random, 44);
const TOKEN = 0x81020304;

interface Case {
  readonly name: string;
  readonly write: (codec: PacketCodec, from: Side) => Uint8Array[];
  readonly frames: (from: Side, framing: string) => Frame[];
}

const packet = (bytes: Uint8Array): Frame => ({ type: 'packet', bytes });

const CASES: readonly Case[] = [
  { name: '1 frame', write: (codec) => [codec.encode(ONE)], frames: () => [packet(ONE)] },
  {
    name: '2 frames',
    write: (codec) => [codec.encode(ONE), codec.encode(TWO)],
    frames: () => [packet(ONE), packet(TWO)],
  },
  {
    name: 'quick-ack',
    write: (codec, from) =>
      from === 'client'
        ? [codec.encode(ONE, true), codec.encode(TWO, false)]
        : [codec.encodeQuickAck(TOKEN & 0x7fffffff), codec.encode(TWO)],
    frames: (from) =>
      from === 'client'
        ? [{ type: 'packet', bytes: ONE, quickAck: true }, packet(TWO)]
        : [{ type: 'quick-ack', token: TOKEN }, packet(TWO)],
  },
  {
    name: 'error code',
    write: (codec) => [codec.encode(ONE), codec.encode(int32(0)), codec.encode(int32(-404))],
    frames: () => [packet(ONE), { type: 'error', code: -404 }],
  },
];

describe('codec/split-at-every-byte', () => {
  for (const [framing, make] of PAIRS) {
    for (const from of ['client', 'server'] as const) {
      for (const { name, write, frames } of CASES) {
        if (framing === 'full' && name === 'quick-ack') continue;
        it(`codec/split-at-every-byte: ${framing}, ${name}, from the ${from}`, () => {
          const cutter = new Random(9);
          const measure = make();
          if (from === 'server') opened(measure);
          const length = join(...write(measure[from], from)).length;
          for (const cuts of partitions(length + 20, cutter)) {
            const ends = make();
            if (from === 'server') opened(ends);
            const stream = join(...write(ends[from], from));
            const receiver = from === 'client' ? ends.server : ends.client;
            const inside = cuts.filter((cut) => cut < stream.length);
            expect(feed(receiver, stream, inside)).toEqual(frames(from, framing));
          }
        });
      }
    }
  }
});

/** An obfuscated server can speak only after the client did. */
function opened({ client, server }: { client: PacketCodec; server: PacketCodec }): void {
  expect(server.decode(client.encode(ONE))).toEqual([packet(ONE)]);
}

describe('codecs', () => {
  it('Buffers, whose slice does not copy, are bytes like others, and never come out', () => {
    for (const [, make] of PAIRS) {
      const { client, server } = make();
      const stream = Buffer.from(join(client.encode(ONE), client.encode(TWO)));
      const frames = server.decode(stream);
      expect(frames).toEqual([packet(ONE), packet(TWO)]);
      for (const frame of frames) {
        expect(frame.type === 'packet' && Buffer.isBuffer(frame.bytes)).toBe(false);
      }
    }
  });

  it('announce themselves once, and the server tells them apart', () => {
    for (const framing of FRAMINGS) {
      const client = createCodec(framing, 'client', crypto);
      const stream = join(client.encode(ONE), client.encode(TWO));
      const detected = detectFraming(stream);
      expect(detected).toMatchObject({ type: 'framing', framing });
      const strip = detected?.type === 'framing' ? detected.strip : 0;
      const server = createCodec(framing, 'server', crypto);
      expect(server.decode(stream.subarray(strip))).toEqual([packet(ONE), packet(TWO)]);
    }
  });

  it('detectFraming waits for enough bytes and knows http, tls and obfuscation', () => {
    const text = (words: string): Uint8Array => new TextEncoder().encode(words);
    for (const method of ['POST /api', 'GET /apiws', 'HEAD /', 'OPTIONS /']) {
      expect(detectFraming(text(method))).toEqual({ type: 'http' });
    }
    expect(detectFraming(Uint8Array.of(0x16, 3, 1, 7, 0))).toEqual({ type: 'tls' });
    expect(detectFraming(new Uint8Array(0))).toBeNull();
    const obfuscated = new ObfuscatedClient({ crypto, framing: 'padded', dcId: 2 }).encode(ONE);
    for (let size = 0; size < 8; size++) {
      expect(detectFraming(obfuscated.subarray(0, size))).toBeNull();
    }
    expect(detectFraming(obfuscated)).toEqual({ type: 'obfuscated' });
  });

  it('abridged writes the token of a quick ack with its top bit first', () => {
    const bytes = createCodec('abridged', 'server', crypto).encodeQuickAck(0x01020304);
    expect([...bytes]).toEqual([0x81, 2, 3, 4]);
    const swapped = createCodec('intermediate', 'server', crypto).encodeQuickAck(0x01020304);
    expect([...swapped]).toEqual([4, 3, 2, 0x81]);
  });

  it('copies a large packet in many chunks a few times at most, and one chunk never', () => {
    const codec = createCodec('intermediate', 'server', crypto);
    const big = new Random(5).bytes(512 * 1024);
    const stream = createCodec('intermediate', 'client', crypto, false).encode(big);
    const cuts = Array.from({ length: 32 }, (_, i) => (i + 1) * 16 * 1024);
    const [frame] = feed(codec, stream, cuts);
    expect(frame?.type === 'packet' && Buffer.compare(frame.bytes, big) === 0).toBe(true);
    const [whole] = codec.decode(stream);
    expect(whole?.type === 'packet' && whole.bytes.buffer === stream.buffer).toBe(true);
  });

  it('frames stay as they are when more bytes come', () => {
    const client = createCodec('intermediate', 'client', crypto, false);
    const server = createCodec('intermediate', 'server', crypto);
    const stream = join(client.encode(ONE), client.encode(TWO), client.encode(ONE));
    const frames = feed(server, stream, [3, 60, 100, 150]);
    expect(frames).toEqual([packet(ONE), packet(TWO), packet(ONE)]);
  });
});
