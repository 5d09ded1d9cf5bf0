import * as tl from '@tlgen/mtproto';
import type { auth } from '@tlgen/telegram';
import { registry as telegram } from '@tlgen/telegram/registry';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '@tlgen/codec';
import type { AuthKey } from '../../../../packages/runtime/src/crypto/index.js';
import { bindMessage } from '../../../../packages/runtime/src/session/bind/index.js';
import { Handshake } from '../../../../packages/runtime/src/session/handshake/index.js';
import { MessageIds } from '../../../../packages/runtime/src/session/message-ids.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import { localRsaKey } from '../../../../packages/local-dc/src/protocol/handshake/index.js';
import { greeted, request, server, TestClient, type Server } from './support.js';

interface Made {
  readonly key: AuthKey;
  readonly salt: bigint;
  readonly expiresAt: number | null;
}

/** Our own client's key exchange; every packet over a connection of its own, as over http. */
function exchange(at: Server, options: { dcId?: number; expiresIn?: number } = {}): Made {
  const { dcId = 2, expiresIn } = options;
  const now = { wall: at.clock.now, steady: at.clock.now };
  const handshake = new Handshake({
    crypto: nodeCrypto,
    rsaKeys: [localRsaKey(nodeCrypto)],
    dcId,
    messageIds: new MessageIds(),
    ...(expiresIn === undefined ? {} : { temporary: { expiresIn } }),
  });
  let packet = handshake.start(now);
  for (;;) {
    let answer: Uint8Array | null = null;
    const errors: number[] = [];
    const connection = at.core.open(
      { dcId: 2, polling: true },
      {
        packet: (bytes) => {
          answer = bytes;
        },
        quickAck: () => undefined,
        error: (code) => errors.push(code),
        close: () => undefined,
      },
    );
    connection.receive(packet);
    if (answer === null) throw new Error(`no answer, errors ${errors}`);
    const step = handshake.receive(answer, now);
    if (step.type === 'done') return step;
    if (step.type === 'send') packet = step.bytes;
  }
}

describe('the key exchange through the core', () => {
  it('makes a permanent key with the salt that both sides know', () => {
    const at = server();
    const { key, salt, expiresAt } = exchange(at);
    expect(expiresAt).toBe(null);
    const client = greeted(at, { key: key as never, salt });
    client.send(request(1));
    expect(client.names()).toEqual(['result']);
    expect(at.core.refusals.count).toBe(0);
  });

  it('pfs/bind: a temporary key works once it is bound, and pushes go to its sessions', () => {
    const outcomes: (string | null)[] = [];
    const at = server({
      handler: (call) => {
        const view = new DataView(call.body.buffer, call.body.byteOffset);
        if (view.getUint32(0, true) !== 0xcdd42a05) return { result: request(1) };
        const bind = decode(call.body, telegram) as auth.BindTempAuthKeyRequest;
        outcomes.push(at.core.bindTempKey(call, bind));
        return { result: encode(new tl.DestroyAuthKeyOk()) };
      },
    });
    const permanent = exchange(at);
    const temporary = exchange(at, { expiresIn: 3600 });
    expect(temporary.expiresAt).toBe(Math.floor(at.clock.now / 1000) + 3600);
    const client = new TestClient(at, { key: temporary.key as never, salt: temporary.salt });
    client.send(request(1));
    expect(client.take().at(-1)).toMatchObject({ result: { errorCode: 401 } });
    const msgId = client.nextId();
    const message = bindMessage(nodeCrypto, {
      permKey: permanent.key,
      tempKey: temporary.key,
      tempSessionId: client.sessionId,
      msgId,
      expiresAt: temporary.expiresAt ?? 0,
    });
    client.send(message.request, { msgId });
    expect(outcomes).toEqual([null]);
    client.take();
    client.send(request(2));
    expect(client.names()).toEqual(['result']);
    expect(at.core.push(permanent.key.id, () => request(5))).toBe(1);
  });

  it('−444 for a key that is meant for another data center', () => {
    const at = server();
    expect(() => exchange(at, { dcId: 4 })).toThrow('-444');
    expect(at.core.refusals.list.map((one) => [one.kind, one.code])).toEqual([['wrong-dc', -444]]);
  });

  it('msg/fuzz-handle: hostile packets are refused, never thrown, and hurt nobody else', () => {
    const at = server();
    const client = greeted(at);
    let state = 1;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 8;
    };
    const samples = [
      request(1, 64),
      encode(new tl.MsgsStateReq({ msgIds: [1n, 2n] })),
      encode(new tl.GetFutureSaltsRequest({ num: -5 })),
      encode(new tl.PingDelayDisconnectRequest({ pingId: 1n, disconnectDelay: -7 })),
      encode(new tl.MsgsAllInfo({ msgIds: [1n, 2n, 3n], info: new Uint8Array(1) })),
      encode(new tl.ReqPqMultiRequest({ nonce: new Uint8Array(16) })),
      encode(new tl.HttpWait({ maxDelay: -1, waitAfter: -1, maxWait: -1 })),
    ];
    for (let i = 0; i < 3000; i++) {
      if (client.connection.closed) client.connect();
      const sample = samples[random() % samples.length]!.slice();
      for (let j = random() % 4; j > 0; j--) sample[random() % sample.length] = random();
      const body =
        random() % 3 === 0 ? sample.subarray(0, (random() % sample.length) & ~3) : sample;
      if (random() % 4 === 0) {
        const plain = new Uint8Array(20 + body.length);
        plain.set(body, 20);
        plain[16] = random() % 2 ? body.length : random();
        client.connection.receive(plain);
      } else if (random() % 3 === 0) {
        client.container([client.inner(body), client.inner(request(2))]);
      } else client.send(body);
      client.got.length = 0;
    }
    const other = greeted(at);
    other.send(request(7));
    expect(other.names()).toEqual(['result']);
    expect(at.core.refusals.count).toBeGreaterThan(0);
  });
});
