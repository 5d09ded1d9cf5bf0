import { describe, expect, it } from 'vitest';
import {
  MAX_PACKET_FROM_CLIENT,
  MAX_PACKET_FROM_SERVER,
  TransportError,
  createCodec,
} from '../../../../packages/runtime/src/transport/index.js';
import { crc32 } from '../../../../packages/runtime/src/transport/framing/crc32.js';
import { crc32 as zlibCrc32 } from './zlib-crc32.js';
import { Random } from '../../../support/random.js';
import { join } from '../../../support/bytes.js';
import {
  FRAMINGS,
  encryptedPacket,
  feed,
  int32,
  plainPacket,
  seededCrypto,
  withRandom,
} from './support.js';

const crypto = seededCrypto(2);
const random = new Random(77);

const code = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof TransportError) return error.code;
    throw error;
  }
  return 'no error';
};

describe('codec/limits', () => {
  for (const framing of FRAMINGS) {
    it(`codec/limits: ${framing} sends only lengths that are allowed`, () => {
      const client = createCodec(framing, 'client', crypto);
      for (const size of [0, 1, 2, 3, 5, 1023, MAX_PACKET_FROM_CLIENT + 4]) {
        expect(code(() => client.encode(new Uint8Array(size)))).toBe('bad-packet');
      }
      expect(client.encode(new Uint8Array(MAX_PACKET_FROM_CLIENT)).length).toBeGreaterThan(
        MAX_PACKET_FROM_CLIENT,
      );
      const server = createCodec(framing, 'server', crypto);
      expect(server.encode(new Uint8Array(MAX_PACKET_FROM_SERVER)).length).toBeGreaterThan(
        MAX_PACKET_FROM_SERVER,
      );
      expect(code(() => server.encode(new Uint8Array(MAX_PACKET_FROM_SERVER + 4)))).toBe(
        'bad-packet',
      );
    });

    it(`codec/limits: ${framing} takes the longest packet of the other side`, () => {
      const longest = new Uint8Array(MAX_PACKET_FROM_CLIENT - 8);
      longest[0] = 1;
      const stream = createCodec(framing, 'client', crypto, false).encode(longest);
      const [frame] = createCodec(framing, 'server', crypto).decode(stream);
      expect(frame?.type === 'packet' && frame.bytes.length).toBe(longest.length);
    });
  }

  it('codec/limits: zero, negative and too long lengths are refused before their bytes come', () => {
    const lengths: Record<string, readonly Uint8Array[]> = {
      abridged: [Uint8Array.of(0), Uint8Array.of(0x7f, 0, 0, 0), Uint8Array.of(0x7f, 1, 0, 0xff)],
      intermediate: [int32(0), int32(MAX_PACKET_FROM_SERVER + 4), int32(0x7fffffff)],
      padded: [int32(0), int32(MAX_PACKET_FROM_SERVER + 16), int32(0x7fffffff)],
      full: [
        int32(0),
        int32(12),
        int32(-1000),
        int32(-(2 ** 31)),
        int32(MAX_PACKET_FROM_SERVER + 16),
      ],
    };
    for (const framing of FRAMINGS) {
      for (const length of lengths[framing] ?? []) {
        const codec = createCodec(framing, 'client', crypto);
        expect(code(() => codec.decode(length))).toBe('bad-frame');
        // The stream stays untrusted.
        expect(code(() => codec.decode(new Uint8Array(0)))).toBe('bad-frame');
      }
    }
    for (const framing of ['intermediate', 'padded'] as const) {
      const server = createCodec(framing, 'server', crypto);
      expect(code(() => server.decode(int32(MAX_PACKET_FROM_CLIENT + 16)))).toBe('bad-frame');
    }
  });

  it('codec/limits: abridged changes to the long form at 0x7f words', () => {
    for (const words of [0x7e, 0x7f, 0x80, 0x100, 0x10000]) {
      const packet = random.bytes(words * 4);
      const framed = createCodec('abridged', 'client', crypto, false).encode(packet, true);
      expect(framed.length - packet.length).toBe(words < 0x7f ? 1 : 4);
      expect((framed[0] ?? 0) & 0x7f).toBe(Math.min(words, 0x7f));
      const [frame] = createCodec('abridged', 'server', crypto).decode(framed);
      expect(frame).toMatchObject({ type: 'packet', quickAck: true });
      expect(frame?.type === 'packet' && Buffer.compare(frame.bytes, packet)).toBe(0);
    }
  });

  it('codec/limits: full refuses a wrong checksum and a wrong sequence number', () => {
    const client = createCodec('full', 'client', crypto);
    const first = client.encode(plainPacket(random, 8));
    const second = client.encode(plainPacket(random, 8));
    for (let at = 8; at < first.length; at++) {
      const broken = first.slice();
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(code(() => createCodec('full', 'server', crypto).decode(broken))).toBe('bad-frame');
    }
    expect(code(() => createCodec('full', 'server', crypto).decode(second))).toBe('bad-frame');
    const replayed = createCodec('full', 'server', crypto);
    expect(code(() => replayed.decode(join(first, first)))).toBe('bad-frame');
    expect(createCodec('full', 'server', crypto).decode(join(first, second))).toHaveLength(2);
  });

  it('codec/limits: full takes a transport error in place of a length, and nothing after it', () => {
    const codec = createCodec('full', 'client', crypto);
    const stream = join(int32(-429), int32(-429), int32(-429), random.bytes(40));
    expect(feed(codec, stream, [2, 5, 30])).toEqual([{ type: 'error', code: -429 }]);
    expect(code(() => createCodec('full', 'server', crypto).decode(int32(-429)))).toBe('bad-frame');
  });

  it('codec/limits: padded intermediate strips 0–15 bytes from every kind of packet', () => {
    const packets = [
      ...Array.from({ length: 8 }, (_, i) => encryptedPacket(random, i + 1)),
      ...Array.from({ length: 12 }, (_, i) => plainPacket(random, i * 4)),
    ];
    for (let padding = 0; padding <= 15; padding++) {
      const forced = withRandom((size) => new Uint8Array(size).fill(padding));
      for (const packet of packets) {
        const framed = createCodec('padded', 'client', forced, false).encode(packet);
        expect(framed.length).toBe(4 + packet.length + padding);
        const frames = createCodec('padded', 'server', crypto).decode(framed);
        expect(frames).toEqual([{ type: 'packet', bytes: packet }]);
      }
      const error = createCodec('padded', 'server', forced).encode(int32(-444));
      const frames = createCodec('padded', 'client', crypto).decode(error);
      expect(frames).toEqual([{ type: 'error', code: -444 }]);
    }
  });

  it('codec/limits: padded intermediate refuses what no packet can be', () => {
    const wrap = (payload: Uint8Array): Uint8Array => join(int32(payload.length), payload);
    const plain = plainPacket(random, 16);
    const longer = plain.slice();
    new DataView(longer.buffer).setInt32(16, 20, true);
    const shorter = join(plain, new Uint8Array(16));
    const negative = plain.slice();
    new DataView(negative.buffer).setInt32(16, -4, true);
    const short = random.bytes(36);
    short[0] = 1;
    for (const payload of [random.bytes(3), int32(5), longer, shorter, negative, short]) {
      const codec = createCodec('padded', 'client', crypto);
      expect(code(() => codec.decode(wrap(payload)))).toBe('bad-frame');
    }
  });

  it('codec/limits: four positive bytes and lengths that are no multiple of 4 are refused', () => {
    const codec = (): ReturnType<typeof createCodec> =>
      createCodec('intermediate', 'client', crypto);
    expect(code(() => codec().decode(join(int32(4), int32(404))))).toBe('bad-frame');
    expect(code(() => codec().decode(join(int32(9), new Uint8Array(9))))).toBe('bad-frame');
  });

  it('the full framing has no quick acks to send', () => {
    expect(code(() => createCodec('full', 'server', crypto).encodeQuickAck(1))).toBe('bad-packet');
  });

  it('an announced length costs no memory before its bytes come', () => {
    const before = process.memoryUsage().arrayBuffers;
    const codecs = Array.from({ length: 64 }, () => {
      const codec = createCodec('intermediate', 'client', crypto);
      codec.decode(join(int32(MAX_PACKET_FROM_SERVER), new Uint8Array(100)));
      codec.decode(new Uint8Array(100));
      return codec;
    });
    expect(codecs).toHaveLength(64);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MAX_PACKET_FROM_SERVER);
  });

  it('CRC32 is that of zlib', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    for (let size = 0; size < 64; size++) {
      const bytes = random.bytes(size);
      expect(crc32(bytes)).toBe(zlibCrc32(bytes));
    }
  });
});
