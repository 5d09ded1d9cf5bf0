import { gzipSync } from 'node:zlib';
import { encode } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { sealMessage } from '@tlgen/runtime/crypto';
import { writeContainer } from '../../../../packages/local-dc/src/protocol/container.js';
import { crypto, greeted, newKey, request, server, START, TestClient } from './support.js';

const bad = (client: TestClient) =>
  client.take().filter((one) => one._ === 'bad_msg_notification') as tl.BadMsgNotification[];

const idAt = (ms: number): bigint => ((BigInt(ms) << 32n) / 1000n) & ~3n;

describe('what the strict server refuses', () => {
  it('msg/id-time-window: 16 below −300 s and 17 above +30 s, on the server’s clock', () => {
    for (const [ahead, code] of [
      [-301_000, 16],
      [-299_000, null],
      [29_000, null],
      [31_000, 17],
    ] as const) {
      const at = server();
      const client = new TestClient(at);
      const msgId = client.send(request(1), { msgId: idAt(START + ahead) });
      const refused = bad(client);
      expect(refused.map((one) => [one.badMsgId, one.errorCode])).toEqual(
        code === null ? [] : [[msgId, code]],
      );
      expect(at.ran).toEqual(code === null ? [1] : []);
      expect(at.core.refusals.list.map((one) => one.code)).toEqual(code === null ? [] : [code]);
    }
  });

  it('18: ids that are no multiple of 4', () => {
    for (const low of [1n, 2n, 3n]) {
      const at = server();
      const client = new TestClient(at);
      client.send(request(1), { msgId: client.nextId() + low });
      expect(bad(client)[0]?.errorCode).toBe(18);
      expect(at.ran).toEqual([]);
    }
  });

  it('19: a container with the id of an earlier message; the same packet twice is no offence', () => {
    const at = server();
    const client = greeted(at);
    const first = client.send(request(1));
    client.take();
    client.container([client.inner(request(2))], { msgId: first });
    expect(bad(client).map((one) => [one.badMsgId, one.errorCode])).toEqual([[first, 19]]);

    const inner = client.inner(request(3));
    const msgId = client.nextId();
    const out = { msgId, seqNo: client.nextSeqNo(false) };
    const packet = client.raw(writeContainer([inner]), out);
    client.connection.receive(packet.slice());
    expect(bad(client)).toEqual([]);
    client.raw(writeContainer([inner]), out);
    expect(bad(client).map((one) => one.errorCode)).toEqual([19]);
    expect(at.ran).toEqual([1, 3]);
  });

  it('20: ids older than all that are remembered', () => {
    const at = server({ window: 8 });
    const client = greeted(at);
    const old = client.nextId();
    for (let i = 0; i < 9; i++) client.send(request(i));
    client.take();
    client.send(request(99), { msgId: old });
    expect(bad(client).map((one) => one.errorCode)).toEqual([20]);
    expect(at.ran).not.toContain(99);
  });

  it('msg/seqno: 32 and 33, with the message ids in any order of arrival', () => {
    const at = server();
    const client = greeted(at);
    const early = client.nextId();
    client.send(request(1), { seqNo: 21 });
    client.send(request(2), { seqNo: 21 });
    expect(bad(client).map((one) => one.errorCode)).toEqual([32]);
    client.send(request(3), { seqNo: 19 });
    expect(bad(client).map((one) => one.errorCode)).toEqual([32]);
    client.send(request(4), { msgId: early, seqNo: 21 });
    expect(bad(client).map((one) => one.errorCode)).toEqual([33]);
    client.send(request(5), { msgId: early, seqNo: 19 });
    expect(bad(client)).toEqual([]);
    expect(at.ran).toEqual([1, 5]);
  });

  it('34 and 35: parity by what the message is; service messages pass with both', () => {
    const at = server();
    const client = greeted(at);
    client.send(request(1), { seqNo: 2 });
    expect(bad(client).map((one) => one.errorCode)).toEqual([35]);
    const packed = new tl.GzipPacked({ packedData: new Uint8Array(gzipSync(request(1))) });
    client.send(packed, { seqNo: 2 });
    expect(bad(client).map((one) => one.errorCode)).toEqual([35]);
    client.send(new tl.PingRequest({ pingId: 1n }), { seqNo: 2 });
    client.send(new tl.PingRequest({ pingId: 2n }), { seqNo: 3 });
    client.send(new tl.MsgsAck({ msgIds: [] }), { seqNo: 4 });
    client.send(new tl.MsgsAck({ msgIds: [] }), { seqNo: 5 });
    expect(client.names().filter((one) => one === 'pong')).toHaveLength(2);
    client.container([client.inner(request(5))], { seqNo: 7 });
    expect(bad(client).map((one) => one.errorCode)).toEqual([34]);
    expect(at.ran).toEqual([]);
  });

  it('48: a wrong salt gets the right one, and nothing runs', () => {
    const at = server();
    const client = new TestClient(at);
    const msgId = client.send(request(1), { salt: 5n });
    const [answer] = client.take();
    expect(answer).toMatchObject({ _: 'bad_server_salt', badMsgId: msgId, newServerSalt: 77n });
    expect(at.ran).toEqual([]);
    expect(at.core.refusals.list.map((one) => one.kind)).toEqual(['bad-salt']);
  });

  it('msg/container-limits: 64 for every kind of invalid container', () => {
    const make: ((client: TestClient) => Uint8Array)[] = [
      (client) => writeContainer([client.inner(writeContainer([client.inner(request(1))]))]),
      (client) => writeContainer([{ ...client.inner(request(1)), msgId: client.nextId(5000) }]),
      (client) => Uint8Array.of(...writeContainer([client.inner(request(1))]), 0, 0, 0, 0),
      (client) => writeContainer([client.inner(request(1))]).subarray(0, -4),
      () => writeContainer([]),
      (client) => writeContainer([client.inner(request(1))]).fill(0xff, 4, 8),
      (client) => writeContainer([client.inner(request(1))]).fill(0xff, 20, 24),
      (client) => writeContainer(Array.from({ length: 1021 }, () => client.inner(request(1)))),
    ];
    for (const [i, one] of make.entries()) {
      const at = server();
      const client = greeted(at);
      const body = one(client);
      const late = i === 1 ? {} : { msgId: client.nextId() };
      client.send(body, {
        content: false,
        ...late,
        ...(i === 1 ? { msgId: idAt(START + 10) } : {}),
      });
      expect(
        bad(client).map((refused) => refused.errorCode),
        `case ${i}`,
      ).toEqual([64]);
      expect(at.ran).toEqual([]);
    }
  });

  it('64: a container that came compressed', () => {
    const at = server();
    const client = greeted(at);
    const packed = new Uint8Array(gzipSync(writeContainer([client.inner(request(1))])));
    client.send(new tl.GzipPacked({ packedData: packed }), { content: false });
    expect(bad(client).map((one) => one.errorCode)).toEqual([64]);
  });

  it('one bad message does not hurt its neighbours in a container', () => {
    const at = server();
    const client = greeted(at);
    const good = client.inner(request(1));
    const wrong = { ...client.inner(request(2)), msgId: client.nextId() + 1n };
    const last = client.inner(request(3));
    client.container([good, wrong, last]);
    const names = client.take();
    expect(names.filter((one) => one._ === 'result')).toHaveLength(2);
    expect(names.filter((one) => one._ === 'bad_msg_notification')).toMatchObject([
      { badMsgId: wrong.msgId, errorCode: 18 },
    ]);
    expect(at.ran).toEqual([1, 3]);
  });

  it('msg/padding-12-1024: other padding, a wrong msg_key, cut packets: the connection is dropped', () => {
    for (const change of [
      (packet: Uint8Array) => packet.fill(packet[8]! ^ 1, 8, 9),
      (packet: Uint8Array) => packet.fill(packet[40]! ^ 1, 40, 41),
      (packet: Uint8Array) => packet.subarray(0, 40),
      (packet: Uint8Array) => packet.subarray(0, 12),
    ]) {
      const at = server();
      const client = new TestClient(at);
      const plain = {
        salt: 77n,
        sessionId: 9n,
        msgId: client.nextId(),
        seqNo: 1,
        body: request(1),
      };
      client.connection.receive(change(sealMessage(crypto, client.key, 'client', plain)));
      expect(client.closed).toBe(true);
      expect(at.core.refusals.list.map((one) => one.kind)).toEqual(['packet']);
      expect(at.ran).toEqual([]);
    }
    const at = server();
    const client = new TestClient(at);
    client.send(request(1), { padding: 24 });
    client.send(request(2), { padding: 1016 });
    expect(at.ran).toEqual([1, 2]);
    expect(at.core.refusals.count).toBe(0);
  });

  it('msg/session-id: session 0 is refused', () => {
    const at = server();
    const client = new TestClient(at);
    client.sessionId = 0n;
    client.send(request(1));
    expect(client.closed).toBe(true);
    expect(at.core.refusals.list.map((one) => one.kind)).toEqual(['session']);
  });

  it('an id used again for something else drops the connection', () => {
    const at = server();
    const client = greeted(at);
    const msgId = client.send(request(1), { seqNo: 3 });
    client.send(request(2), { msgId, seqNo: 3 });
    expect(client.closed).toBe(true);
    expect(at.core.refusals.list.map((one) => [one.kind, one.msgId])).toEqual([
      ['reused-id', msgId],
    ]);
    expect(at.ran).toEqual([1]);
  });

  it('unknown keys and keys of another data center get −404', () => {
    const at = server();
    const stranger = new TestClient(at, { key: newKey() });
    stranger.send(request(1));
    expect(stranger.errors).toEqual([-404]);
    const other = new TestClient(at, { dcId: 3 });
    other.send(request(1));
    expect(other.errors).toEqual([-404]);
    expect(at.core.refusals.list.map((one) => [one.kind, one.code])).toEqual([
      ['unknown-key', -404],
      ['unknown-key', -404],
    ]);
    expect(at.ran).toEqual([]);
  });

  it('takes wrong numbers when it is not strict, but still wants the salt and runs things once', () => {
    const at = server({ strict: false });
    const client = new TestClient(at);
    const msgId = client.send(request(1), { msgId: idAt(START - 3_600_000) + 1n, seqNo: 8 });
    client.send(request(1), { msgId, seqNo: 8 });
    client.send(request(2), { seqNo: 1, salt: 1n });
    expect(at.ran).toEqual([1]);
    expect(at.core.refusals.list.map((one) => one.kind)).toEqual(['bad-salt']);
  });

  it('an id refused for its time stays refused, alone and in containers', () => {
    const at = server();
    const client = greeted(at);
    const early = { ...client.inner(request(1)), msgId: idAt(START + 40_000) };
    client.send(early.body, early);
    at.pass(20_000);
    client.send(early.body, early);
    client.container([early], { msgId: idAt(START + 45_000) });
    expect(bad(client).map((one) => one.errorCode)).toEqual([17, 17, 17]);
    expect(at.ran).toEqual([]);
  });

  it('damaged service messages and gzip_packed are noted, and requests get an error', () => {
    const at = server();
    const client = greeted(at);
    client.send(encode(new tl.MsgsAck({ msgIds: [1n] })).subarray(0, 8), { content: false });
    expect(at.core.refusals.list.map((one) => one.kind)).toEqual(['malformed']);
    const msgId = client.send(new tl.GzipPacked({ packedData: Uint8Array.of(1, 2, 3) }));
    expect(client.take()).toMatchObject([
      { _: 'rpc_result', reqMsgId: msgId, result: { errorMessage: 'INPUT_FETCH_ERROR' } },
    ]);
  });
});
