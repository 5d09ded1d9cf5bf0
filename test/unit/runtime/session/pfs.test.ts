import { decode, decodeWith } from '@tlgen/codec';
import { MsgsAck, type BindAuthKeyInner, type DestroySessionRequest } from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { describe, expect, it } from 'vitest';
import { AuthKey, openMessage1 } from '../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import { Random } from '../../../support/random.js';
import { idOf } from '../../../support/session-peer.js';
import { answer, START } from './rig.js';
import { BIND, PfsRig } from './pfs-rig.js';

const storedKey = (): AuthKey => new AuthKey(nodeCrypto, new Random(31).bytes(256));

/** `encrypted_message` of `auth.bindTempAuthKey`. */
function proofIn(request: Uint8Array): Uint8Array {
  return decodeWith(request, registry, (r) => {
    r.fixed(24);
    return r.bytes().slice();
  });
}

describe('pfs/bind', () => {
  it('pfs/bind: both keys are made, the temporary one is bound, then calls flow under it', () => {
    const rig = new PfsRig();
    const call = rig.call(1);
    expect(rig.engine.takePackets(rig.now)).toEqual([]);
    rig.connect();
    const { peer, msgId, body, others } = rig.untilBind();
    const [permanent, temporary] = rig.peers;
    expect(peer).toBe(temporary);
    // Before the key is bound nothing but service messages goes besides.
    expect(others.flatMap(({ messages }) => messages.map((one) => idOf(one.body)))).toEqual([
      BIND,
      expect.any(Number),
    ]);
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    const expiresAt = START / 1000 + 1000;
    expect(view.getBigInt64(4, true)).toBe(permanent!.key.id);
    expect(view.getInt32(20, true)).toBe(expiresAt);
    const inner = openMessage1(nodeCrypto, permanent!.key, 'client', proofIn(body));
    expect(inner.msgId).toBe(msgId);
    expect(inner.seqNo).toBe(0);
    const nonce = view.getBigInt64(12, true);
    expect(decode(inner.body, registry) as BindAuthKeyInner).toMatchObject({
      nonce,
      permAuthKeyId: permanent!.key.id,
      tempAuthKeyId: temporary!.key.id,
      tempSessionId: peer.sessionId,
      expiresAt,
    });
    rig.newEvents();
    rig.engine.receive(
      peer.seal(peer.result(msgId, new Uint8Array(Uint32Array.of(0x997275b5).buffer))),
      rig.now,
    );
    const [sent] = rig.requests();
    expect(sent!.peer).toBe(temporary);
    rig.engine.receive(peer.seal(peer.result(sent!.msgId, answer(1))), rig.now);
    expect(rig.told()).toEqual(['temp-key', 'ready', `result ${call}`]);
    expect(rig.events.map(({ type }) => type).filter((type) => type !== 'time')).toContain(
      'auth-key',
    );
    const made = rig.events.find((event) => event.type === 'auth-key');
    expect(made?.type === 'auth-key' && made.key.id).toBe(permanent!.key.id);
  });

  it('pfs/bind: with PFS on the permanent key never encrypts a packet', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    rig.start();
    for (let i = 0; i < 3; i++) {
      rig.call(i);
      const seen = rig.flush();
      expect(seen.map(({ peer }) => peer)).not.toContain(rig.peers[0]);
      rig.reconnect();
      rig.engine.receive({ type: 'error', code: -404 }, rig.now);
      rig.reconnect();
      rig.bind();
    }
    expect(rig.peers[0]!.sessionId).toBe(0n);
    expect(rig.events.map(({ type }) => type)).not.toContain('auth-key');
  });

  it('pfs/bind: without PFS calls go under the permanent key', () => {
    const rig = new PfsRig({ pfs: false });
    rig.call(1);
    rig.connect();
    const sent = rig.requests();
    expect(sent.map(({ peer }) => peer)).toEqual([rig.peers[0]]);
    expect(rig.peers).toHaveLength(1);
  });

  it('pfs/bind: an answer other than boolTrue does not open the way', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    rig.call(1);
    rig.connect();
    const { peer, msgId } = rig.untilBind();
    rig.engine.receive(peer.seal(peer.result(msgId, answer(1))), rig.now);
    expect(rig.requests()).toEqual([]);
    rig.wait(10_000);
    rig.bind();
    expect(rig.requests()).toHaveLength(1);
    expect(rig.peers).toHaveLength(3);
  });

  it('pfs/bind: a bind request without an answer is written anew, with its new id', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    rig.connect();
    const first = rig.untilBind();
    rig.wait(10_000);
    const second = rig.untilBind();
    expect(second.peer).toBe(first.peer);
    expect(second.msgId).toBeGreaterThan(first.msgId);
    const inner = openMessage1(nodeCrypto, rig.peers[0]!.key, 'client', proofIn(second.body));
    expect(inner.msgId).toBe(second.msgId);
    const { peer, msgId } = second;
    rig.engine.receive(peer.seal(peer.error(msgId, 400, 'TEMP_AUTH_KEY_ALREADY_BOUND')), rig.now);
    expect(rig.told()).toContain('ready');
  });
});

describe('renewal and expiry', () => {
  it('pfs/bind: at 75 % a new key is made; calls under way finish under the old one', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    const old = rig.start();
    rig.time = 748_999;
    rig.reconnect();
    rig.flush();
    const exchanges = rig.plain;
    const first = rig.call(1);
    const [under] = rig.requests();
    expect(under!.peer).toBe(old);
    expect(rig.plain).toBe(exchanges);
    rig.time = 750_000;
    const renewed = rig.bind();
    expect(renewed).not.toBe(old);
    const second = rig.call(2);
    const [next] = rig.requests();
    expect(next!.peer).toBe(renewed);
    rig.newEvents();
    rig.engine.receive(renewed.seal(renewed.result(next!.msgId, answer(2))), rig.now);
    rig.engine.receive(old.seal(old.result(under!.msgId, answer(1))), rig.now);
    expect(rig.told()).toEqual([`result ${second}`, `result ${first}`]);
    // The old session has acknowledged what it got, and is forgotten.
    rig.wait(5_000);
    const acks = rig.flush();
    expect(acks.map(({ peer }) => peer)).toContain(old);
    rig.wait(0);
    const names = [...acks, ...rig.flush()].flatMap(({ messages }) =>
      messages.map(({ body }) => decode(body, registry)),
    );
    const destroy = names.find((one) => one._ === 'destroy_session') as DestroySessionRequest;
    expect(destroy.sessionId).toBe(old.sessionId);
    // What was on its way under the old key is no news.
    rig.engine.receive(old.seal(old.message(answer(3))), rig.now);
    expect(rig.told()).toEqual([]);
  });

  it('pfs/bind: a chain that began under the old key waits there', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    const old = rig.start();
    const first = rig.call(1);
    const [under] = rig.requests();
    rig.time = 750_000;
    rig.reconnect();
    const renewed = rig.bind();
    rig.call(2, { after: first });
    expect(rig.requests()).toEqual([]);
    rig.engine.receive(old.seal(old.result(under!.msgId, answer(1))), rig.now);
    expect(rig.requests().map(({ number, peer }) => [number, peer])).toEqual([[2, renewed]]);
  });

  it('pfs/bind: when the key expires, only reads under way go again', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    const old = rig.start();
    const [acknowledged, unknown, read] = [
      rig.call(1),
      rig.call(2),
      rig.call(3, { repeatable: true }),
    ];
    const [sent] = rig.requests();
    const ack = old.message(new MsgsAck({ msgIds: [sent!.msgId] }), {
      answer: true,
      content: false,
    });
    rig.engine.receive(old.seal(ack), rig.now);
    rig.newEvents();
    rig.engine.disconnected(rig.now);
    rig.wait(999_000);
    expect(rig.told()).toEqual([]);
    rig.wait(1_000);
    expect(rig.newEvents()).toEqual([
      expect.objectContaining({ type: 'lost', call: acknowledged, mayHaveRun: true }),
      expect.objectContaining({ type: 'lost', call: unknown, mayHaveRun: true }),
    ]);
    rig.connect();
    const renewed = rig.bind();
    const [again] = rig.requests();
    expect([again!.number, again!.peer]).toEqual([3, renewed]);
    rig.newEvents();
    rig.engine.receive(renewed.seal(renewed.result(again!.msgId, answer(3))), rig.now);
    expect(rig.told()).toEqual([`result ${read}`]);
  });
});

describe('keys the server does not know', () => {
  it('pfs/bind: -404 drops the temporary key only; what it never saw goes again', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    rig.start();
    rig.reconnect();
    rig.flush();
    const call = rig.call(1);
    rig.requests();
    rig.newEvents();
    rig.engine.receive({ type: 'error', code: -404 }, rig.now);
    expect(rig.told()).toEqual(['reconnect']);
    expect(rig.flush()).toEqual([]);
    rig.reconnect();
    const renewed = rig.bind();
    const [again] = rig.requests();
    expect(again!.number).toBe(1);
    rig.engine.receive(renewed.seal(renewed.result(again!.msgId, answer(1))), rig.now);
    expect(rig.told()).toEqual(['temp-key', 'ready', `result ${call}`]);
  });

  it('pfs/bind: -404 under a key that just worked proves nothing about what was sent before', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    rig.start();
    const [write, read] = [rig.call(1), rig.call(2, { repeatable: true })];
    rig.requests();
    rig.engine.receive({ type: 'error', code: -404 }, rig.now);
    expect(rig.told()).toEqual([`lost ${write}`, 'reconnect']);
    rig.reconnect();
    rig.bind();
    expect(rig.requests().map(({ number }) => number)).toEqual([2]);
    expect(read).toBeGreaterThan(write);
  });

  it('pfs/bind: a call sent over an earlier connection may have run', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    rig.start();
    const call = rig.call(1);
    rig.requests();
    rig.reconnect();
    rig.flush();
    rig.newEvents();
    rig.engine.receive({ type: 'error', code: -404 }, rig.now);
    expect(rig.newEvents()[0]).toMatchObject({ type: 'lost', call, mayHaveRun: true });
  });

  it('pfs/bind: ENCRYPTED_MESSAGE_INVALID with a young key is tried again with new temporary keys', () => {
    const rig = new PfsRig();
    rig.connect();
    rig.refuseBind('ENCRYPTED_MESSAGE_INVALID');
    expect(rig.flush()).toEqual([]);
    for (let i = 0; i < 3; i++) {
      rig.wait(6_000);
      rig.refuseBind('ENCRYPTED_MESSAGE_INVALID');
    }
    rig.wait(6_000);
    rig.bind();
    const told = rig.told();
    expect(told).not.toContain('auth-key-lost');
    expect(told).toContain('ready');
    expect(rig.peers).toHaveLength(6);
  });

  it('pfs/bind: with a key refused for ever the tries end in a new connection', () => {
    const rig = new PfsRig();
    rig.connect();
    for (let i = 0; i < 5; i++) {
      rig.refuseBind('ENCRYPTED_MESSAGE_INVALID');
      rig.wait(6_000);
    }
    expect(rig.told().slice(-2)).toEqual(['handshake-failed', 'reconnect']);
  });

  it('pfs/bind: with an old key it is verified once over a new connection, then the key is lost', () => {
    const key = storedKey();
    const rig = new PfsRig({ authKey: key });
    rig.call(1);
    rig.connect();
    rig.refuseBind('ENCRYPTED_MESSAGE_INVALID');
    expect(rig.told().filter((type) => type !== 'time')).toEqual(['reconnect']);
    rig.reconnect();
    rig.refuseBind('ENCRYPTED_MESSAGE_INVALID');
    expect(rig.newEvents()).toEqual([
      { type: 'auth-key-lost', keyId: key.id },
      { type: 'reconnect', reason: expect.any(String) },
    ]);
    rig.reconnect();
    rig.bind();
    expect(rig.told()).toEqual(['auth-key', 'temp-key', 'ready']);
    expect(rig.requests().map(({ number }) => number)).toEqual([1]);
  });

  it('pfs/bind: an old key that is verified is kept', () => {
    const rig = new PfsRig({ authKey: storedKey() });
    rig.connect();
    for (let i = 0; i < 3; i++) {
      rig.refuseBind('ENCRYPTED_MESSAGE_INVALID');
      rig.reconnect();
      rig.bind();
      rig.engine.receive({ type: 'error', code: -404 }, rig.now);
      rig.reconnect();
    }
    expect(rig.told()).not.toContain('auth-key-lost');
  });

  it('pfs off: -404 is believed when it comes twice without a word between', () => {
    const key = storedKey();
    const rig = new PfsRig({ authKey: key, pfs: false });
    const call = rig.call(1);
    rig.connect();
    rig.flush();
    rig.newEvents();
    rig.engine.receive({ type: 'error', code: -404 }, rig.now);
    expect(rig.told()).toEqual(['reconnect']);
    rig.reconnect();
    const peer = rig.peers[0]!;
    rig.flush();
    rig.engine.receive(peer.seal(peer.message(answer(1))), rig.now);
    rig.engine.receive({ type: 'error', code: -404 }, rig.now);
    expect(rig.told()).toEqual(['ready', 'update', 'reconnect']);
    rig.reconnect();
    rig.flush();
    rig.newEvents();
    rig.engine.receive({ type: 'error', code: -404 }, rig.now);
    expect(rig.told()).toEqual([`lost ${call}`, 'auth-key-lost', 'reconnect']);
    rig.reconnect();
    rig.flush();
    expect(rig.told().filter((type) => type !== 'time')).toEqual(['auth-key', 'ready']);
  });
});

describe('the key exchange within an engine', () => {
  it('goes on over a new connection', () => {
    const rig = new PfsRig();
    rig.connect();
    rig.engine.takePackets(rig.now);
    rig.reconnect();
    rig.bind();
    expect(rig.told().filter((type) => type !== 'time')).toEqual(['auth-key', 'temp-key', 'ready']);
  });

  it('that is refused asks for a new connection and begins anew there', () => {
    let refused = 0;
    const rig = new PfsRig({}, { refuseParams: () => refused++ === 0 });
    rig.connect();
    expect(rig.flush()).toEqual([]);
    expect(rig.told().filter((type) => type !== 'time')).toEqual(['handshake-failed', 'reconnect']);
    rig.reconnect();
    rig.bind();
    expect(rig.told()).toContain('ready');
  });

  it('that gets no answer times out', () => {
    const rig = new PfsRig();
    rig.connect();
    expect(rig.engine.takePackets(rig.now)).toHaveLength(1);
    const deadline = rig.engine.deadline()!;
    rig.wait(deadline);
    expect(rig.told()).toEqual(['handshake-failed', 'reconnect']);
    expect(rig.engine.deadline()).toBeNull();
  });

  it('with no RSA key in common is fatal', () => {
    const rig = new PfsRig({ rsaKeys: [] });
    rig.connect();
    rig.flush();
    expect(rig.newEvents().at(-1)).toMatchObject({ type: 'handshake-failed', fatal: true });
    expect(rig.engine.deadline()).toBeNull();
  });

  it('-404 during it, -429 and -444', () => {
    const rig = new PfsRig();
    rig.connect();
    rig.engine.receive({ type: 'error', code: -404 }, rig.now);
    expect(rig.told()).toEqual(['handshake-failed', 'reconnect']);
    rig.connect();
    rig.engine.receive({ type: 'error', code: -429 }, rig.now);
    expect(rig.newEvents()).toEqual([{ type: 'reconnect', reason: 'transport error -429' }]);
    rig.connect();
    rig.engine.receive({ type: 'error', code: -444 }, rig.now);
    expect(rig.newEvents()).toMatchObject([{ type: 'handshake-failed', fatal: true }]);
    expect(rig.flush()).toEqual([]);
  });

  it('a renewal that fails leaves the old key in use and is tried again later', () => {
    let fail = false;
    const rig = new PfsRig({ authKey: storedKey() }, { refuseParams: () => fail });
    const old = rig.start();
    fail = true;
    rig.time = 760_000;
    rig.reconnect();
    rig.flush();
    expect(rig.told()).toEqual(['ready', 'handshake-failed']);
    rig.call(1);
    expect(rig.requests().map(({ peer }) => peer)).toEqual([old]);
    fail = false;
    rig.reconnect();
    rig.wait(30_000);
    expect(rig.bind()).not.toBe(old);
  });
});
