import * as tl from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { FaultBoard, type FaultSubject } from '../../../../packages/local-dc/src/faults/index.js';
import { greeted, METHOD, request, server, TestClient } from '../protocol/support.js';

const subject: FaultSubject = {
  direction: 'incoming',
  dcId: 2,
  connection: 1,
  handshake: false,
  size: 100,
  sessionId: 1n,
  messages: [],
};

describe('when a fault happens', () => {
  it('times, skip and match', () => {
    const board = new FaultBoard(() => 0);
    const fault = board.add({ kind: 'drop', on: 'incoming', times: 2, skip: 1 });
    const hits = [1, 2, 3, 4, 5].map(() => board.strike(subject, 'drop') !== null);
    expect(hits).toEqual([false, true, true, false, false]);
    expect(fault.count).toBe(2);
    expect(board.quiet).toBe(true);
    board.add({ kind: 'drop', on: 'incoming', match: (one) => one.dcId === 3 });
    expect(board.strike(subject, 'drop')).toBe(null);
    expect(board.strike({ ...subject, dcId: 3 }, 'drop')).not.toBe(null);
    expect(board.strike({ ...subject, dcId: 3, direction: 'outgoing' }, 'drop')).toBe(null);
  });

  it('probability follows the random source', () => {
    const draws = [0.1, 0.9, 0.29, 0.3];
    const board = new FaultBoard(() => draws.shift() ?? 1);
    board.add({ kind: 'drop', on: 'incoming', probability: 0.3 });
    const hits = [1, 2, 3, 4].map(() => board.strike(subject, 'drop') !== null);
    expect(hits).toEqual([true, false, true, false]);
  });

  it('refuses numbers that cannot be', () => {
    const board = new FaultBoard(() => 0);
    expect(() => board.add({ kind: 'bad-salt', probability: 2 })).toThrow(TypeError);
    expect(() => board.add({ kind: 'bad-salt', times: 0 })).toThrow(TypeError);
    expect(() => board.add({ kind: 'bad-salt', skip: -1 })).toThrow(TypeError);
  });

  it('refuses what could never happen', () => {
    const board = new FaultBoard(() => 0);
    const never: [string, object][] = [
      ['no fault', { kind: 'dropp', on: 'incoming' }],
      ['no fault', { kind: 'toString' }],
      ['on', { kind: 'drop', on: 'in' }],
      ['on', { kind: 'delay', ms: 5 }],
      ['ms', { kind: 'delay', on: 'incoming' }],
      ['ms', { kind: 'delay', on: 'incoming', ms: [200, 10] }],
      ['ms', { kind: 'delay', on: 'incoming', ms: -1 }],
      ['when', { kind: 'cut', on: 'incoming' }],
      ['copies', { kind: 'duplicate', on: 'incoming', copies: -1 }],
      ['code', { kind: 'bad-msg', code: 48 }],
      ['code', { kind: 'transport-error', code: 'x' }],
      ['ms', { kind: 'clock-skew', ms: Number.NaN }],
      ['match', { kind: 'drop', on: 'incoming', match: true }],
    ];
    for (const [name, fault] of never) {
      expect(() => board.add(fault as never)).toThrow(TypeError);
      expect(() => board.add(fault as never)).toThrow(name);
    }
    expect(board.quiet).toBe(true);
  });

  it('sums clock skews until they are removed', () => {
    const board = new FaultBoard(() => 0);
    const one = board.add({ kind: 'clock-skew', ms: 500 });
    board.add({ kind: 'clock-skew', ms: -200 });
    expect(board.skew).toBe(300);
    one.remove();
    expect(board.skew).toBe(-200);
    board.clear();
    expect(board.skew).toBe(0);
  });
});

describe('what faults do', () => {
  it('drop: incoming packets are not seen, outgoing ones not sent', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'drop', on: 'incoming', times: 1 });
    client.send(request(1));
    expect(at.ran).toEqual([]);
    at.core.faults.add({ kind: 'drop', on: 'outgoing', times: 1 });
    client.send(request(2));
    expect(at.ran).toEqual([2]);
    expect(client.take()).toEqual([]);
    client.send(request(3));
    expect(client.names()).toEqual(['result']);
    expect(at.core.refusals.count).toBe(0);
  });

  it('drop over http ends the request', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'drop', on: 'incoming', times: 1 });
    client.connect({ polling: true });
    client.send(request(1));
    expect(client.closed).toBe(true);
  });

  it('duplicate: what comes twice runs once; what leaves twice is the same packet', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'duplicate', on: 'incoming', times: 1 });
    client.container([client.inner(request(1)), client.inner(request(2))]);
    expect(at.ran).toEqual([1, 2]);
    expect(at.core.refusals.count).toBe(0);
    client.take();
    client.packets.length = 0;
    at.core.faults.add({ kind: 'duplicate', on: 'outgoing', copies: 2, times: 1 });
    client.send(request(3));
    expect(client.packets).toHaveLength(3);
    expect(client.packets[1]).toEqual(client.packets[0]);
  });

  it('delay: later packets may come first', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'delay', on: 'incoming', ms: 500, times: 1 });
    client.send(request(1));
    client.send(request(2));
    expect(at.ran).toEqual([2]);
    at.pass(499);
    expect(at.ran).toEqual([2]);
    at.pass(1);
    expect(at.ran).toEqual([2, 1]);
    client.take();
    at.core.faults.add({ kind: 'delay', on: 'outgoing', ms: [100, 200], times: 1 });
    client.send(request(3));
    at.pass(99);
    expect(client.take()).toEqual([]);
    at.pass(101);
    expect(client.names()).toEqual(['result']);
    expect(at.core.refusals.count).toBe(0);
  });

  it('reorder: the next packet overtakes, or time is up', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'reorder', on: 'incoming', times: 1 });
    client.send(request(1));
    client.send(request(2));
    expect(at.ran).toEqual([2, 1]);
    at.core.faults.add({ kind: 'reorder', on: 'incoming', times: 1, ms: 300 });
    client.send(request(3));
    at.pass(299);
    expect(at.ran).toEqual([2, 1]);
    at.pass(1);
    expect(at.ran).toEqual([2, 1, 3]);
    expect(at.core.refusals.count).toBe(0);
  });

  it('cut: before a packet it is lost, after it not', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'cut', on: 'incoming', when: 'before', times: 1 });
    client.send(request(1));
    expect([client.closed, at.ran]).toEqual([true, []]);
    client.connect();
    at.core.faults.add({ kind: 'cut', on: 'incoming', when: 'after', times: 1 });
    client.send(request(2));
    expect([client.closed, at.ran]).toEqual([true, [2]]);
    expect(client.take()).toEqual([]);
    client.connect();
    at.core.faults.add({ kind: 'cut', on: 'outgoing', when: 'after', times: 1 });
    client.send(request(3));
    expect(client.closed).toBe(true);
    expect(client.names()).toEqual(['result', 'result']);
    expect(at.ran).toEqual([2, 3]);
    expect(at.core.refusals.count).toBe(0);
  });

  it('bad-salt: the salts of the key are renewed, and it is no refusal of the client’s fault', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'bad-salt', times: 1 });
    const msgId = client.send(request(1));
    const [answer] = client.take() as [tl.BadServerSalt];
    expect(answer).toMatchObject({ _: 'bad_server_salt', badMsgId: msgId });
    client.send(request(2));
    expect(client.take()).toMatchObject([{ _: 'bad_server_salt' }]);
    client.send(request(3), { salt: answer.newServerSalt });
    expect(at.ran).toEqual([3]);
    // The second one used a salt that is not valid any more.
    expect(at.core.refusals.count).toBe(1);
  });

  it('bad-msg: any code, but never for what has run already', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'bad-msg', code: 16, times: 1 });
    const msgId = client.send(request(1));
    expect(client.take()).toMatchObject([
      { _: 'bad_msg_notification', badMsgId: msgId, errorCode: 16 },
    ]);
    const inner = client.inner(request(2));
    client.send(inner.body, inner);
    client.take();
    at.core.faults.add({ kind: 'bad-msg', code: 16, times: 1 });
    client.send(inner.body, inner);
    expect(client.names()).toEqual(['result']);
    expect(at.ran).toEqual([2]);
    expect(at.core.refusals.count).toBe(0);
  });

  it('transport-error: −404 or another code, and nothing runs', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({ kind: 'transport-error', times: 1 });
    client.send(request(1));
    at.core.faults.add({ kind: 'transport-error', code: -429, times: 1 });
    client.send(request(2));
    expect(client.errors).toEqual([-404, -429]);
    expect(at.ran).toEqual([]);
  });

  it('drop-answer: the request runs, and its answer comes when it is asked for', () => {
    const at = server();
    const client = greeted(at);
    at.core.faults.add({
      kind: 'drop-answer',
      match: ({ messages }) => messages.some((one) => one.requestId === METHOD),
    });
    const inner = client.inner(request(1));
    client.send(inner.body, inner);
    expect(client.take()).toEqual([]);
    expect(at.ran).toEqual([1]);
    client.send(new tl.MsgResendAnsReq({ msgIds: [inner.msgId] }), { content: false });
    expect(client.names()).toEqual(['result']);
    expect(at.ran).toEqual([1]);
  });

  it('clock-skew: ids, checks and now() follow', () => {
    const at = server();
    at.core.faults.add({ kind: 'clock-skew', ms: 3_600_000 });
    const client = new TestClient(at);
    client.send(request(1));
    expect(client.take()).toMatchObject([{ _: 'bad_msg_notification', errorCode: 16 }]);
    client.send(request(1), { msgId: client.nextId(3_600_000) });
    expect(at.ran).toEqual([1]);
    expect(at.core.now()).toBe(at.clock.now / 1000 + 3600);
    const hour = (client.got.at(-1)!.msgId >> 32n) - BigInt(at.clock.now / 1000);
    expect(hour).toBe(3600n);
  });

  it('match sees what is in a packet', () => {
    const at = server();
    const client = greeted(at);
    const seen: FaultSubject[] = [];
    at.core.faults.add({
      kind: 'drop',
      on: 'outgoing',
      match: (one) => (seen.push(one), false),
    });
    at.core.faults.add({
      kind: 'drop',
      on: 'incoming',
      match: (one) => (seen.push(one), false),
    });
    const ids = [client.inner(request(1)), client.inner(new tl.PingRequest({ pingId: 1n }))];
    client.container(ids);
    expect(seen.map((one) => one.direction)).toEqual(['incoming', 'outgoing']);
    expect(seen[0]!.messages.map((one) => [one.msgId, one.constructorId])).toEqual([
      [ids[0]!.msgId, METHOD],
      [ids[1]!.msgId, tl.PingRequest.id],
    ]);
    expect(seen[1]!.messages).toMatchObject([
      { constructorId: tl.RpcResult.id, answerTo: ids[0]!.msgId, requestId: METHOD },
      { constructorId: tl.Pong.id, answerTo: null },
    ]);
  });
});
