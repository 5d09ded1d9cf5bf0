import { gunzipSync, gzipSync } from 'node:zlib';
import { decode } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { registry } from '@tlgen/mtproto/registry';
import { describe, expect, it } from 'vitest';
import type { RpcOutcome } from '../../../../packages/local-dc/src/protocol/index.js';
import { greeted, request, server, TestClient } from './support.js';

const later = () => {
  let resolve!: (outcome: RpcOutcome) => void;
  const promise = new Promise<RpcOutcome>((done) => (resolve = done));
  return { promise, resolve };
};
const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('requests and their answers', () => {
  it('announces a new session once, with the lowest id of the packet', () => {
    const at = server();
    const client = new TestClient(at);
    const messages = [client.inner(request(1)), client.inner(request(2))];
    client.container(messages);
    const [created, ...results] = client.take();
    expect(created).toMatchObject({
      _: 'new_session_created',
      firstMsgId: messages[0]!.msgId,
      serverSalt: 77n,
    });
    expect(results.map((one) => one._)).toEqual(['result', 'result']);
    client.send(request(3));
    expect(client.names()).toEqual(['result']);
    at.core.forgetSession(client.key.id, client.sessionId);
    client.send(request(4));
    expect(client.names()).toEqual(['new_session_created', 'result']);
  });

  it('numbers its messages as servers do: parity by kind, odd seqno for content, rising ids', () => {
    const at = server();
    const client = new TestClient(at);
    client.container([client.inner(request(1)), client.inner(new tl.PingRequest({ pingId: 3n }))]);
    const [created, result, pong] = client.got;
    expect([created, result, pong].map((one) => Number(one!.msgId % 4n))).toEqual([3, 1, 1]);
    expect([created, result, pong].map((one) => one!.seqNo)).toEqual([1, 3, 4]);
    expect(created!.msgId < result!.msgId && result!.msgId < pong!.msgId).toBe(true);
  });

  it('a request that comes twice runs once and gets the same answer again', () => {
    const at = server();
    const client = greeted(at);
    const msgId = client.send(request(1), { seqNo: 3 });
    client.send(request(1), { msgId, seqNo: 3 });
    const ids = client.got.map((one) => one.msgId);
    expect(ids[0]).toBe(ids[1]);
    expect(client.take()).toMatchObject([
      { msgId, body: request(1001) },
      { msgId, body: request(1001) },
    ]);
    expect(at.ran).toEqual([1]);
    expect(at.core.refusals.count).toBe(0);
  });

  it('… also when the salt it comes with has expired, alone or in a container', () => {
    const at = server();
    const client = greeted(at);
    const inner = client.inner(request(1));
    client.send(inner.body, inner);
    client.take();
    client.send(inner.body, { ...inner, salt: 1n });
    expect(client.names()).toEqual(['result']);
    const fresh = client.inner(request(2));
    client.container([inner, fresh], { salt: 1n });
    expect(client.take()).toMatchObject([
      { _: 'result', msgId: inner.msgId },
      { _: 'bad_server_salt', badMsgId: fresh.msgId },
    ]);
    expect(at.ran).toEqual([1]);
  });

  it('keeps an answer until it is acknowledged: msg_resend_ans_req and msg_resend_req', () => {
    const at = server();
    const client = greeted(at);
    const msgId = client.send(request(1));
    const [answer] = client.got;
    client.take();
    client.send(new tl.MsgResendAnsReq({ msgIds: [msgId] }), { content: false });
    expect(client.take()).toMatchObject([{ _: 'result', msgId }]);
    client.send(new tl.MsgResendReq({ msgIds: [answer!.msgId] }), { content: false });
    expect(client.take()).toMatchObject([{ _: 'result', msgId }]);
    client.send(new tl.MsgsAck({ msgIds: [answer!.msgId] }), { content: false });
    const asked = client.send(new tl.MsgResendAnsReq({ msgIds: [msgId] }), { content: false });
    // Received, acknowledged, a query, answered, and the client is known to have the answer.
    expect(client.take()).toMatchObject([
      { _: 'msgs_state_info', reqMsgId: asked, info: Uint8Array.of(4 + 8 + 32 + 64 + 128) },
    ]);
    client.send(new tl.MsgResendReq({ msgIds: [answer!.msgId] }), { content: false });
    expect(client.take()).toMatchObject([{ _: 'msgs_state_info', info: Uint8Array.of(1) }]);
    expect(at.ran).toEqual([1]);
  });

  it('sends again by itself what is not acknowledged, and over a new connection at once', () => {
    const at = server({ resendAfter: 1000 });
    const client = greeted(at);
    const msgId = client.send(request(1));
    const first = client.got[0]!.msgId;
    client.take();
    at.pass(1500);
    expect(client.got.map((one) => one.msgId)).toEqual([first]);
    client.take();
    client.connection.lost();
    client.connect();
    client.send(new tl.PingRequest({ pingId: 1n }));
    expect(client.take()).toMatchObject([{ _: 'result', msgId }, { _: 'pong' }]);
    client.send(new tl.MsgsAck({ msgIds: [first] }), { content: false });
    at.pass(5000);
    expect(client.take()).toEqual([]);
    expect(at.ran).toEqual([1]);
  });

  it('rpc/detailed-info: a long answer is only offered again, and fetched by msg_resend_req', () => {
    const at = server({ gzipAbove: -1 });
    at.answers.set(1, { result: request(5, 4000) });
    const client = greeted(at);
    const inner = client.inner(request(1));
    const { msgId } = inner;
    client.send(inner.body, inner);
    const [answer] = client.got;
    client.take();
    client.send(inner.body, inner);
    const bytes = 4000 + 12;
    expect(client.take()).toMatchObject([
      { _: 'msg_detailed_info', msgId, answerMsgId: answer!.msgId, bytes, status: 0 },
    ]);
    client.send(new tl.MsgResendReq({ msgIds: [answer!.msgId] }), { content: false });
    expect(client.take()).toMatchObject([{ _: 'result', msgId }]);
    client.connection.lost();
    client.connect();
    at.core.push(client.key.id, () => request(9, 4000));
    client.send(new tl.PingRequest({ pingId: 1n }));
    expect(client.names()).toEqual(['result', 'msg_detailed_info', 'pong']);
    client.connection.lost();
    client.connect();
    client.send(new tl.PingRequest({ pingId: 2n }));
    expect(client.names()).toEqual(['msg_detailed_info', 'msg_new_detailed_info', 'pong']);
  });

  it('acknowledges requests that take time, and lets answers speak for themselves', async () => {
    const at = server({ ackDelay: 40 });
    const slow = later();
    at.answers.set(1, slow.promise);
    const client = greeted(at);
    const msgId = client.send(request(1));
    at.pass(39);
    expect(client.take()).toEqual([]);
    at.pass(1);
    expect(client.take()).toMatchObject([{ _: 'msgs_ack', msgIds: [msgId] }]);
    client.send(request(2));
    at.pass(100);
    expect(client.names()).toEqual(['result']);
    slow.resolve({ result: request(7) });
    await settled();
    expect(client.take()).toMatchObject([{ _: 'result', msgId }]);
  });

  it('msgs_state_info tells running, answered, unknown and future messages apart', async () => {
    const at = server({ window: 4 });
    const client = greeted(at);
    const forgotten = client.nextId();
    for (let i = 0; i < 4; i++) client.send(request(10 + i));
    const skipped = client.nextId();
    at.answers.set(1, new Promise(() => undefined));
    const running = client.send(request(1));
    const ping = client.send(new tl.PingRequest({ pingId: 1n }), { content: false });
    client.take();
    const future = client.nextId() + 400n;
    const msgIds = [running, ping, skipped, forgotten, future];
    client.send(new tl.MsgsStateReq({ msgIds }), { content: false });
    const [info] = client.take() as tl.MsgsStateInfo[];
    expect([...info!.info].map((state) => state & ~8)).toEqual([4 + 32, 4 + 16, 2, 1, 3]);
    expect(at.core.refusals.count).toBe(0);
  });

  it('msgs_all_info settles what the client has and brings what it lacks', () => {
    const at = server();
    const client = greeted(at);
    client.send(request(1));
    client.send(request(2));
    const [one, two] = client.got.map((got) => got.msgId);
    client.take();
    const info = Uint8Array.of(4, 2);
    client.send(new tl.MsgsAllInfo({ msgIds: [one!, two!], info }), { content: false });
    expect(client.got.map((got) => got.msgId)).toEqual([two]);
    client.take();
    client.send(new tl.MsgResendReq({ msgIds: [one!] }), { content: false });
    expect(client.names()).toEqual(['msgs_state_info']);
  });

  it('rpc/drop-answer: unknown, running and answered requests', async () => {
    const at = server();
    const slow = later();
    at.answers.set(1, slow.promise);
    const client = greeted(at);
    const drop = (reqMsgId: bigint) => {
      client.send(new tl.RpcDropAnswerRequest({ reqMsgId }));
      const [result] = client.take() as tl.RpcResult[];
      return result!.result;
    };
    expect(drop(client.nextId())).toBeInstanceOf(tl.RpcAnswerUnknown);
    const running = client.send(request(1));
    expect(drop(running)).toBeInstanceOf(tl.RpcAnswerDroppedRunning);
    slow.resolve({ result: request(7) });
    await settled();
    expect(client.take()).toEqual([]);
    const done = client.send(request(2));
    const [answer] = client.got;
    client.take();
    expect(drop(done)).toMatchObject({
      _: 'rpc_answer_dropped',
      msgId: answer!.msgId,
      seqNo: answer!.seqNo,
      bytes: answer!.body.length,
    });
    expect(drop(done)).toBeInstanceOf(tl.RpcAnswerUnknown);
  });

  it('aborts what runs when its answer is dropped or its session ends', () => {
    const signals: AbortSignal[] = [];
    const at = server({
      handler: (call) => {
        signals.push(call.signal);
        return new Promise(() => undefined);
      },
    });
    const client = greeted(at);
    const first = client.send(request(1));
    client.send(request(2));
    client.send(new tl.RpcDropAnswerRequest({ reqMsgId: first }));
    expect(signals.map((one) => one.aborted)).toEqual([true, false]);
    at.core.forgetSession(client.key.id, client.sessionId);
    expect(signals.map((one) => one.aborted)).toEqual([true, true]);
  });

  it('unpacks requests and packs long results', () => {
    const at = server();
    at.answers.set(1, { result: request(5, 4000) });
    const client = greeted(at);
    const packedData = new Uint8Array(gzipSync(request(1)));
    const msgId = client.send(new tl.GzipPacked({ packedData }));
    const [result] = client.take() as { msgId: bigint; body: Uint8Array }[];
    const packed = decode(result!.body, registry) as tl.GzipPacked;
    expect(result!.msgId).toBe(msgId);
    expect(new Uint8Array(gunzipSync(packed.packedData))).toEqual(request(5, 4000));
  });

  it('puts what goes out together into one packet', () => {
    const at = server();
    const client = greeted(at);
    client.packets.length = 0;
    client.container([1, 2, 3].map((i) => client.inner(request(i))));
    expect(client.packets).toHaveLength(1);
    expect(client.names()).toEqual(['result', 'result', 'result']);
  });

  it('an answer that no framing can carry becomes an error', () => {
    const at = server({ gzipAbove: -1 });
    at.answers.set(1, { result: new Uint8Array(2 ** 24) });
    const client = greeted(at);
    client.send(request(1));
    expect(client.take()).toMatchObject([{ result: { errorCode: 500 } }]);
  });

  it('turns thrown and rejected handlers into errors', async () => {
    const at = server({
      handler: () => {
        throw new Error('broken');
      },
    });
    const client = greeted(at);
    client.send(request(1));
    expect(client.take()).toMatchObject([{ result: { errorCode: 500 } }]);
    const other = server();
    other.answers.set(1, Promise.reject(new Error('broken')));
    const second = greeted(other);
    second.send(request(1));
    await settled();
    expect(second.take()).toMatchObject([{ result: { errorCode: 500 } }]);
  });
});
