import { gzipSync } from 'node:zlib';
import { GzipPacked, MsgsAck, MsgCopy, Message, RpcError } from '@tlgen/mtproto';
import type { MsgsAck as Ack } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { ReplayWindow } from '../../../../packages/runtime/src/session/inbox/replay-window.js';
import { Random } from '../../../support/random.js';
import { containerBody, rpcResult, type PeerMessage } from '../../../support/session-peer.js';
import { answer, Rig } from './rig.js';

/** Bodies of updates that were told since this was last asked. */
function updates(rig: Rig): number[] {
  return rig
    .newEvents()
    .flatMap((event) => (event.type === 'update' ? [event.body[4] as number] : []));
}

function acked(rig: Rig): bigint[] {
  rig.wait(5_000);
  return rig.service<Ack>('msgs_ack').flatMap(({ msgIds }) => msgIds);
}

describe('session id', () => {
  it('msg/session-id: a packet of a foreign session is refused, and the next one is handled', () => {
    const rig = new Rig().start();
    const foreign = rig.peer.seal(rig.peer.message(answer(1)), rig.peer.sessionId + 1n);
    rig.engine.receive(foreign, rig.now);
    expect(rig.refusals()).toEqual(['session-id']);
    rig.say(rig.peer.message(answer(2)));
    expect(updates(rig)).toEqual([2]);
  });

  it('msg/key-id: a packet of an unknown key is refused', () => {
    const rig = new Rig().start();
    const frame = rig.peer.seal(rig.peer.message(answer(1)));
    if (frame.type !== 'packet') throw new Error('no packet');
    frame.bytes[0]! ^= 1;
    rig.engine.receive(frame, rig.now);
    expect(rig.refusals()).toEqual(['auth-key-id']);
  });

  it('unencrypted and short packets outside of a key exchange are refused', () => {
    const rig = new Rig().start();
    rig.engine.receive({ type: 'packet', bytes: new Uint8Array(40) }, rig.now);
    rig.engine.receive({ type: 'packet', bytes: new Uint8Array(4) }, rig.now);
    expect(rig.refusals()).toEqual(['auth-key-id', 'packet-length']);
  });
});

describe('msg/id-parity', () => {
  it('msg/id-parity: an even id is refused, outside and inside a container', () => {
    const rig = new Rig().start();
    const even = rig.peer.id(true) & ~3n;
    rig.say(rig.peer.message(answer(1), { msgId: even }));
    rig.say(rig.peer.message(answer(1), { msgId: even + 2n }));
    rig.say(rig.peer.message(new MsgsAck({ msgIds: [] }), { msgId: even + 4n, content: false }));
    expect(rig.refusals()).toEqual(['message-id-parity', 'message-id-parity', 'message-id-parity']);
    const inner = rig.peer.message(answer(1), { msgId: rig.peer.id(true) & ~1n });
    rig.say(rig.peer.container([inner, rig.peer.message(answer(2))]));
    const events = rig.newEvents().map(({ type }) => type);
    expect(events).toEqual(['refused', 'update']);
  });

  it('msg/id-parity: results are 1 mod 4, updates 3 mod 4', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    rig.say(rig.peer.result(sent!.msgId, answer(1), { answer: false }));
    expect(rig.refusals()).toEqual(['message-id-parity']);
    rig.say(rig.peer.message(answer(1), { answer: true }));
    expect(rig.refusals()).toEqual(['message-id-parity']);
    rig.say(rig.peer.result(sent!.msgId, answer(1)));
    rig.say(rig.peer.message(answer(2)));
    expect(rig.told()).toEqual([`result ${call}`, 'update']);
  });
});

describe('msg/id-time-window', () => {
  it.each([
    [-299, true],
    [-301, false],
    [29, true],
    [31, false],
  ])('msg/id-time-window: a message of %i s is handled: %s', (offset, accepted) => {
    const rig = new Rig().start();
    // As well as the rig's answers tell it, server time is known to the millisecond.
    rig.say(rig.peer.message(answer(1), { msgId: rig.peer.id(false, offset) }));
    const events = rig.newEvents();
    expect(events.some(({ type }) => type === 'update')).toBe(accepted);
    const refused = events.flatMap((one) => (one.type === 'refused' ? [one.error] : []));
    expect(refused).toEqual(accepted ? [] : [expect.objectContaining({ code: 'message-id-time' })]);
  });

  it('msg/id-time-window: it goes by server time, not by the wall clock, and only once that is known', () => {
    const rig = new Rig();
    rig.skew = 3_600_000;
    rig.connect();
    rig.flush();
    // Nothing is known: an hour of difference is no reason to refuse.
    rig.say(rig.peer.message(answer(1)));
    expect(updates(rig)).toEqual([1]);
    rig.say(rig.peer.message(new MsgsAck({ msgIds: [] }), { answer: true, content: false }));
    expect(rig.newEvents()).toEqual([{ type: 'time', offset: expect.closeTo(-3_600_000, -2) }]);
    rig.say(rig.peer.message(answer(2)));
    rig.say(rig.peer.message(answer(3), { msgId: rig.peer.id(false, 3600) }));
    expect(rig.newEvents().map(({ type }) => type)).toEqual(['update', 'refused']);
  });

  it('a message that came late, sent anew, does not teach the time', () => {
    const rig = new Rig();
    rig.connect();
    rig.flush();
    rig.say(rig.peer.message(answer(1), { msgId: rig.peer.id(false, -500) }));
    expect(rig.told()).toEqual(['ready', 'update']);
  });

  it('a clock that was set back is found out by messages from the future', () => {
    const rig = new Rig().start();
    const late = [60, 61, 62].map((offset) =>
      rig.peer.message(answer(1), { msgId: rig.peer.id(false, offset) }),
    );
    for (const message of late) rig.say(message);
    expect(rig.told()).toEqual(['refused', 'refused', 'refused', 'time']);
    rig.say(rig.peer.message(answer(1), { msgId: rig.peer.id(false, 63) }));
    expect(updates(rig)).toEqual([1]);
  });
});

describe('replay', () => {
  it('msg/replay-any-id: after 2,000 messages no earlier one reaches a handler', () => {
    const rig = new Rig().start();
    const random = new Random(5);
    const all: PeerMessage[] = [];
    for (let i = 0; i < 2000; i++) {
      const message = rig.peer.message(answer(1));
      all.push(message);
      rig.say(message);
      if (i % 50 === 0) rig.flush();
    }
    expect(updates(rig)).toHaveLength(2000);
    acked(rig);
    const again = new Set<bigint>();
    for (let i = 0; i < 200; i++) {
      const old = all[1001 + random.below(999)]!;
      again.add(old.msgId);
      rig.say(old);
    }
    expect(rig.newEvents()).toEqual([]);
    expect(new Set(acked(rig))).toEqual(again);
  });

  it('msg/replay-too-old: below the oldest of a full window the session begins anew', () => {
    const rig = new Rig().start();
    const old = rig.peer.message(answer(1));
    for (let i = 0; i < 1000; i++) rig.say(rig.peer.message(answer(2)));
    rig.newEvents();
    rig.flush();
    const before = rig.peer.sessionId;
    rig.say(old);
    expect(rig.told()).toEqual(['refused', 'session-failed', 'ready']);
    rig.flush();
    expect(rig.peer.sessionId).not.toBe(before);
  });

  it('msg/replay-inside-container: an inner message is handled once', () => {
    const rig = new Rig().start();
    const one = rig.peer.message(answer(1));
    rig.say(rig.peer.container([one]));
    rig.say(rig.peer.container([one, rig.peer.message(answer(2))]));
    rig.say(one);
    expect(updates(rig)).toEqual([1, 2]);
    const container = rig.peer.container([rig.peer.message(answer(3))]);
    rig.say(container);
    rig.say(container);
    expect(updates(rig)).toEqual([3]);
  });

  it('msg/replay-inside-container: an id not below that of the container is refused', () => {
    const rig = new Rig().start();
    const msgId = rig.peer.id(false);
    const same = rig.peer.message(answer(1), { msgId });
    const higher = rig.peer.message(answer(1), { msgId: msgId + 4n });
    rig.say(
      rig.peer.container([same, higher, rig.peer.message(answer(2), { msgId: msgId - 4n })], {
        msgId,
      }),
    );
    const told = rig.newEvents();
    expect(told.map(({ type }) => type)).toEqual(['refused', 'refused', 'update']);
  });

  it('msg/replay-inside-container: a seqno that is negative or above that of the container is refused', () => {
    const rig = new Rig().start();
    const negative = rig.peer.message(answer(1), { seqNo: -1 });
    const high = rig.peer.message(answer(1), { seqNo: 1001 });
    const good = rig.peer.message(answer(2), { seqNo: 1000 });
    rig.say(rig.peer.container([negative, high, good], { seqNo: 1000 }));
    const told = rig.newEvents();
    expect(told.map((one) => (one.type === 'refused' ? one.error : one.type))).toEqual([
      expect.objectContaining({ code: 'seqno' }),
      expect.objectContaining({ code: 'seqno' }),
      'update',
    ]);
  });

  it('the window keeps exactly its size, in order', () => {
    const window = new ReplayWindow(3);
    expect([8n, 4n, 12n].map((id) => window.accept(id))).toEqual(['new', 'new', 'new']);
    expect(window.accept(2n)).toBe('too-old');
    expect(window.accept(4n)).toBe('seen');
    expect(window.accept(6n)).toBe('new');
    // 4 fell out, 6 is the oldest now.
    expect(window.accept(4n)).toBe('too-old');
    expect([6n, 8n, 12n].map((id) => window.accept(id))).toEqual(['seen', 'seen', 'seen']);
    expect([5n, 6n, 7n, 13n].map((id) => window.stateOf(id))).toEqual([
      'too-old',
      'seen',
      'missing',
      'higher',
    ]);
  });
});

describe('msg/container-limits', () => {
  it('msg/container-limits: 1020 messages are handled, 1021 refused', () => {
    const rig = new Rig({}).start();
    const many = (count: number): PeerMessage[] =>
      Array.from({ length: count }, () => rig.peer.message(answer(1)));
    rig.say(rig.peer.container(many(1021)));
    expect(rig.refusals()).toEqual(['container']);
    const rig2 = new Rig().start();
    rig2.say(rig2.peer.container(Array.from({ length: 1020 }, () => rig2.peer.message(answer(1)))));
    expect(updates(rig2)).toHaveLength(1020);
  });

  it('msg/container-limits: a container in a container is refused, its neighbour handled', () => {
    const rig = new Rig().start();
    const nested = rig.peer.container([rig.peer.message(answer(1))]);
    const packed = rig.peer.message(
      new GzipPacked({ packedData: gzipSync(containerBody([rig.peer.message(answer(1))])) }),
    );
    rig.say(rig.peer.container([nested, packed, rig.peer.message(answer(2))]));
    const told = rig.newEvents();
    expect(told.map((one) => (one.type === 'refused' ? one.error : one.type))).toEqual([
      expect.objectContaining({ code: 'container' }),
      expect.objectContaining({ code: 'container' }),
      'update',
    ]);
  });

  it('msg/container-limits: lengths outside of the container and trailing bytes are refused', () => {
    const rig = new Rig().start();
    const whole = (): Uint8Array => containerBody([rig.peer.message(answer(1))]);
    const withLength = (length: number): Uint8Array => {
      const body = whole();
      new DataView(body.buffer).setInt32(20, length, true);
      return body;
    };
    const bad = [
      whole().subarray(0, 4),
      whole().subarray(0, 20),
      whole().subarray(0, 28),
      withLength(-4),
      withLength(0),
      withLength(6),
      withLength(4),
      withLength(12),
      withLength(0x7ffffffc),
      new Uint8Array([...whole(), 0, 0, 0, 0]),
    ];
    // Together the lengths add up; each alone is no length of TL.
    const odd = { msgId: 1n, seqNo: 0, body: new Uint8Array(6) };
    for (const body of [...bad, containerBody([odd, odd])]) {
      rig.say(rig.peer.message(body, { content: false }));
      expect(rig.newEvents()).toEqual([
        { type: 'refused', error: expect.objectContaining({ code: 'container' }) },
      ]);
    }
    rig.say(rig.peer.message(whole(), { content: false }));
    expect(updates(rig)).toEqual([1]);
  });

  it('msg/container-limits: a gzip bomb and too deep gzip are refused, neighbours handled', () => {
    const rig = new Rig().start();
    const bomb = new GzipPacked({ packedData: gzipSync(new Uint8Array(33 * 1024 * 1024)) });
    const half = new GzipPacked({ packedData: gzipSync(new Uint8Array(20 * 1024 * 1024)) });
    const wrap = (body: Uint8Array): Uint8Array => {
      const packed = gzipSync(body);
      const bytes = new Uint8Array(4 + 4 + packed.length + ((4 - (packed.length & 3)) & 3));
      const view = new DataView(bytes.buffer);
      view.setUint32(0, GzipPacked.id, true);
      view.setUint32(4, 254 | (packed.length << 8), true);
      bytes.set(packed, 8);
      return bytes;
    };
    const deep = wrap(wrap(wrap(wrap(answer(1)))));
    rig.say(rig.peer.container([rig.peer.message(bomb), rig.peer.message(answer(1))]));
    rig.say(rig.peer.container([rig.peer.message(deep), rig.peer.message(answer(2))]));
    rig.say(rig.peer.message(wrap(wrap(wrap(answer(3))))));
    rig.say(rig.peer.message(new Uint8Array([...wrap(answer(4)), 0, 0, 0, 0])));
    // Each fits alone; together they do not.
    rig.say(rig.peer.container([rig.peer.message(half), rig.peer.message(half)]));
    const told = rig.newEvents().map((one) => {
      if (one.type === 'refused') return (one.error as { code?: string }).code;
      return one.type === 'update' ? one.body.length : one.type;
    });
    const zeros = 20 * 1024 * 1024;
    expect(told).toEqual(['gunzip', 8, 'too-deep', 8, 8, 'trailing-bytes', zeros, 'gunzip']);
  });
});

describe('one bad message and its neighbours', () => {
  it('gramjs 11: an error in a container does not keep the following result and update', () => {
    const rig = new Rig().start();
    const [first, second] = [rig.call(1), rig.call(2)];
    const [one, two] = rig.requests();
    rig.say(
      rig.peer.container([
        rig.peer.error(one!.msgId, 420, 'FLOOD_WAIT_7'),
        rig.peer.result(two!.msgId, answer(1)),
        rig.peer.message(answer(3)),
      ]),
    );
    expect(rig.newEvents()).toEqual([
      { type: 'error', call: first, code: 420, message: 'FLOOD_WAIT_7' },
      { type: 'result', call: second, body: answer(1) },
      expect.objectContaining({ type: 'update', body: answer(3) }),
    ]);
  });

  it('gramjs 11: a damaged service message is refused and acknowledged alone', () => {
    const rig = new Rig().start();
    const damaged = rig.peer.message(
      new Uint8Array([...new Uint8Array(new Uint32Array([MsgsAck.id]).buffer), 1, 2, 3, 4]),
    );
    const copy = rig.peer.message(
      new MsgCopy({
        origMessage: new Message({
          msgId: 1n,
          seqno: 1,
          bytes: 4,
          body: new RpcError({ errorCode: 1, errorMessage: '' }),
        }),
      }),
    );
    const good = rig.peer.message(answer(1));
    rig.say(rig.peer.container([damaged, copy, good]));
    expect(rig.told()).toEqual(['refused', 'refused', 'update']);
    expect(acked(rig)).toEqual([damaged.msgId, good.msgId]);
  });

  it('a result that cannot be read settles its call, and only that', () => {
    const rig = new Rig().start();
    const calls = [rig.call(1), rig.call(2), rig.call(3)];
    const [one, two, three] = rig.requests();
    const broken = new GzipPacked({ packedData: new Uint8Array([1, 2, 3]) });
    rig.say(
      rig.peer.container([
        rig.peer.result(one!.msgId, broken),
        rig.peer.result(two!.msgId, new Uint8Array(0)),
        rig.peer.message(rpcResult(0n, new Uint8Array(0)).subarray(0, 8), { answer: true }),
        rig.peer.result(three!.msgId, answer(3)),
      ]),
    );
    const told = rig.newEvents();
    expect(told.filter(({ type }) => type === 'refused')).toHaveLength(3);
    expect(told.filter(({ type }) => type !== 'refused')).toEqual([
      expect.objectContaining({ type: 'lost', call: calls[0], mayHaveRun: true }),
      expect.objectContaining({ type: 'lost', call: calls[1], mayHaveRun: true }),
      { type: 'result', call: calls[2], body: answer(3) },
    ]);
  });

  it('msg/fuzz-handle: hostile bytes inside the encryption never throw, and the session goes on', () => {
    const rig = new Rig().start();
    const random = new Random(3);
    for (let i = 0; i < 3000; i++) {
      const call = random.chance(20) ? rig.call(1) : null;
      const [sent] = call === null ? [] : rig.requests();
      const valid = containerBody([
        rig.peer.result(sent?.msgId ?? 1n, answer(1), { seqNo: 1 }),
        rig.peer.message(new MsgsAck({ msgIds: [1n, 2n] }), { seqNo: 2 }),
      ]);
      const body = valid.slice();
      for (let n = random.below(4); n >= 0; n--) body[random.below(body.length)] = random.next();
      rig.say(
        rig.peer.message(random.chance(50) ? body : body.subarray(0, random.below(20) * 4), {
          answer: random.chance(50),
        }),
      );
      // Ids from long ago end sessions; too many of those end connections.
      if (rig.told().includes('reconnect')) rig.connect();
      rig.flush();
    }
    rig.say(rig.peer.message(answer(9)));
    expect(updates(rig)).toEqual([9]);
  });
});
