import type { CryptoProvider } from '../../../../packages/runtime/src/crypto/provider/types.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import type { Frame, PacketCodec } from '../../../../packages/runtime/src/transport/types.js';
import { Random } from '../../../support/random.js';

export const FRAMINGS = ['abridged', 'intermediate', 'padded', 'full'] as const;

/** The host's primitives with seeded randomness. */
export function seededCrypto(seed: number): CryptoProvider {
  const random = new Random(seed);
  return withRandom((size) => random.bytes(size));
}

export function withRandom(randomBytes: (size: number) => Uint8Array): CryptoProvider {
  return new Proxy(nodeCrypto, {
    get: (target, name, receiver) =>
      name === 'randomBytes' ? randomBytes : Reflect.get(target, name, receiver),
  });
}

/** Looks like an encrypted message: 24 bytes, then AES blocks. */
export function encryptedPacket(random: Random, blocks: number): Uint8Array {
  const packet = random.bytes(24 + 16 * blocks);
  packet[0] = 1;
  return packet;
}

/** An unencrypted message with a body of that many bytes. */
export function plainPacket(random: Random, size: number): Uint8Array {
  const packet = new Uint8Array(20 + size);
  packet.set(random.bytes(8), 8);
  new DataView(packet.buffer).setInt32(16, size, true);
  packet.set(random.bytes(size), 20);
  return packet;
}

export function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value, true);
  return bytes;
}

/** Feeds a stream cut at these places. */
export function feed(codec: PacketCodec, stream: Uint8Array, cuts: readonly number[]): Frame[] {
  const frames: Frame[] = [];
  let from = 0;
  for (const to of [...cuts, stream.length]) {
    frames.push(...codec.decode(stream.slice(from, to)));
    from = to;
  }
  return frames;
}

/** All ways to cut in two, byte by byte, and some random ways. */
export function* partitions(length: number, random: Random): Generator<number[]> {
  yield [];
  for (let at = 1; at < length; at++) yield [at];
  yield Array.from({ length: length - 1 }, (_, i) => i + 1);
  for (let run = 0; run < 50; run++) {
    const cuts: number[] = [];
    for (let at = 1 + random.below(9); at < length; at += 1 + random.below(9)) cuts.push(at);
    yield cuts;
  }
}
