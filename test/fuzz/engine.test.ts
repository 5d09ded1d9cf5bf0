import { encode } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealPlain } from '../../packages/runtime/src/session/index.js';
import { RUNS, SEED } from '../support/random.js';
import type { SessionPeer } from '../support/session-peer.js';
import { BOOL_TRUE } from '../unit/runtime/session/pfs-rig.js';
import { bodies, type MakeBody } from './bodies.js';
import { FuzzRig } from './engine-rig.js';

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

/** What may happen to a client, besides what it does itself. */
type Step =
  | { readonly type: 'raw'; readonly bytes: Uint8Array }
  | { readonly type: 'plain'; readonly bytes: Uint8Array; readonly msgId: bigint }
  | {
      readonly type: 'sealed';
      readonly make: MakeBody;
      readonly rest: number;
      readonly seqNo: number;
      readonly ahead: number;
    }
  | { readonly type: 'error'; readonly code: number }
  | { readonly type: 'quick-ack'; readonly token: number }
  | { readonly type: 'call' | 'idle' | 'take' | 'cut' | 'cancel' }
  | { readonly type: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => ({ type: 'raw' as const, bytes })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('plain' as const),
      msgId: long,
      bytes: fc
        .uint8Array({ minLength: 4, maxLength: 120 })
        .map((one) => one.slice(0, one.length & ~3)),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      type: fc.constant('sealed' as const),
      make: bodies,
      rest: fc.constantFrom(1, 1, 3, 3, 3, 0, 2),
      seqNo: fc.oneof(fc.nat(9), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
      ahead: fc.constantFrom(0, 0, 0, 0, 0, 20, -200, 100, -1000, 1e6, -1e6),
    }),
  },
  // -444 says that no connection will ever do: the client believes it.
  {
    weight: 1,
    arbitrary: fc
      .oneof(fc.constantFrom(-404, -429, -1, 0), fc.integer())
      .map((code) => ({ type: 'error' as const, code: code === -444 ? -445 : code })),
  },
  {
    weight: 1,
    arbitrary: fc.nat(0xffff_ffff).map((token) => ({ type: 'quick-ack' as const, token })),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('call', 'idle', 'take', 'take', 'cut', 'cancel')
      .map((type) => ({ type })) as fc.Arbitrary<Step>,
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(0, 100, 6_000, 70_000).map((ms) => ({ type: 'wait' as const, ms })),
  },
);

function take(rig: FuzzRig, peer: SessionPeer | null, one: Step): void {
  const { engine } = rig;
  switch (one.type) {
    case 'raw':
      return engine.receive({ type: 'packet', bytes: one.bytes }, rig.now);
    case 'plain':
      return engine.receive({ type: 'packet', bytes: sealPlain(one.msgId, one.bytes) }, rig.now);
    case 'sealed': {
      if (peer === null) return;
      const msgId = (peer.id(false, one.ahead) & ~3n) | BigInt(one.rest);
      const message = { msgId, seqNo: one.seqNo, body: one.make(rig.ids) };
      return engine.receive(peer.seal(message), rig.now);
    }
    case 'error':
      return engine.receive({ type: 'error', code: one.code }, rig.now);
    case 'quick-ack':
      return engine.receive({ type: 'quick-ack', token: one.token }, rig.now);
    case 'call':
      return void rig.call(2, { quickAck: true });
    case 'cancel':
      return engine.cancel(1, rig.now);
    case 'idle':
      return engine.idle(rig.now);
    case 'take':
      return void rig.silent();
    case 'cut':
      return rig.reconnect();
    case 'wait':
      return rig.wait(one.ms);
  }
}

/** Brings a client to a place in its life. @returns the server of its session, if there is one. */
type Begin = (rig: FuzzRig) => SessionPeer | null;

const BEGINNINGS: Readonly<Record<string, Begin>> = {
  'without a connection': () => null,
  'before resPQ': (rig) => {
    rig.connect();
    rig.engine.takePackets(rig.now);
    return null;
  },
  'before the verdict on its key': (rig) => {
    rig.connect();
    for (let i = 0; i < 2; i++) {
      for (const { bytes } of rig.engine.takePackets(rig.now)) {
        const { reply } = rig.handshake.receive(bytes);
        if (reply) rig.engine.receive({ type: 'packet', bytes: reply }, rig.now);
      }
    }
    rig.engine.takePackets(rig.now);
    return null;
  },
  'while its temporary key is bound': (rig) => {
    rig.connect();
    const { peer, msgId } = rig.untilBind();
    rig.ids = [msgId];
    return peer;
  },
  'in a session': (rig) => {
    rig.connect();
    const { peer, msgId } = rig.untilBind();
    rig.engine.receive(peer.seal(peer.result(msgId, BOOL_TRUE)), rig.now);
    for (let i = 0; i < 3; i++) rig.call(2, { after: i === 0 ? undefined : i });
    rig.silent();
    return peer;
  },
};

describe('a client in the hands of a hostile server', () => {
  for (const [where, begin] of Object.entries(BEGINNINGS)) {
    const name = `api/no-throw-on-remote: ${where}, anything gives typed events, and then it works`;
    it(name, () => {
      const runs = where === 'in a session' ? 30 : 12;
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
          const rig = new FuzzRig();
          const peer = begin(rig);
          rig.newEvents();
          let settled = 0;
          for (const one of steps) {
            take(rig, peer, one);
            const events = rig.newEvents();
            expect(events.length).toBeLessThan(3000);
            settled += events.filter(({ type }) => /^(?:result|error|lost)$/.test(type)).length;
            const deadline = rig.engine.deadline();
            expect(deadline === null || Number.isFinite(deadline)).toBe(true);
          }
          expect(rig.engine.pendingCalls + settled).toBeLessThanOrEqual(3 + steps.length);
          rig.recover();
        }),
        { seed: SEED, numRuns: runs * RUNS },
      );
    });
  }

  it('msg/fuzz-handle: any body under the right key is refused or handled, one after the other', () => {
    const rig = new FuzzRig();
    const peer = BEGINNINGS['in a session']!(rig)!;
    fc.assert(
      fc.property(bodies, fc.boolean(), fc.nat(3), (make, isAnswer, seqNo) => {
        const body = make(rig.ids);
        const message = { msgId: peer.id(isAnswer), seqNo, body };
        rig.time += 5;
        rig.engine.receive(peer.seal(message), rig.now);
        if (rig.newEvents().some(({ type }) => type === 'reconnect')) rig.reconnect();
        if (rig.engine.pendingCalls < 3) rig.call(2);
        rig.silent();
      }),
      { seed: SEED, numRuns: 800 * RUNS },
    );
    rig.recover();
  });

  it('api/no-throw-on-remote: a server that asks and asks costs no more than it gets', () => {
    const all = Array.from({ length: 8192 }, (_, i) => BigInt(i) * 4n);
    const storms: readonly ((i: number) => Uint8Array)[] = [
      () => encode(new tl.MsgsStateReq({ msgIds: all })),
      () => encode(new tl.MsgResendReq({ msgIds: all })),
      (i) =>
        encode(
          new tl.MsgNewDetailedInfo({ answerMsgId: BigInt(i) * 4n + 3n, bytes: 1, status: 0 }),
        ),
      (i) =>
        encode(new tl.NewSessionCreated({ firstMsgId: BigInt(i), uniqueId: 1n, serverSalt: 1n })),
      (i) => new Uint8Array(Uint32Array.of(0xabcd0000, i).buffer),
    ];
    for (const storm of storms) {
      const rig = new FuzzRig();
      const peer = BEGINNINGS['in a session']!(rig)!;
      for (let i = 0; i < 300; i++) {
        rig.time += 1;
        rig.engine.receive(peer.seal(peer.message(storm(i))), rig.now);
        rig.newEvents();
      }
      let sent = 0;
      let packets = 0;
      for (let more = rig.engine.takePackets(rig.now); more.length > 0;) {
        packets += more.length;
        for (const { bytes } of more) sent += bytes.length;
        expect(packets).toBeLessThan(500);
        more = rig.engine.takePackets(rig.now);
      }
      expect(sent).toBeLessThan(8 << 20);
      rig.recover();
    }
  });
});
