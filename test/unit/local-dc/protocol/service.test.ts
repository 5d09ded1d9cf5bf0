import { encode } from '@tlgen/codec';
import * as tl from '@tlgen/mtproto';
import { describe, expect, it } from 'vitest';
import { quickAckToken } from '@tlgen/runtime/crypto';
import type { RpcOutcome } from '../../../../packages/local-dc/src/protocol/index.js';
import { crypto, greeted, newKey, request, server, START, TestClient } from './support.js';

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

function after(msgIds: bigint[], query: Uint8Array): Uint8Array {
  const body = new Uint8Array(12 + msgIds.length * 8 + query.length);
  const view = new DataView(body.buffer);
  view.setUint32(0, 0x3dc4b4f0, true);
  view.setUint32(4, 0x1cb5c415, true);
  view.setUint32(8, msgIds.length, true);
  msgIds.forEach((id, i) => view.setBigInt64(12 + i * 8, id, true));
  body.set(query, 12 + msgIds.length * 8);
  return body;
}

function afterOne(msgId: bigint, query: Uint8Array): Uint8Array {
  const body = new Uint8Array(12 + query.length);
  const view = new DataView(body.buffer);
  view.setUint32(0, 0xcb9f372d, true);
  view.setBigInt64(4, msgId, true);
  body.set(query, 12);
  return body;
}

describe('service messages', () => {
  it('ping_delay_disconnect closes the connection unless it is renewed', () => {
    const at = server();
    const client = greeted(at);
    client.send(new tl.PingDelayDisconnectRequest({ pingId: 1n, disconnectDelay: 10 }));
    expect(client.take()).toMatchObject([{ _: 'pong', pingId: 1n }]);
    at.pass(9000);
    client.send(new tl.PingDelayDisconnectRequest({ pingId: 2n, disconnectDelay: 10 }));
    at.pass(9900);
    expect(client.closed).toBe(false);
    at.pass(200);
    expect(client.closed).toBe(true);
  });

  it('rpc/future-salts: each follows the one before; old ones stay good for half a lifetime', () => {
    const at = server({ saltLifetime: 100 });
    const client = greeted(at);
    client.send(new tl.GetFutureSaltsRequest({ num: 5 }));
    const [{ salts, now }] = client.take() as [tl.FutureSalts];
    expect(now).toBe(START / 1000);
    expect(salts.map((one) => [one.validSince - now, one.validUntil - now])).toEqual([
      [0, 150],
      [100, 250],
      [200, 350],
      [300, 450],
      [400, 550],
    ]);
    expect(salts[0]!.salt).toBe(77n);
    expect(new Set(salts.map((one) => one.salt)).size).toBe(5);
    at.pass(120_000);
    client.send(request(1));
    expect(client.got.at(-1)!.salt).toBe(salts[1]!.salt);
    client.send(request(2), { salt: salts[1]!.salt });
    at.pass(31_000);
    client.take();
    client.send(request(3));
    expect(client.take()).toMatchObject([{ _: 'bad_server_salt', newServerSalt: salts[1]!.salt }]);
    client.send(request(4), { salt: salts[2]!.salt });
    expect(client.take()).toMatchObject([{ _: 'bad_server_salt' }]);
    expect(at.ran).toEqual([1, 2]);
  });

  it('salts survive jumps of the clock in both directions', () => {
    const at = server({ saltLifetime: 100 });
    const client = greeted(at);
    const skew = at.core.faults.add({ kind: 'clock-skew', ms: 10 * 365 * 86_400_000 });
    client.send(new tl.GetFutureSaltsRequest({ num: 3 }), {
      msgId: client.nextId(10 * 365 * 86_400_000),
    });
    expect(client.take()).toMatchObject([{ _: 'bad_server_salt' }]);
    skew.remove();
    at.core.faults.add({ kind: 'clock-skew', ms: -86_400_000 });
    const other = new TestClient(at);
    other.send(new tl.GetFutureSaltsRequest({ num: 64 }), { msgId: other.nextId(-86_400_000) });
    const salts = other.take().find((one) => one._ === 'future_salts') as tl.FutureSalts;
    expect(salts.salts).toHaveLength(64);
  });

  it('destroy_session ends another session of the key, never the one that asks', () => {
    const at = server();
    const client = greeted(at);
    const own = client.sessionId;
    client.sessionId = 99n;
    client.send(new tl.PingRequest({ pingId: 1n }));
    client.take();
    client.sessionId = own;
    const ask = (sessionId: bigint) => {
      client.send(new tl.DestroySessionRequest({ sessionId }));
      return client.names();
    };
    expect(ask(own)).toEqual(['destroy_session_none']);
    expect(ask(12345n)).toEqual(['destroy_session_none']);
    expect(ask(99n)).toEqual(['destroy_session_ok']);
    expect([...at.core.sessions()].map((one) => one.id)).toEqual([own]);
  });

  it('destroy_auth_key: whoever keeps sign-ins is told of permanent keys, and of no others', () => {
    const gone: bigint[] = [];
    const at = server({ onKeyDestroyed: ({ key }) => void gone.push(key.id) });
    const client = greeted(at);
    client.send(new tl.DestroyAuthKeyRequest());
    expect(gone).toEqual([client.key.id]);
    at.core.destroyKey(client.key.id);
    expect(gone).toHaveLength(1);
  });

  it('destroy_auth_key: answered, then the key is unknown', () => {
    const at = server();
    const client = greeted(at);
    client.send(new tl.DestroyAuthKeyRequest());
    expect(client.names()).toEqual(['destroy_auth_key_ok']);
    client.send(request(1));
    expect(client.errors).toEqual([-404]);
    expect([...at.core.keys()]).toEqual([]);
  });

  it('quick acks: the token of the packet, when it was asked for', () => {
    const at = server();
    const client = greeted(at);
    client.send(request(1));
    expect(client.tokens).toEqual([]);
    const msgId = client.nextId();
    const packet = client.raw(request(2), {
      msgId,
      seqNo: client.nextSeqNo(true),
      quickAck: true,
      salt: 77n,
    });
    const plain = crypto.open2(packet, client.key.bytes, 0)!;
    expect(client.tokens).toEqual([quickAckToken(crypto, client.key.bytes, plain, 0)]);
  });

  it('rpc/invoke-after: waits for what runs, and for what has not come yet', async () => {
    const at = server();
    let end!: (outcome: RpcOutcome) => void;
    at.answers.set(1, new Promise((resolve) => (end = resolve)));
    const client = greeted(at);
    const first = client.send(request(1));
    const late = client.inner(request(2));
    client.send(after([first, late.msgId], request(3)));
    client.send(afterOne(first, request(4)));
    expect(at.ran).toEqual([1]);
    end({ result: request(0) });
    await settled();
    expect(at.ran).toEqual([1, 4]);
    client.send(late.body, late);
    expect(at.ran).toEqual([1, 4, 2, 3]);
    client.take();
    client.send(afterOne(client.nextId() + 400n, request(5)));
    at.pass(29_900);
    client.take();
    at.pass(100);
    expect(client.take()).toMatchObject([
      { result: { errorCode: -503, errorMessage: 'MSG_WAIT_TIMEOUT' } },
    ]);
  });

  it('rpc/invoke-after: fails with the call it waits for, and through chains', () => {
    const at = server();
    at.answers.set(1, { error: { code: 400, message: 'NO' } });
    const client = greeted(at);
    const first = client.inner(request(1));
    const second = client.inner(afterOne(first.msgId, request(2)));
    const third = client.inner(afterOne(second.msgId, request(3)));
    client.container([first, second, third]);
    const results = client.take() as tl.RpcResult[];
    expect(results.map((one) => (one.result as tl.RpcError).errorMessage)).toEqual([
      'NO',
      'MSG_WAIT_FAILED',
      'MSG_WAIT_FAILED',
    ]);
    const self = client.nextId();
    client.send(afterOne(self, request(4)), { msgId: self });
    expect(client.take()).toMatchObject([{ result: { errorMessage: 'MSG_WAIT_FAILED' } }]);
    expect(at.ran).toEqual([1]);
  });

  it('pushes updates to the sessions of a key that want them', () => {
    const at = server();
    const client = greeted(at);
    const other = greeted(at);
    expect(at.core.push(client.key.id, () => request(5))).toBe(1);
    expect(client.got[0]).toMatchObject({ body: request(5) });
    expect(Number(client.got[0]!.msgId % 4n)).toBe(3);
    expect(other.got).toEqual([]);
    for (const session of at.core.sessions()) session.wantsUpdates = false;
    expect(at.core.push(client.key.id, () => request(5))).toBe(0);
    const media = new TestClient(at, { key: client.key });
    media.connect({ media: true });
    media.sessionId = 55n;
    media.send(new tl.PingRequest({ pingId: 1n }));
    expect(at.core.push(client.key.id, () => request(5))).toBe(0);
  });

  it('keeps updates for a client that is away', () => {
    const at = server();
    const client = greeted(at);
    client.connection.lost();
    at.core.push(client.key.id, () => request(5));
    expect(client.got).toEqual([]);
    client.connect();
    client.send(new tl.PingRequest({ pingId: 1n }));
    expect(client.take()).toMatchObject([{ body: request(5) }, { _: 'pong' }]);
  });

  it('forgets sessions that nobody has used for long', () => {
    const at = server({ sessionLifetime: 10 });
    const client = greeted(at);
    client.connection.lost();
    at.pass(25_000);
    expect([...at.core.sessions()]).toEqual([]);
    expect(at.core.deadline()).toBe(null);
  });
});

describe('temporary keys', () => {
  const expiresAt = START / 1000 + 100;

  it('pfs/bind: unbound, only auth.bindTempAuthKey gets through', () => {
    const at = server();
    const client = new TestClient(at, { expiresAt });
    client.send(request(1));
    client.send(new tl.PingRequest({ pingId: 1n }));
    expect(client.take()).toMatchObject([
      { _: 'new_session_created' },
      { result: { errorCode: 401, errorMessage: 'AUTH_KEY_PERM_EMPTY' } },
      { _: 'pong' },
    ]);
    const bind = new Uint8Array(8);
    new DataView(bind.buffer).setUint32(0, 0xcdd42a05, true);
    client.send(bind);
    expect(at.ran).toHaveLength(1);
    const permanent = at.core.addKey({ key: newKey(), dcId: 2, expiresAt: null, salt: 1n });
    for (const key of at.core.keys()) if (key.expiresAt !== null) key.boundTo = permanent;
    client.send(request(2));
    expect(at.ran).toHaveLength(2);
    client.take();
    expect(at.core.push(permanent.key.id, () => request(5))).toBe(1);
    at.core.destroyKey(permanent.key.id);
    client.send(request(3));
    expect(client.errors).toEqual([-404]);
  });

  it('expired keys are unknown', () => {
    const at = server();
    const client = new TestClient(at, { expiresAt });
    at.pass(99_000);
    client.send(new tl.PingRequest({ pingId: 1n }));
    expect(client.errors).toEqual([]);
    at.pass(1000);
    client.send(new tl.PingRequest({ pingId: 1n }));
    expect(client.errors).toEqual([-404]);
    expect(at.core.refusals.list.map((one) => one.kind)).toEqual(['expired-key']);
    expect([...at.core.keys()]).toEqual([]);
  });

  it('refuses a binding that proves nothing', () => {
    const replies: (string | null)[] = [];
    const at = server({
      handler: (call) => {
        const request = {
          permAuthKeyId: 1n,
          nonce: 2n,
          expiresAt,
          encryptedMessage: new Uint8Array(40),
        };
        replies.push(at.core.bindTempKey(call, request));
        return { result: encode(new tl.DestroyAuthKeyOk()) };
      },
    });
    const bind = new Uint8Array(8);
    new DataView(bind.buffer).setUint32(0, 0xcdd42a05, true);
    new TestClient(at, { expiresAt }).send(bind);
    new TestClient(at).send(bind);
    expect(replies).toEqual(['ENCRYPTED_MESSAGE_INVALID', 'TEMP_AUTH_KEY_EMPTY']);
  });
});
