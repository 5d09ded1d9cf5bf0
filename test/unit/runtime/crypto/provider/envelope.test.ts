import { describe, expect, it } from 'vitest';
import { Random, RUNS, SEED } from '../../../../support/random.js';
import { seal } from './plain.js';
import { hex, nodeCrypto, portableCrypto, PROVIDERS, unhex } from './providers.js';

/** Both sides of every boundary: one call of the module, one piece of memory, several. */
const SIZES = [
  16, 32, 48, 64, 80, 96, 112, 368, 384, 400, 496, 512, 528, 624, 640, 656, 1008, 1024, 1040, 4096,
  32720, 32736, 32752, 32768, 32784, 32800, 65504, 65520, 65536, 65552, 98304, 524288,
];
const OFFSETS = [0, 8] as const;

/** A packet ready to be sealed, at an odd place in memory: packets are rarely alone in theirs. */
function packetOf(plain: Uint8Array, shift = 0): Uint8Array {
  const packet = new Uint8Array(shift + 24 + plain.length).subarray(shift);
  packet.fill(0xa5, 0, 8);
  packet.set(plain, 24);
  return packet;
}

describe.each(PROVIDERS)('MTProto 2.0 packets, %s', (_, crypto) => {
  it('kdf/v1-v2-vectors: known packets for x = 0 and 8', () => {
    const authKey = Uint8Array.from({ length: 256 }, (_, i) => (7 * i + 3) & 255);
    const padding = hex(Uint8Array.from({ length: 24 }, (_, i) => i));
    const plain = unhex(`14000000${'00112233'.repeat(5)}${padding}`);
    const known = [
      '28397f8306af8cd4b5127d30c1deddde' +
        '989c52843cc172682d937ae064e396203397416e667f7c35ed98e90fddf3beea2d094dd15bd0be04ab28c71f73f7d79e',
      '5c6a3f0ad1d6e1b78444c47d39080973' +
        'b38ce38bb73da182746cb4feb68c37a87ecd1d0f9670abb1da1115607051a912a186386bd351d91ce2770c61abc93668',
    ];
    for (const [i, x] of OFFSETS.entries()) {
      const packet = packetOf(plain);
      crypto.seal2(packet, authKey, x);
      expect(hex(packet.subarray(8))).toBe(known[i]);
      expect(crypto.open2(packet, authKey, x)).toEqual(plain);
    }
  });

  it('seals and opens as the definition says, at every boundary', () => {
    const random = new Random(SEED);
    for (const size of SIZES) {
      for (const x of OFFSETS) {
        const [plain, authKey] = [random.bytes(size), random.bytes(256)];
        const packet = packetOf(plain, size % 3);
        crypto.seal2(packet, authKey, x);
        const { messageKey, encrypted } = seal(plain, authKey, x);
        expect(hex(packet)).toBe('a5'.repeat(8) + hex(messageKey) + hex(encrypted));
        const opened = crypto.open2(packet, authKey, x);
        expect(opened && hex(opened)).toBe(hex(plain));
        expect(crypto.open2(packet, authKey, x === 0 ? 8 : 0)).toBeNull();
      }
    }
  });

  it('leaves packet and key alone when opening, and gives an array of its own', () => {
    const random = new Random(SEED + 1);
    for (const size of [64, 4096, 65536]) {
      const [plain, authKey] = [random.bytes(size), random.bytes(256)];
      const packet = packetOf(plain);
      crypto.seal2(packet, authKey, 0);
      const before = [hex(packet), hex(authKey)];
      const opened = crypto.open2(packet, authKey, 0);
      crypto.seal2(packetOf(random.bytes(size)), random.bytes(256), 8);
      expect(opened && hex(opened)).toBe(hex(plain));
      expect(Object.getPrototypeOf(opened)).toBe(Uint8Array.prototype);
      packet[8] = (packet[8] ?? 0) ^ 1;
      expect(crypto.open2(packet, authKey, 0)).toBeNull();
      packet[8] = (packet[8] ?? 0) ^ 1;
      expect([hex(packet), hex(authKey)]).toEqual(before);
    }
  });

  it('refuses each of the 128 bits of msg_key flipped, and bits of the ciphertext', () => {
    const random = new Random(SEED + 2);
    for (const size of [96, 512, 1024, 33_008]) {
      const authKey = random.bytes(256);
      const packet = packetOf(random.bytes(size));
      crypto.seal2(packet, authKey, 8);
      const bits = Array.from({ length: 128 }, (_, i) => 64 + i);
      for (let i = 0; i < 20; i++) bits.push(192 + random.below(size * 8));
      for (const bit of bits) {
        const at = bit >> 3;
        packet[at] = (packet[at] ?? 0) ^ (1 << (bit & 7));
        expect(crypto.open2(packet, authKey, 8)).toBeNull();
        packet[at] = (packet[at] ?? 0) ^ (1 << (bit & 7));
      }
      expect(crypto.open2(packet, authKey, 8)).not.toBeNull();
    }
  });

  it('refuses packets and keys of impossible lengths', () => {
    const authKey = new Uint8Array(256);
    const refused = expect.objectContaining({ name: 'CryptoError', code: 'bad-length' });
    for (const size of [0, 8, 23, 24, 39, 41, 55, 57, 1048 - 1, 33_001]) {
      expect(() => crypto.seal2(new Uint8Array(size), authKey, 0)).toThrow(refused);
      expect(() => crypto.open2(new Uint8Array(size), authKey, 0)).toThrow(refused);
    }
    expect(() => crypto.seal2(new Uint8Array(40), new Uint8Array(255), 0)).toThrow(refused);
    expect(() => crypto.open2(new Uint8Array(40), new Uint8Array(257), 0)).toThrow(refused);
  });
});

it('MTProto 2.0 packets: each provider opens what the other sealed', () => {
  const random = new Random(SEED + 4);
  for (let round = 0; round < 200 * RUNS; round++) {
    const plain = random.bytes(16 * (1 + random.below(round % 10 === 0 ? 3000 : 100)));
    const authKey = random.bytes(256);
    const x = random.pick(OFFSETS);
    const [one, two] = [packetOf(plain), packetOf(plain)];
    nodeCrypto.seal2(one, authKey, x);
    portableCrypto.seal2(two, authKey, x);
    expect(hex(one)).toBe(hex(two));
    const opened = [nodeCrypto.open2(two, authKey, x), portableCrypto.open2(one, authKey, x)];
    for (const result of opened) expect(result && hex(result)).toBe(hex(plain));
  }
});
