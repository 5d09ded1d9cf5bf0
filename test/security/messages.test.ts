import { describe, expect, it } from 'vitest';
import { sealMessage, sealMessage1 } from '../../packages/runtime/src/crypto/index.js';
import { flipped } from '../unit/runtime/session/handshake/support.js';
import { answer, Rig } from '../unit/runtime/session/rig.js';
import { expectDelivered, expectDropped, packet } from './packets.js';

/** An update of many words: longer than what is decrypted in one piece by the shortest way. */
const long = (words: number): Uint8Array =>
  new Uint8Array(new Uint32Array(words).fill(0xabcd_1234).buffer);

describe('msg_key', () => {
  for (const words of [2, 200, 60_000]) {
    it(`guideline/msg-key: any flipped bit of a packet with ${words * 4} bytes of content is refused`, () => {
      const rig = new Rig().start();
      const body = long(words);
      const bytes = packet(rig, rig.peer.message(body));
      // All of msg_key, then the ciphertext: the first block, the middle, the padding at the end.
      const keyBits = words < 1000 ? Array.from({ length: 128 }, (_, bit) => 64 + bit) : [64, 191];
      const ends = [192, 200, (bytes.length >> 1) * 8, bytes.length * 8 - 1];
      for (const bit of [...keyBits, ...ends]) {
        expectDropped(rig, flipped(bytes, bit), 'msg-key', `bit ${bit}`);
      }
      expectDelivered(rig, bytes, body);
    });
  }

  it('guideline/msg-key: a packet of the client that comes back is refused', () => {
    const rig = new Rig().start();
    const message = rig.peer.message(answer(1));
    const plain = { ...message, salt: 0n, sessionId: rig.peer.sessionId };
    expectDropped(rig, sealMessage(rig.crypto, rig.key, 'client', plain), 'msg-key');
    expectDelivered(rig, sealMessage(rig.crypto, rig.key, 'server', plain), answer(1));
  });

  it('guideline/msg-key: MTProto 1.0, whose msg_key does not cover the padding, is refused', () => {
    const rig = new Rig().start();
    const plain = { ...rig.peer.message(answer(1)), salt: 0n, sessionId: rig.peer.sessionId };
    expectDropped(rig, sealMessage1(rig.crypto, rig.key, 'server', plain), 'msg-key');
    expectDelivered(rig, sealMessage(rig.crypto, rig.key, 'server', plain), answer(1));
  });

  it('guideline/msg-key-first: with a wrong msg_key nothing else that is wrong is told', () => {
    const rig = new Rig().start();
    const message = rig.peer.message(answer(1));
    const faults = [
      { length: -4 },
      { length: 7 },
      { length: 1 << 20 },
      { length: 8, room: 2048 },
      { sessionId: 5n },
    ];
    for (const claims of faults) {
      const wrong = flipped(packet(rig, message, claims), 64);
      expectDropped(
        rig,
        wrong,
        'msg-key',
        JSON.stringify(claims, (_, v) => String(v)),
      );
    }
    const right = packet(rig, { ...message, msgId: message.msgId & ~3n });
    expectDropped(rig, flipped(right, 64), 'msg-key');
    expectDropped(rig, right, 'message-id-parity');
    expectDelivered(rig, packet(rig, message), answer(1));
  });
});

describe('the length of the message', () => {
  it('guideline/message-length: a negative length, none of whole words, or one beyond the packet is refused', () => {
    const rig = new Rig().start();
    const message = rig.peer.message(answer(1));
    const room = 64;
    const lengths = [-1, -4, -8, -0x8000_0000, 1, 2, 3, 5, 6, 7, 9, room + 4, room + 16, 1 << 20];
    for (const length of [...lengths, 0x7fff_fffc, 0x7fff_ffff]) {
      const bytes = packet(rig, message, { length, room });
      expectDropped(rig, bytes, 'message-length', `${length}`);
    }
    expectDelivered(rig, packet(rig, message, { room }), answer(1));
  });

  it('guideline/message-length: inside a container a wrong length is refused too', () => {
    const rig = new Rig().start();
    const inner = rig.peer.message(answer(1));
    const container = rig.peer.container([inner]);
    for (const length of [-4, 0, 5, 12, 0x7fff_fffc]) {
      const body = container.body.slice();
      new DataView(body.buffer).setInt32(8 + 12, length, true);
      const bytes = packet(rig, { ...container, body, msgId: rig.peer.id(false) });
      expectDropped(rig, bytes, 'container', `${length}`);
    }
    expectDelivered(rig, packet(rig, { ...container, msgId: rig.peer.id(false) }), answer(1));
  });
});

describe('padding', () => {
  it('guideline/padding: less than 12 or more than 1024 bytes are refused, and the ends accepted', () => {
    const rig = new Rig().start();
    const withPadding = (padding: number): { bytes: Uint8Array; body: Uint8Array } => {
      // The room is whole blocks, so the content makes up for what the padding is not.
      const size = 16 - (padding % 16) + 16;
      const body = long(size / 4);
      return { bytes: packet(rig, rig.peer.message(body), { room: size + padding }), body };
    };
    for (const padding of [0, 4, 8, 1028, 1040, 4096]) {
      expectDropped(rig, withPadding(padding).bytes, 'padding', `${padding}`);
    }
    for (const padding of [12, 16, 500, 1020, 1024]) {
      const { bytes, body } = withPadding(padding);
      expectDelivered(rig, bytes, body, `${padding}`);
    }
  });
});

describe('the session', () => {
  it('guideline/session-id: a packet that names another session is refused', () => {
    const rig = new Rig().start();
    const message = rig.peer.message(answer(1));
    const { sessionId } = rig.peer;
    const foreign = [0n, sessionId + 1n, sessionId ^ (1n << 62n), -sessionId];
    for (const id of foreign) {
      expectDropped(rig, packet(rig, message, { sessionId: id }), 'session-id', `${id}`);
    }
    expectDelivered(rig, packet(rig, message), answer(1));
  });

  it('guideline/session-id: a session that was given up is another one', () => {
    const rig = new Rig().start();
    const before = rig.peer.sessionId;
    const old = rig.peer.message(answer(1), { msgId: rig.peer.id(false) - (1n << 40n) });
    for (let i = 0; i < 1000; i++) rig.say(rig.peer.message(answer(2)));
    rig.newEvents();
    // Below a full window: the session begins anew.
    rig.say(old);
    rig.flush();
    rig.newEvents();
    expect(rig.peer.sessionId).not.toBe(before);
    const message = rig.peer.message(answer(3));
    expectDropped(rig, packet(rig, message, { sessionId: before }), 'session-id');
    expectDelivered(rig, packet(rig, message), answer(3));
  });
});
