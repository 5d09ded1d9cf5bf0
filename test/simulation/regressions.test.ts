import { encode } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { FaultBoard } from '../../packages/local-dc/src/faults/index.js';
import { MessageIds } from '../../packages/runtime/src/session/message-ids.js';
import { Pinger } from '../../packages/runtime/src/session/timing/ping.js';
import { simulate } from '../support/simulation/run.js';
import { greeted, request as ask, server, TestClient } from '../unit/local-dc/protocol/support.js';
import { answer, request, Rig, START } from '../unit/runtime/session/rig.js';

/*
 * What the simulation found, each by itself.
 */

const quiet = { answer: true, content: false };
const PREFIX = new Uint8Array(new Uint32Array([1, 2, 3, 4]).buffer);

function bad(message: { msgId: bigint; seqNo: number }, errorCode: number): tl.BadMsgNotification {
  return new tl.BadMsgNotification({
    badMsgId: message.msgId,
    badMsgSeqno: message.seqNo,
    errorCode,
  });
}

describe('session', () => {
  it('an update under the temporary key that was just left was refused with a warning', async () => {
    const { problems } = await simulate(777_829);
    expect(problems).toEqual([]);
  });

  it('a call that was not acknowledged ran twice when the server lost an established session', () => {
    const rig = new Rig().start();
    const [write, read] = [rig.call(1), rig.call(2, { repeatable: true })];
    const sent = rig.requests();
    rig.newEvents();
    const created = new tl.NewSessionCreated({
      firstMsgId: sent.at(-1)!.msgId + 400n,
      uniqueId: 2n,
      serverSalt: 0n,
    });
    rig.say(rig.peer.message(created));
    expect(rig.newEvents()).toContainEqual(
      expect.objectContaining({ type: 'lost', call: write, mayHaveRun: true }),
    );
    expect(rig.requests().map(({ body }) => body)).toEqual([request(2)]);
    expect(read).toBeGreaterThan(write);
  });

  it('a call that waited to be repeated and was cancelled then was said not to have run', () => {
    const rig = new Rig().start();
    const call = rig.call(1, { repeatable: true });
    const [sent] = rig.requests();
    rig.newEvents();
    const firstMsgId = sent!.msgId + 400n;
    const created = new tl.NewSessionCreated({ firstMsgId, uniqueId: 2n, serverSalt: 0n });
    rig.say(rig.peer.message(created));
    rig.engine.cancel(call, rig.now);
    expect(rig.newEvents()).toContainEqual(
      expect.objectContaining({ type: 'lost', call, mayHaveRun: true }),
    );
  });

  it('the same new_session_created under another id brought an old salt back', () => {
    const rig = new Rig().start();
    rig.call(1);
    const [sent] = rig.requests();
    const salt = new tl.BadServerSalt({
      badMsgId: sent!.msgId,
      badMsgSeqno: sent!.seqNo,
      errorCode: 48,
      newServerSalt: 99n,
    });
    rig.say(rig.peer.message(salt, quiet));
    rig.flush();
    const again = new tl.NewSessionCreated({ firstMsgId: 4n, uniqueId: 1n, serverSalt: 0n });
    rig.say(rig.peer.message(again));
    rig.call(2);
    expect(rig.flush().at(-1)!.salt).toBe(99n);
  });

  it('MSG_WAIT_FAILED was taken for a proof that the server knows layer and application', () => {
    const rig = new Rig({ prefix: () => PREFIX }).start();
    rig.call(1);
    rig.say(rig.peer.result(rig.requests()[0]!.msgId, answer(1)));
    const first = rig.call(2);
    rig.call(3, { after: first });
    const [one, two] = rig.requests();
    rig.say(rig.peer.error(one!.msgId, 400, 'CONNECTION_NOT_INITED'));
    rig.say(rig.peer.error(two!.msgId, 400, 'MSG_WAIT_FAILED'));
    const [again] = rig.requests();
    expect(again!.body).toEqual(new Uint8Array([...PREFIX, ...request(2)]));
  });

  it('MSG_WAIT_TIMEOUT failed a call whose predecessor had come through', () => {
    const rig = new Rig().start();
    const first = rig.call(1);
    const second = rig.call(2, { after: first });
    const [one, two] = rig.requests();
    rig.say(rig.peer.result(one!.msgId, answer(1)));
    rig.say(rig.peer.error(two!.msgId, -503, 'MSG_WAIT_TIMEOUT'));
    const [again] = rig.requests();
    expect(again!.body).toEqual(request(2));
    rig.newEvents();
    rig.say(rig.peer.result(again!.msgId, answer(2)));
    expect(rig.told()).toEqual([`result ${second}`]);
  });

  it('a call was tried up to its end while the one before it waited for an answer that was lost', () => {
    const rig = new Rig().start();
    const first = rig.call(1);
    const second = rig.call(2, { after: first });
    const [one, two] = rig.requests();
    rig.newEvents();
    rig.say(rig.peer.error(two!.msgId, 400, 'MSG_WAIT_FAILED'));
    expect(rig.requests()).toEqual([]);
    rig.say(rig.peer.result(one!.msgId, answer(1)));
    const [again] = rig.requests();
    rig.say(rig.peer.result(again!.msgId, answer(2)));
    expect(rig.told()).toEqual([`result ${first}`, `result ${second}`]);
  });

  it('over http nothing let the server speak after a reconnect without calls', () => {
    const rig = new Rig();
    rig.connect(true);
    expect(rig.service('http_wait')).toHaveLength(1);
    rig.cut();
    rig.time += 10_000;
    rig.connect(true);
    expect(rig.service('http_wait')).toHaveLength(1);
  });

  it('pings more frequent than the longest wait put off the end of a dead connection for ever', () => {
    const pinger = new Pinger(20);
    pinger.start(0);
    pinger.sent(1n, 0);
    pinger.heard(9_000);
    pinger.pong(1n, 9_000);
    const steps: string[] = [];
    for (let now = 10_000; now < 120_000; now += 1000) {
      const step = pinger.step(now);
      if (step === 'ping') pinger.sent(BigInt(now), now);
      if (step !== null) steps.push(`${step} ${now}`);
      if (step === 'dead') break;
    }
    expect(steps).toEqual(['ping 16000', 'ping 32000', 'dead 46000']);
  });

  it('a session that failed before the server had forgotten the one before it left that one behind', () => {
    const rig = new Rig().start();
    const first = rig.peer.sessionId;
    rig.call(1, { repeatable: true });
    const [one] = rig.requests();
    rig.say(rig.peer.message(bad(one!, 32), quiet));
    const [packet] = rig.flush();
    const second = rig.peer.sessionId;
    const refused = packet!.messages.find(({ seqNo }) => seqNo % 2 === 1)!;
    rig.say(rig.peer.message(bad(refused, 32), quiet));
    const left = rig.service<tl.DestroySessionRequest>('destroy_session');
    expect(left.map(({ sessionId }) => sessionId).sort()).toEqual([first, second].sort());
  });

  it('message ids that begin anew were used in sessions that had seen higher ones', () => {
    const ids = new MessageIds();
    const now = { wall: START, steady: 0 };
    const high = ids.next(now);
    const era = ids.era(now);
    // A little lower: ids go on above the last one.
    ids.resetTo(-10_000);
    expect(ids.next(now)).toBeGreaterThan(high);
    expect(ids.era(now)).toBe(era);
    // As the key exchange of the next temporary key does, when the server's clock was set back.
    ids.resetTo(-3_600_000);
    expect(ids.era(now)).toBe(era + 1);
    expect(ids.next(now)).toBeLessThan(high);
  });
});

describe('local data center', () => {
  it('a packet from before the session, which the client sends again, ran as well', () => {
    const at = server();
    const client = new TestClient(at);
    const late = client.nextId();
    const seqNo = client.nextSeqNo(true);
    client.send(ask(2));
    client.raw(ask(1), { msgId: late, seqNo });
    expect(at.ran).toEqual([2]);
    expect(client.names()).toContain('bad_msg_notification');
    // The network overtook it: nobody did anything wrong.
    expect([...at.core.refusals]).toEqual([]);
  });

  it('a packet that came after its session was destroyed made it anew and ran again', () => {
    const at = server();
    const client = greeted(at);
    const old = client.sessionId;
    const sent = { msgId: client.nextId(), seqNo: client.nextSeqNo(true) };
    client.raw(ask(1), sent);
    client.sessionId = 99n;
    client.send(new tl.DestroySessionRequest({ sessionId: old }), { content: false });
    client.sessionId = old;
    client.raw(ask(1), sent);
    expect(at.ran).toEqual([1]);
  });

  it('the session of a temporary key could not be destroyed over the next temporary key', () => {
    const at = server();
    const clients = [new TestClient(at), ...[1, 2].map(() => expiring(at))];
    const [permanent, one, two] = clients.map(({ key }) =>
      [...at.core.keys()].find((known) => known.key.id === key.id),
    );
    one!.boundTo = two!.boundTo = permanent!;
    const [, first, second] = clients;
    first!.sessionId = 7n;
    first!.send(ask(1));
    second!.take();
    second!.send(new tl.DestroySessionRequest({ sessionId: 7n }), { content: false });
    expect(second!.names()).toContain('destroy_session_ok');
  });

  it('sessions of temporary keys that had expired went on getting updates', () => {
    const at = server();
    const client = new TestClient(at);
    const temporary = expiring(at);
    const [permanent, bound] = [...at.core.keys()];
    bound!.boundTo = permanent!;
    temporary.send(ask(1));
    at.pass(61_000);
    temporary.take();
    at.core.push(client.key.id, () => ask(5));
    at.pass(60_000);
    expect(temporary.names()).toEqual([]);
  });

  it('an answer that was lost with its connection while there was another one stayed lost', () => {
    const at = server({ resendAfter: 1000 });
    const client = greeted(at);
    const old = client.connection;
    client.send(ask(1));
    client.connect();
    client.send(new tl.PingRequest({ pingId: 1n }), { content: false });
    client.take();
    old.lost();
    at.pass(1500);
    expect(client.names()).toContain('result');
  });

  it('what was lost with a stream was not sent again over http', () => {
    const at = server();
    const client = greeted(at);
    client.send(ask(1));
    client.connection.lost();
    client.take();
    client.connect({ polling: true });
    client.send(new tl.PingRequest({ pingId: 1n }), { content: false });
    expect(client.names()).toContain('result');
  });

  it('a container had a lower id than what was in it, after the clock of the server was set back', () => {
    const faults = new FaultBoard(() => 0.5);
    const at = server({ faults });
    const client = greeted(at);
    client.send(ask(1));
    client.connection.lost();
    client.take();
    faults.add({ kind: 'clock-skew', ms: -100_000 });
    client.connect();
    const { seqNo } = client.inner(encode(new tl.PingRequest({ pingId: 1n })), false);
    const msgId = ((BigInt(at.clock.now - 100_000) << 32n) / 1000n) & ~3n;
    // The test's client throws when a message in a container is not below it.
    client.raw(encode(new tl.PingRequest({ pingId: 1n })), { msgId, seqNo });
    expect(client.names()).toEqual(expect.arrayContaining(['result', 'bad_msg_notification']));
  });
});

/** A client with a temporary key of one minute. */
function expiring(at: ReturnType<typeof server>): TestClient {
  return new TestClient(at, { expiresAt: Math.floor(at.clock.now / 1000) + 60 });
}
