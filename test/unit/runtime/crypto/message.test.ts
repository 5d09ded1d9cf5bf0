import { beforeAll, describe, expect, it } from 'vitest';
import Long from 'long';
import {
  AuthKey,
  SecurityError,
  authKeyIdOf,
  concat,
  equalBytes,
  openEnvelope,
  openMessage,
  openMessageWithToken,
  quickAckToken,
  sealEnvelope,
  sealMessage,
  sealMessageWithToken,
  toHex,
  type PlainMessage,
  type SecurityErrorCode,
} from '../../../../packages/runtime/src/crypto/index.js';
import type { CryptoProvider } from '../../../../packages/runtime/src/crypto/index.js';
import { MtcuteCrypto } from '../../../support/strangers/mtcute-crypto.js';
import { gramState, mtcuteAuthKey } from './support/peers.js';
import { VECTOR_KEY, counting, derive, providers, withRandom } from './support/providers.js';

const mtcute = new MtcuteCrypto();
beforeAll(() => mtcute.initialize());

const MESSAGE: PlainMessage = {
  salt: 0x1122334455667788n,
  sessionId: -2n,
  msgId: 7_600_000_000_000_000_001n,
  seqNo: 5,
  body: counting(20, 1),
};

/** What a refused packet is refused for. */
function refusal(open: () => unknown): SecurityErrorCode | null {
  try {
    open();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(SecurityError);
    return (error as SecurityError).code;
  }
}

/** A packet whose plaintext is exactly the given bytes, whatever the rules say about its inside. */
function sealRaw(crypto: CryptoProvider, key: AuthKey, plain: Uint8Array): Uint8Array {
  const packet = concat(key.idBytes, new Uint8Array(16), plain);
  crypto.seal2(packet, key.bytes, 8);
  return packet;
}

/** A plaintext with a length field of choice. */
function plainWith(length: number, rest: number): Uint8Array {
  const plain = counting(32 + rest);
  new DataView(plain.buffer).setInt32(28, length, true);
  return plain;
}

describe.each(providers)('encrypted messages on $name', (crypto) => {
  const key = new AuthKey(crypto, VECTOR_KEY);
  const open = (packet: Uint8Array): PlainMessage => openMessage(crypto, key, 'server', packet);

  it('msg/vectors: the packets of the research in both directions', () => {
    const counted = withRandom(crypto, (size) => counting(size));
    const plain = concat(Uint8Array.of(20, 0, 0, 0), Buffer.from('00112233'.repeat(5), 'hex'));
    const vectors = [
      [
        0,
        '28397f8306af8cd4b5127d30c1deddde',
        '989c52843cc172682d937ae064e396203397416e667f7c35ed98e90fddf3beea2d094dd15bd0be04ab28c71f73f7d79e',
      ],
      [
        8,
        '5c6a3f0ad1d6e1b78444c47d39080973',
        'b38ce38bb73da182746cb4feb68c37a87ecd1d0f9670abb1da1115607051a912a186386bd351d91ce2770c61abc93668',
      ],
    ] as const;
    for (const [x, msgKey, cipher] of vectors) {
      const packet = sealEnvelope(counted, key, x, 24, (place) => place.set(plain), {
        padding: 24,
      });
      expect(toHex(packet)).toBe(`9ed6e6ef196cc931${msgKey}${cipher}`);
      expect(openEnvelope(crypto, key, x, packet, 4)).toEqual(plain);
    }
  });

  it('msg/vectors: opens its own packets in both directions, never a reflected one', () => {
    for (const from of ['client', 'server'] as const) {
      const packet = sealMessage(crypto, key, from, MESSAGE);
      expect(openMessage(crypto, key, from, packet)).toEqual(MESSAGE);
      const back = from === 'client' ? 'server' : 'client';
      expect(refusal(() => openMessage(crypto, key, back, packet))).toBe('msg-key');
    }
  });

  it('msg/vectors: mtcute opens what a server seals, and the other way', () => {
    const theirs = mtcuteAuthKey(mtcute, VECTOR_KEY);
    const session = Long.fromString(MESSAGE.sessionId.toString());
    const read: { msgId: string; seqNo: number; body: Uint8Array }[] = [];
    theirs.decryptMessage(
      sealMessage(crypto, key, 'server', MESSAGE),
      session,
      (id, seqNo, reader) =>
        read.push({ msgId: id.toString(), seqNo, body: reader.raw(MESSAGE.body.length) }),
    );
    expect(read.map((message) => ({ ...message, body: toHex(message.body) }))).toEqual([
      { msgId: MESSAGE.msgId.toString(), seqNo: 5, body: toHex(MESSAGE.body) },
    ]);
    const salt = Long.fromString(MESSAGE.salt.toString());
    const inner = sealedInside(crypto, key).subarray(16, 32 + MESSAGE.body.length);
    const packet = theirs.encryptMessage(inner, salt, session);
    expect(openMessage(crypto, key, 'client', packet)).toEqual(MESSAGE);
  });

  it('msg/vectors: opens what GramJS seals', async () => {
    const state = await gramState(VECTOR_KEY, MESSAGE.salt, MESSAGE.sessionId);
    const inner = sealedInside(crypto, key).subarray(16, 32 + MESSAGE.body.length);
    const packet = await state.encryptMessageData(Buffer.from(inner));
    expect(openMessage(crypto, key, 'client', new Uint8Array(packet))).toEqual(MESSAGE);
  });

  it('msg/key-id: another key is refused before anything is decrypted', () => {
    let opened = 0;
    const spy = derive(crypto, { open2: () => ((opened += 1), null) });
    const packet = sealMessage(crypto, key, 'server', MESSAGE);
    for (let bit = 0; bit < 64; bit += 1) {
      const other = packet.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(refusal(() => openMessage(spy, key, 'server', other))).toBe('auth-key-id');
    }
    expect(opened).toBe(0);
    expect(authKeyIdOf(packet)).toBe(key.id);
    expect(authKeyIdOf(new Uint8Array(8))).toBe(0n);
    expect(refusal(() => authKeyIdOf(new Uint8Array(7)))).toBe('packet-length');
  });

  it('msg/msg-key-flip: each flipped bit of msg_key and ciphertext is refused', () => {
    const packet = sealMessage(crypto, key, 'server', MESSAGE);
    for (let bit = 8 * 8; bit < packet.length * 8; bit += 1) {
      const other = packet.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(refusal(() => open(other))).toBe('msg-key');
    }
  });

  it('msg/msg-key-flip: a wrong msg_key tells nothing of the plaintext', () => {
    const packet = sealMessage(crypto, key, 'server', MESSAGE);
    packet[9]! ^= 1;
    expect(crypto.open2(packet, key.bytes, 8)).toBeNull();
    const caught: unknown[] = [];
    try {
      open(packet);
    } catch (error) {
      caught.push(error);
    }
    const [error] = caught as [SecurityError];
    expect(error.message).toBe('msg_key does not belong to the packet');
    expect(Object.keys(error).toSorted()).toEqual(['code', 'name']);
  });

  it('msg/length: negative, broken, too large and overflowing lengths are refused', () => {
    expect(open(sealRaw(crypto, key, plainWith(20, 32))).body.length).toBe(20);
    for (const length of [-1, -4, -(2 ** 31), 2 ** 31 - 4, 1, 2, 3, 18, 19, 21, 36, 2 ** 30]) {
      const packet = sealRaw(crypto, key, plainWith(length, 32));
      expect([length, refusal(() => open(packet))]).toEqual([length, 'message-length']);
    }
  });

  it('msg/length: packets too short or not aligned are refused', () => {
    const packet = sealMessage(crypto, key, 'server', MESSAGE, { padding: 12 });
    expect(packet.length).toBe(24 + 64);
    for (let size = 0; size < packet.length; size += 1) {
      const expected = size === 24 + 48 ? 'msg-key' : 'packet-length';
      expect([size, refusal(() => open(packet.subarray(0, size)))]).toEqual([size, expected]);
    }
    const longer = concat(packet, new Uint8Array(15));
    expect(refusal(() => open(longer))).toBe('packet-length');
    expect(refusal(() => open(longer.subarray(0, -14)))).toBe('packet-length');
  });

  it('msg/padding-12-1024: 11 refused, 12 accepted, 1024 accepted, 1025 refused', () => {
    // Lengths are multiples of 4 and packets of 16, so padding is one too: 8 and 1028 are the nearest outside.
    const cases = [
      [0, 'padding'],
      [4, 'padding'],
      [8, 'padding'],
      [12, null],
      [16, null],
      [1020, null],
      [1024, null],
      [1028, 'padding'],
      [1040, 'padding'],
    ] as const;
    for (const [padding, expected] of cases) {
      const body = (16 - (padding % 16)) % 16 || 16;
      const packet = sealRaw(crypto, key, plainWith(body, body + padding));
      expect([padding, refusal(() => open(packet))]).toEqual([padding, expected]);
    }
  });

  it('msg/padding-12-1024: 11 and 1025 bytes, where the head lets the padding be odd', () => {
    // The bound itself, apart from the rule about whole words: a head of odd size makes odd paddings possible.
    const cases = [
      [11, 'padding'],
      [12, null],
      [1024, null],
      [1025, 'padding'],
    ] as const;
    for (const [padding, expected] of cases) {
      const plain = new Uint8Array(Math.ceil((32 + padding) / 16) * 16);
      const head = plain.length - padding - 16;
      new DataView(plain.buffer).setInt32(head - 4, 16, true);
      const packet = sealRaw(crypto, key, plain);
      const act = (): unknown => openEnvelope(crypto, key, 8, packet, head);
      expect([padding, refusal(act)]).toEqual([padding, expected]);
    }
  });

  it('msg/padding-12-1024: the sender keeps to it for body lengths 0 … 4096', () => {
    const random = counting(1024);
    let drawn = -1;
    const spy = derive(crypto, {
      randomBytes: (size) => random.subarray(0, (drawn = size)),
      seal2: () => undefined,
    });
    const ladder = [
      64, 128, 192, 256, 384, 512, 768, 1024, 1280, 1728, 2176, 2624, 3072, 3520, 3968, 4416,
    ];
    const wrong: number[] = [];
    for (let body = 0; body <= 4096; body += 1) {
      const packet = sealMessage(spy, key, 'client', { ...MESSAGE, body: new Uint8Array(body) });
      const padding = packet.length - 24 - 32 - body;
      const inside = padding >= 12 && padding <= 1024 && (packet.length - 24) % 16 === 0;
      const filled =
        drawn === padding && equalBytes(packet.subarray(-padding), random.subarray(0, padding));
      const smallest = packet.length - 24 === ladder.find((size) => size >= 32 + body + 12);
      if (!inside || !filled || !smallest) wrong.push(body);
    }
    expect(wrong).toEqual([]);
  });

  it('takes an explicit padding only when it is allowed', () => {
    const seal = (padding: number): Uint8Array =>
      sealMessage(crypto, key, 'server', MESSAGE, { padding });
    for (const padding of [12, 28, 1020]) expect(open(seal(padding))).toEqual(MESSAGE);
    for (const padding of [-4, 0, 8, 11, 13, 1036, 12.5, Number.NaN]) {
      expect(() => seal(padding)).toThrow(expect.objectContaining({ code: 'bad-length' }));
    }
  });

  it('computes the token of a quick acknowledgement from the same hash as msg_key', () => {
    const { packet, token } = sealMessageWithToken(crypto, key, 'client', MESSAGE);
    const plain = crypto.open2(packet, key.bytes, 0)!;
    const hash = crypto.sha256(concat(VECTOR_KEY.subarray(88, 120), plain));
    const expected =
      (new DataView(hash.buffer, hash.byteOffset).getUint32(0, true) | (2 ** 31)) >>> 0;
    expect(token).toBe(expected);
    expect(token).toBeGreaterThanOrEqual(2 ** 31);
    expect(quickAckToken(crypto, VECTOR_KEY, plain, 0)).toBe(token);
    expect(openMessage(crypto, key, 'client', packet)).toEqual(MESSAGE);
    const opened = openMessageWithToken(crypto, key, 'client', packet);
    expect(opened).toEqual({ message: MESSAGE, token });
    packet[30]! ^= 1;
    expect(refusal(() => openMessageWithToken(crypto, key, 'client', packet))).toBe('msg-key');
  });

  /** The plaintext of MESSAGE, as the packet holds it. */
  function sealedInside(provider: CryptoProvider, authKey: AuthKey): Uint8Array {
    return provider.open2(sealMessage(provider, authKey, 'client', MESSAGE), authKey.bytes, 0)!;
  }
});
