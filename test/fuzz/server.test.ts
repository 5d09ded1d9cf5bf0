import { GetFutureSaltsRequest, MsgsStateReq, PingRequest } from '@tlgen/mtproto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealPlain } from '../../packages/runtime/src/session/index.js';
import { RUNS, SEED } from '../support/random.js';
import { request, server, TestClient, type Server } from '../unit/local-dc/protocol/support.js';
import { bodies, type MakeBody } from './bodies.js';

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

/** What a client may do. */
type Step =
  | { readonly type: 'raw'; readonly bytes: Uint8Array }
  | { readonly type: 'plain'; readonly bytes: Uint8Array; readonly msgId: bigint }
  | {
      readonly type: 'sealed';
      readonly make: MakeBody;
      readonly msgId: bigint | null;
      readonly shift: bigint;
      readonly seqNo: number | null;
      readonly session: bigint | null;
      readonly salted: boolean;
    }
  | { readonly type: 'connect' | 'lost' | 'ask' }
  | { readonly type: 'pass'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('raw' as const),
      bytes: fc.uint8Array({ maxLength: 200 }),
    }),
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
      msgId: fc.option(long, { freq: 6 }),
      shift: fc.constantFrom(0n, 0n, 0n, 0n, 1n, 2n, -(1n << 41n), 1n << 40n),
      seqNo: fc.option(int, { freq: 4 }),
      session: fc.option(fc.constantFrom(0n, 1n, 2n, 3n), { freq: 3 }),
      salted: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('connect' as const, 'lost' as const, 'ask' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('pass' as const),
      ms: fc.constantFrom(1, 100, 40_000, 90_000_000),
    }),
  },
);

function take(at: Server, client: TestClient, one: Step): void {
  switch (one.type) {
    case 'raw':
      return client.connection.receive(one.bytes);
    case 'plain':
      return client.connection.receive(sealPlain(one.msgId, one.bytes));
    case 'sealed': {
      const own = client.sessionId;
      if (one.session !== null) client.sessionId = one.session;
      const known = [client.nextId(), ...client.got.map(({ msgId }) => msgId).slice(-4)];
      client.got.length = 0;
      client.raw(one.make(known), {
        msgId: one.msgId ?? client.nextId() + one.shift,
        seqNo: one.seqNo ?? client.nextSeqNo(true),
        salt: one.salted ? client.salt : 3n,
        quickAck: one.salted,
      });
      client.sessionId = own;
      return;
    }
    case 'ask':
      return void client.send(request(1));
    case 'connect':
      return void client.connect();
    case 'lost':
      return client.connection.lost();
    case 'pass':
      return at.pass(one.ms);
  }
}

/** A client that takes whatever the server sends, also what is not meant for its session. */
class Careless extends TestClient {
  override connect(): ReturnType<TestClient['connect']> {
    this.closed = false;
    this.connection = this.at.core.open(
      { dcId: 2 },
      { packet: () => {}, quickAck: () => {}, error: () => {}, close: () => {} },
    );
    return this.connection;
  }
}

/** Somebody else's request is answered, and so is an honest one of the hostile client's own key. */
function expectAlive(at: Server, key?: TestClient['key']): void {
  const client = new TestClient(at, key ? { key } : {});
  client.sessionId = 0x7777n;
  for (let i = 0; i < 3; i++) {
    client.send(request(5));
    const names = client.take();
    if (names.some(({ _ }) => _ === 'result')) return;
    for (const one of names) {
      if (one._ === 'bad_server_salt')
        client.salt = (one as never as { newServerSalt: bigint }).newServerSalt;
    }
  }
  throw new Error('the data center does not answer any more');
}

describe('a data center in the hands of a hostile client', () => {
  it('api/no-throw-on-remote: anything it sends is refused or answered, and others are served', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        const at = server({ handler: () => ({ result: request(9) }) });
        const client = new Careless(at);
        for (const one of steps) {
          if (client.connection.closed) client.connect();
          take(at, client, one);
          at.core.tick();
          const deadline = at.core.deadline();
          expect(deadline === null || Number.isFinite(deadline)).toBe(true);
        }
        at.pass(1000);
        expectAlive(at);
        expectAlive(at, client.key);
        at.core.close();
      }),
      { seed: SEED, numRuns: 120 * RUNS },
    );
  });

  it('msg/fuzz-handle: any body under the right key, one after the other', () => {
    const at = server({ handler: () => ({ result: request(9) }) });
    const client = new Careless(at);
    fc.assert(
      fc.property(bodies, fc.boolean(), (make, content) => {
        at.clock.now += 5;
        const known = [client.nextId(), client.nextId()];
        client.raw(make(known), {
          msgId: client.nextId(),
          seqNo: client.nextSeqNo(content),
        });
        if (client.connection.closed) client.connect();
      }),
      { seed: SEED, numRuns: 800 * RUNS },
    );
    at.pass(1000);
    expectAlive(at);
  });

  it('api/no-throw-on-remote: a client that asks and asks gets no more than it asked for', () => {
    const many = Array.from({ length: 8192 }, (_, i) => BigInt(i) * 4n);
    for (const body of [
      new MsgsStateReq({ msgIds: many }),
      new GetFutureSaltsRequest({ num: 0x7fff_ffff }),
      new PingRequest({ pingId: 1n }),
    ]) {
      const at = server();
      const client = new TestClient(at);
      let asked = 0;
      for (let i = 0; i < 200; i++) {
        at.clock.now += 5;
        client.send(body, { content: true });
        asked += 32;
        if (client.connection.closed) client.connect();
      }
      const got = client.packets.reduce((sum, one) => sum + one.length, 0);
      expect(got).toBeLessThan(asked + 200 * 9000);
      client.got.length = 0;
      expectAlive(at);
    }
  });
});
