import { MsgsAck } from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { onMessage, flipped } from '../unit/runtime/session/handshake/support.js';
import { PfsRig } from '../unit/runtime/session/pfs-rig.js';
import { answer, Rig } from '../unit/runtime/session/rig.js';
import { deliver, packet } from './packets.js';

describe('what is refused', () => {
  it('guideline/mismatch: hurts none of its neighbours in a container', () => {
    const rig = new Rig().start();
    const call = rig.call(1);
    const [sent] = rig.requests();
    const good = (number: number) => rig.peer.message(answer(number));
    const bad = [
      rig.peer.message(answer(90), { msgId: rig.peer.id(false) & ~3n }),
      rig.peer.message(answer(91), { seqNo: -1 }),
      rig.peer.message(answer(92), { msgId: rig.peer.id(false, 20) }),
      rig.peer.message(rig.peer.container([good(93)]).body),
      rig.peer.message(new Uint8Array(Uint32Array.of(MsgsAck.id, 1, 2).buffer)),
      rig.peer.result(sent!.msgId, answer(94), { msgId: rig.peer.id(false) }),
    ];
    const messages = [
      good(1),
      ...bad.flatMap((one, i) => [one, good(i + 2)]),
      rig.peer.result(sent!.msgId, answer(50)),
    ];
    const events = deliver(rig, packet(rig, rig.peer.container(messages)));
    const updates = events.flatMap((one) => (one.type === 'update' ? [one.body[4]] : []));
    expect(updates).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(events.filter(({ type }) => type === 'refused')).toHaveLength(bad.length);
    expect(events.at(-1)).toEqual({ type: 'result', call, body: answer(50) });
    // None of this makes the connection suspect.
    expect(events.map(({ type }) => type)).not.toContain('reconnect');
  });

  it('guideline/mismatch: is answered with nothing', () => {
    const rig = new Rig().start();
    const even = rig.peer.message(answer(1), { msgId: rig.peer.id(false) & ~3n });
    const late = rig.peer.message(answer(2), { msgId: rig.peer.id(false, -400) });
    const early = rig.peer.message(answer(2), { msgId: rig.peer.id(false, 50) });
    for (const one of [even, late, early]) deliver(rig, packet(rig, one));
    deliver(rig, packet(rig, rig.peer.message(answer(3)), { sessionId: 7n }));
    rig.wait(20_000);
    expect(rig.service('msgs_ack')).toEqual([]);
    // A message that is handled is acknowledged.
    const right = rig.peer.message(answer(4));
    deliver(rig, packet(rig, right));
    rig.wait(20_000);
    expect(rig.service<MsgsAck>('msgs_ack').map(({ msgIds }) => msgIds)).toEqual([[right.msgId]]);
  });

  it('guideline/mismatch: bytes that cannot be trusted end the connection; the next one brings the answer, once', () => {
    const faults: readonly ((bytes: Uint8Array) => Uint8Array)[] = [
      (bytes) => flipped(bytes, 70),
      (bytes) => flipped(bytes, bytes.length * 8 - 1),
      (bytes) => bytes.subarray(0, bytes.length - 16),
      (bytes) => bytes.subarray(0, bytes.length - 4),
      (bytes) => bytes.subarray(0, 4),
    ];
    for (const [i, fault] of faults.entries()) {
      const rig = new Rig().start();
      const call = rig.call(1);
      const [sent] = rig.requests();
      const result = packet(rig, rig.peer.result(sent!.msgId, answer(1)));
      rig.engine.receive({ type: 'packet', bytes: fault(result) }, rig.now);
      expect(rig.told(), `fault ${i}`).toEqual(['refused', 'reconnect']);
      // Nothing goes out any more, and what still comes in is no answer.
      expect(rig.flush(), `fault ${i}`).toEqual([]);
      rig.cut();
      rig.connect();
      rig.flush();
      rig.newEvents();
      rig.engine.receive({ type: 'packet', bytes: result }, rig.now);
      rig.engine.receive({ type: 'packet', bytes: result }, rig.now);
      expect(rig.told(), `fault ${i}`).toEqual([`result ${call}`]);
    }
  });

  it('guideline/mismatch: wrong lengths and padding under the right key end the connection as well', () => {
    for (const claims of [{ length: -4 }, { length: 4096 }, { room: 2048 }]) {
      const rig = new Rig().start();
      const message = rig.peer.message(answer(1));
      const bytes = packet(rig, message, claims);
      rig.engine.receive({ type: 'packet', bytes }, rig.now);
      expect(rig.told()).toEqual(['refused', 'reconnect']);
      rig.cut();
      rig.connect();
      rig.flush();
      rig.newEvents();
      rig.say(message);
      expect(rig.told()).toEqual(['update']);
    }
  });

  it('guideline/mismatch: a key exchange with a fault begins anew over another connection', () => {
    let faults = 1;
    const rig = new PfsRig(
      { pfs: false },
      onMessage('dh_gen_ok', ({ newNonceHash1 }) => ({
        newNonceHash1: faults-- > 0 ? flipped(newNonceHash1 as Uint8Array, 9) : newNonceHash1,
      })),
    );
    rig.call(1);
    rig.connect();
    expect(rig.requests()).toEqual([]);
    expect(rig.told()).toEqual(['time', 'handshake-failed', 'reconnect']);
    const suspect = rig.peers[0]!.key.id;
    rig.reconnect();
    const [sent] = rig.requests();
    expect(sent!.number).toBe(1);
    // With a key of its own: nothing of the one that failed is used.
    expect(sent!.peer.key.id).not.toBe(suspect);
    expect(rig.told()).toEqual(['auth-key', 'ready']);
  });
});
