import { createRequire } from 'node:module';
import { Bytes } from '@fuman/io';
import {
  IntermediatePacketCodec,
  ObfuscatedPacketCodec,
  PaddedIntermediatePacketCodec,
  type IPacketCodec,
} from '@mtcute/core';
import { describe, expect, it } from 'vitest';
import {
  ObfuscatedClient,
  ObfuscatedServer,
  createCodec,
} from '../../../../packages/runtime/src/transport/index.js';
import { Random } from '../../../support/random.js';
import { join } from '../../../support/bytes.js';
import { encryptedPacket, seededCrypto } from './support.js';

const load = createRequire(import.meta.url);
load('telegram');
const { AbridgedPacketCodec } = load('telegram/network/connection/TCPAbridged') as {
  AbridgedPacketCodec: new (connection: unknown) => GramCodec;
};
const { FullPacketCodec } = load('telegram/network/connection/TCPFull') as {
  FullPacketCodec: new (connection: unknown) => GramCodec;
};

interface GramCodec {
  readonly tag: Uint8Array | undefined;
  encodePacket(packet: Buffer): Buffer;
  readPacket(reader: object): Promise<Buffer>;
}

const random = new Random(80);
const PACKETS = [1, 4, 28, 30, 31, 32, 100, 4000].map((blocks) => encryptedPacket(random, blocks));
const crypto = seededCrypto(12);

/** What mtcute asks of its provider, with our seeded randomness. */
function mtcuteCrypto(seed: number): never {
  const mine = seededCrypto(seed);
  return {
    randomBytes: (size: number) => mine.randomBytes(size),
    randomFill: (bytes: Uint8Array) => bytes.set(mine.randomBytes(bytes.length)),
    sha256: (data: Uint8Array) => mine.sha256(data),
    createAesCtr: (key: Uint8Array, iv: Uint8Array) => mine.aesCtr(key, iv),
  } as never;
}

async function theirFrame(codec: IPacketCodec, packet: Uint8Array): Promise<Uint8Array> {
  const into = Bytes.alloc();
  await codec.encode(packet, into);
  return into.result().slice();
}

async function theirDecode(codec: IPacketCodec, bytes: Uint8Array): Promise<unknown> {
  return codec.decode(Bytes.from(bytes), false);
}

describe('framings of other libraries', () => {
  it('intermediate is byte for byte that of mtcute', async () => {
    const theirs = new IntermediatePacketCodec();
    const mine = createCodec('intermediate', 'client', crypto);
    let expected = theirs.tag();
    for (const packet of PACKETS) {
      expected = join(expected, await theirFrame(theirs, packet));
      expect(Buffer.compare(mine.encode(packet), expected)).toBe(0);
      expected = new Uint8Array(0);
    }
  });

  it('padded intermediate of mtcute is read, and ours by theirs', async () => {
    const theirs = new PaddedIntermediatePacketCodec();
    theirs.setup?.(mtcuteCrypto(1));
    const server = createCodec('padded', 'server', crypto);
    for (const packet of PACKETS) {
      const [frame] = server.decode(await theirFrame(theirs, packet));
      expect(frame).toEqual({ type: 'packet', bytes: packet });
      const read = await theirDecode(theirs, server.encode(packet));
      expect((read as Uint8Array).subarray(0, packet.length)).toEqual(packet);
    }
  });

  for (const secret of [undefined, random.bytes(16)]) {
    it(`obfuscated2 ${secret ? 'with' : 'without'} secret is byte for byte that of mtcute`, async () => {
      const proxy = secret && { dcId: 3, test: true, media: true, secret };
      const theirs = new ObfuscatedPacketCodec(new IntermediatePacketCodec(), proxy);
      theirs.setup(mtcuteCrypto(2), undefined as never);
      const init = (await theirs.tag()).slice();
      const mine = new ObfuscatedClient({
        crypto: seededCrypto(2),
        framing: 'intermediate',
        dcId: -10_003,
        secret,
      });
      const server = new ObfuscatedServer({ crypto, secret });
      const stream = join(init, await theirFrame(theirs, PACKETS[0]!));
      const ours = mine.encode(PACKETS[0]!);
      // Without a secret mtcute leaves two random bytes where the data center belongs, hence other ciphertext there.
      expect(ours.subarray(0, secret ? 64 : 60)).toEqual(stream.subarray(0, secret ? 64 : 60));
      expect(ours.subarray(64)).toEqual(stream.subarray(64));
      expect(server.decode(stream)).toEqual([{ type: 'packet', bytes: PACKETS[0] }]);
      expect(await theirDecode(theirs, server.encode(PACKETS[3]!))).toEqual(PACKETS[3]);
    });
  }

  it('abridged is byte for byte that of GramJS', async () => {
    const theirs = new AbridgedPacketCodec(null);
    const mine = createCodec('abridged', 'client', crypto);
    const server = createCodec('abridged', 'server', crypto);
    let tag = new Uint8Array(theirs.tag ?? []);
    for (const packet of PACKETS) {
      const expected = join(tag, theirs.encodePacket(Buffer.from(packet)));
      expect(Buffer.compare(mine.encode(packet), expected)).toBe(0);
      const read = await theirs.readPacket(readerOf(server.encode(packet)));
      expect(Buffer.compare(read, packet)).toBe(0);
      tag = new Uint8Array(0);
    }
  });

  it('full is byte for byte that of GramJS', async () => {
    const theirs = new FullPacketCodec(null);
    const mine = createCodec('full', 'client', crypto);
    const server = createCodec('full', 'server', crypto);
    for (const packet of PACKETS) {
      const expected = theirs.encodePacket(Buffer.from(packet));
      expect(Buffer.compare(mine.encode(packet), expected)).toBe(0);
      const read = await theirs.readPacket(readerOf(server.encode(packet)));
      expect(Buffer.compare(read, packet)).toBe(0);
    }
  });
});

/** The socket that GramJS reads from. */
function readerOf(bytes: Uint8Array): object {
  let at = 0;
  const read = (size: number): Promise<Buffer> => {
    at += size;
    return Promise.resolve(Buffer.from(bytes.slice(at - size, at)));
  };
  return { read, readExactly: read };
}
