import { encode, type TlObject } from '@tlgen/codec';
import {
  MsgsAck,
  DhGenOk,
  DhGenRetry,
  PingRequest,
  PQInnerData,
  PQInnerDataTemp,
  PQInnerDataTempDc,
  ReqPqMultiRequest,
  ReqPqRequest,
  ResPQ,
} from '@tlgen/mtproto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bigIntFromBytes,
  bytesFromBigInt,
  concat,
  parseRsaKey,
  rsaPad,
} from '../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import {
  ExchangeStore,
  generateServerKey,
  LOCAL_PUBLIC_PEM,
} from '../../../../packages/local-dc/src/protocol/handshake/index.js';
import { RUNS, SEED } from '../../../support/random.js';
import { makeServer, NOW, packetOf, read, rsaKey, Stranger, type Fields } from './support.js';

const B = bigIntFromBytes(nodeCrypto.sha512(Uint8Array.of(1)));
const zeros = (size: number): Uint8Array => new Uint8Array(size);

function atParams(): Stranger {
  const stranger = new Stranger(makeServer());
  stranger.askPq();
  return stranger;
}

function atShare(server = makeServer()): Stranger {
  const stranger = new Stranger(server);
  stranger.askPq();
  stranger.takeParams(stranger.askParams());
  return stranger;
}

describe('the server side of a key exchange', () => {
  it('makes a key with a client that shares no code with it', () => {
    const stranger = atShare();
    const outcome = stranger.share(B);
    expect(read(outcome)).toBeInstanceOf(DhGenOk);
    const { done } = outcome;
    expect(bigIntFromBytes(done!.key.bytes)).toBe(stranger.keyOf(B));
    expect(done).toMatchObject({ temporary: false, expiresAt: null, dcId: 2 });
  });

  it('answers with its time, and with message ids that are 1 modulo 4 and grow', () => {
    const server = makeServer();
    const stranger = new Stranger(server);
    const packets = [1, 2, 3].map(() => {
      const nonce = stranger.crypto.randomBytes(16);
      return stranger.say(new ReqPqMultiRequest({ nonce })).reply!;
    });
    const ids = packets.map((packet) => new DataView(packet.buffer).getBigInt64(8, true));
    expect(ids[0]! >> 32n).toBe(BigInt(Math.floor(NOW)));
    expect(ids.map((id) => id & 3n)).toEqual([1n, 1n, 1n]);
    expect(ids[1]!).toBeGreaterThan(ids[0]!);
    expect(ids[2]!).toBeGreaterThan(ids[1]!);
    const other = atShare(server);
    expect(other.inner!.serverTime).toBe(Math.floor(NOW));
  });

  it('takes req_pq and every form of the inner data', () => {
    const cases: readonly (readonly [(s: Stranger) => TlObject, Fields])[] = [
      [(s) => new PQInnerData(s.innerData()), { temporary: false, expiresAt: null, dcId: 2 }],
      [(s) => s.innerData({ dc: -2 }), { temporary: false, expiresAt: null, dcId: -2 }],
      [(s) => s.innerData({ dc: 10_002 }), { temporary: false, dcId: 10_002 }],
      [
        (s) => new PQInnerDataTemp({ ...s.innerData(), expiresIn: 60 }),
        { temporary: true, expiresAt: Math.floor(NOW) + 60, dcId: 2 },
      ],
      [
        (s) => new PQInnerDataTempDc({ ...s.innerData({ dc: -10_002 }), expiresIn: 60 }),
        { temporary: true, expiresAt: Math.floor(NOW) + 60, dcId: -10_002 },
      ],
    ];
    for (const [inner, expected] of cases) {
      const stranger = new Stranger(makeServer());
      stranger.askPq(new ReqPqRequest({ nonce: stranger.nonce }));
      stranger.takeParams(stranger.askParams(inner(stranger)));
      expect(stranger.share(B).done).toMatchObject(expected);
    }
  });

  it('takes g_b without its leading zeros, and a key with leading zeros is whole', () => {
    const stranger = atShare();
    const small = 1280n;
    const gB = bytesFromBigInt(3n ** small);
    expect(gB.length).toBe(254);
    const outcome = stranger.share(small, { gB });
    expect(bigIntFromBytes(outcome.done!.key.bytes)).toBe(stranger.keyOf(small));
  });

  it('gives the same answer to the same query, and no key twice', () => {
    const server = makeServer();
    const stranger = new Stranger(server);
    const first = stranger.askPq();
    expect(stranger.askPq()).toEqual(first);
    const inner = stranger.innerData();
    const encryptedData = rsaPad(stranger.crypto, encode(inner), rsaKey);
    const params = stranger.askParams(inner, { encryptedData });
    expect(read(stranger.askParams(inner, { encryptedData }))).toEqual(read(params));
    stranger.takeParams(params);
    const ok = stranger.share(B);
    const again = stranger.share(B);
    expect(read(again)).toEqual(read(ok));
    expect(again.done).toBeUndefined();
  });

  it('goes on over another connection when they share a store, else not', () => {
    const store = new ExchangeStore();
    const stranger = new Stranger(makeServer({ store }));
    stranger.askPq();
    const outcome = stranger.askParams();
    stranger.takeParams(outcome);
    const moved = Object.assign(Object.create(stranger) as Stranger, {
      server: makeServer({ store }),
    });
    expect(moved.share(B).done).toBeDefined();
    const lost = Object.assign(Object.create(stranger) as Stranger, { server: makeServer() });
    expect(lost.share(B).refusal).toEqual({
      code: -404,
      reason: 'set_client_DH_params: no exchange has this nonce',
    });
  });

  it('forgets the oldest of very many exchanges', () => {
    const store = new ExchangeStore();
    const stranger = new Stranger(makeServer({ store }));
    stranger.askPq();
    for (let i = 0; i < 1000; i++) {
      stranger.say(new ReqPqMultiRequest({ nonce: stranger.crypto.randomBytes(16) }));
    }
    expect(store.size).toBe(1000);
    expect(stranger.askParams().refusal?.reason).toContain('no exchange');
  });

  it('leaves a plain acknowledgement unanswered', () => {
    expect(new Stranger(makeServer()).say(new MsgsAck({ msgIds: [1n] }))).toEqual({ reply: null });
  });

  it('makes puzzles of two primes below 2^63', () => {
    const stranger = new Stranger(makeServer());
    for (let i = 0; i < 20; i++) {
      const nonce = stranger.crypto.randomBytes(16);
      const { pq } = read<ResPQ>(stranger.say(new ReqPqMultiRequest({ nonce })));
      expect(pq.length).toBe(8);
      expect(pq[0]! < 0x80).toBe(true);
      const factor = nodeCrypto.findFactor(bigIntFromBytes(pq))!;
      for (const prime of [factor, bigIntFromBytes(pq) / factor]) {
        expect(nodeCrypto.isProbablyPrime(bytesFromBigInt(prime), 20)).toBe(true);
        expect(prime).toBeGreaterThan(2n ** 30n);
      }
    }
  });
});

describe('the server refuses', () => {
  const query = encode(new ReqPqMultiRequest({ nonce: zeros(16) }));
  const good = packetOf(query);
  const withLength = (length: number): Uint8Array => {
    const packet = good.slice();
    new DataView(packet.buffer).setInt32(16, length, true);
    return packet;
  };
  const envelopes: readonly (readonly [string, Uint8Array, string])[] = [
    ['nothing', zeros(0), 'a packet of 0 bytes'],
    ['a short packet', good.slice(0, 19), 'a packet of 19 bytes'],
    ['an auth_key_id', concat(Uint8Array.of(1), good.slice(1)), 'auth_key_id is not 0'],
    ['msg_id 0', packetOf(query, 0n), 'msg_id is not positive'],
    ['a negative msg_id', packetOf(query, -4n), 'msg_id is not positive'],
    ['an odd msg_id', packetOf(query, 5n), 'msg_id is not a multiple of 4'],
    ['length 0', withLength(0), 'message length 0'],
    ['length 22', withLength(18), 'message length 18 is not a multiple of 4'],
    ['a message that is cut', good.slice(0, -4), 'the message ends 4 bytes after its packet'],
    ['16 bytes behind the message', concat(good, zeros(16)), '16 bytes follow the message'],
    ['another method', packetOf(encode(new PingRequest({ pingId: 1n }))), 'no query'],
  ];
  for (const [what, packet, reason] of envelopes) {
    it(`${what}`, () => {
      const outcome = makeServer().receive(packet);
      expect(outcome.reply).toBeNull();
      expect(outcome.refusal!.code).toBe(-404);
      expect(outcome.refusal!.reason).toContain(reason);
    });
  }

  it('nothing when a padded transport leaves 15 bytes behind the message', () => {
    expect(makeServer().receive(concat(good, zeros(15))).reply).not.toBeNull();
  });

  type Ask = (stranger: Stranger) => Fields;
  const params: readonly (readonly [string, Ask, Ask, string])[] = [
    ['another nonce', () => ({}), () => ({ nonce: zeros(16) }), 'no exchange has this nonce'],
    ['another server_nonce', () => ({}), () => ({ serverNonce: zeros(16) }), 'wrong server_nonce'],
    ['p in place of q', () => ({}), (s) => ({ q: s.pq.p }), 'q is not the larger prime'],
    ['q in place of p', () => ({}), (s) => ({ p: s.pq.q }), 'p is not the smaller prime'],
    [
      'another fingerprint',
      () => ({}),
      () => ({ publicKeyFingerprint: 1n }),
      'no RSA key has this',
    ],
    ['255 bytes under RSA', () => ({}), () => ({ encryptedData: zeros(255) }), 'encrypted_data'],
    ['no RSA_PAD', () => ({}), () => ({ encryptedData: zeros(256) }), 'encrypted_data'],
    ['a wrong inner nonce', () => ({ nonce: zeros(16) }), () => ({}), 'data: wrong nonce'],
    [
      'a wrong inner server_nonce',
      () => ({ serverNonce: zeros(16) }),
      () => ({}),
      'data: wrong server_nonce',
    ],
    ['a wrong inner pq', () => ({ pq: zeros(8) }), () => ({}), 'data: wrong pq'],
    ['a wrong inner p', () => ({ p: zeros(4) }), () => ({}), 'data: wrong p'],
    ['a wrong inner q', () => ({ q: zeros(4) }), () => ({}), 'data: wrong q'],
  ];
  for (const [what, inner, outer, reason] of params) {
    it(`req_DH_params with ${what}, and takes the right one after it`, () => {
      const stranger = atParams();
      const outcome = stranger.askParams(stranger.innerData(inner(stranger)), outer(stranger));
      expect(outcome.reply).toBeNull();
      expect(outcome.refusal!.code).toBe(-404);
      expect(outcome.refusal!.reason).toContain(reason);
      stranger.takeParams(stranger.askParams());
      expect(stranger.share(B).done).toBeDefined();
    });
  }

  it('inner data of another type, a lifetime of 0, and another data center', () => {
    const stranger = atParams();
    const other = stranger.askParams(new MsgsAck({ msgIds: [] }));
    expect(other.refusal!.reason).toContain('no data under RSA');
    for (const expiresIn of [0, -1]) {
      const temp = new PQInnerDataTempDc({ ...stranger.innerData(), expiresIn });
      expect(stranger.askParams(temp).refusal!.reason).toContain('expires_in');
    }
    for (const dc of [1, 3, -3, 10_001, 20_002, 0, -0x8000_0000]) {
      expect(stranger.askParams(stranger.innerData({ dc })).refusal!.code).toBe(-444);
    }
  });

  it('steps out of order', () => {
    const early = atParams();
    const { nonce, serverNonce } = early;
    early.inner = atShare().inner;
    expect(early.share(B).refusal!.reason).toBe('set_client_DH_params: req_DH_params comes first');
    expect(early.serverNonce).toBe(serverNonce);
    expect(early.nonce).toBe(nonce);
    const twice = atShare();
    expect(twice.askParams().refusal!.reason).toContain('answered before');
    twice.share(B);
    expect(twice.share(B + 1n).refusal!.reason).toContain('has ended');
  });

  const P = (stranger: Stranger): bigint => bigIntFromBytes(stranger.inner!.dhPrime);
  const shares: readonly (readonly [string, Ask, Ask, string])[] = [
    ['another nonce', () => ({}), () => ({ nonce: zeros(16) }), 'no exchange has this nonce'],
    ['another server_nonce', () => ({}), () => ({ serverNonce: zeros(16) }), 'wrong server_nonce'],
    ['nothing encrypted', () => ({}), () => ({ encryptedData: zeros(0) }), 'is empty'],
    ['17 bytes encrypted', () => ({}), () => ({ encryptedData: zeros(17) }), 'no multiple of 16'],
    ['garbage encrypted', () => ({}), () => ({ encryptedData: zeros(352) }), 'the hash'],
    ['a wrong inner nonce', () => ({ nonce: zeros(16) }), () => ({}), 'data: wrong nonce'],
    [
      'a wrong inner server_nonce',
      () => ({ serverNonce: zeros(16) }),
      () => ({}),
      'data: wrong server_nonce',
    ],
    ['a retry_id without a retry', () => ({ retryId: 1n }), () => ({}), 'wrong retry_id'],
    ['g_b = 0', () => ({ gB: zeros(256) }), () => ({}), 'g_b'],
    ['g_b = 1', () => ({ gB: Uint8Array.of(1) }), () => ({}), 'g_b'],
    ['g_b = p - 1', (s) => ({ gB: bytesFromBigInt(P(s) - 1n) }), () => ({}), 'g_b'],
    ['g_b = p', (s) => ({ gB: bytesFromBigInt(P(s)) }), () => ({}), 'g_b'],
    ['g_b too long', () => ({ gB: zeros(257) }), () => ({}), 'g_b'],
  ];
  for (const [what, inner, outer, reason] of shares) {
    it(`set_client_DH_params with ${what}, and takes the right one after it`, () => {
      const stranger = atShare();
      const outcome = stranger.share(B, inner(stranger), outer(stranger));
      expect(outcome.reply).toBeNull();
      expect(outcome.done).toBeUndefined();
      expect(outcome.refusal!.code).toBe(-404);
      expect(outcome.refusal!.reason).toContain(reason);
      expect(stranger.share(B).done).toBeDefined();
    });
  }

  it('padding of 16 bytes and objects of another type in set_client_DH_params', () => {
    const stranger = atShare();
    const data = encode(new MsgsAck({ msgIds: [] }));
    const hash = nodeCrypto.sha1(data);
    const fits = concat(hash, data);
    expect(fits.length).toBe(32);
    expect(stranger.shareBytes(fits).refusal!.reason).toContain('no client_DH_inner_data');
    expect(stranger.shareBytes(concat(fits, zeros(16))).refusal!.reason).toContain('the hash');
    expect(stranger.shareBytes(zeros(16)).refusal!.reason).toContain('the hash');
  });

  it('a retry without the retry_id of the key before', () => {
    const stranger = atShare(makeServer({ hooks: { verdict: (n) => (n === 0 ? 'retry' : 'ok') } }));
    expect(read(stranger.share(B))).toBeInstanceOf(DhGenRetry);
    expect(stranger.share(B + 1n).refusal!.reason).toContain('wrong retry_id');
    const key = bytesFromBigInt(stranger.keyOf(B), 256);
    const retryId = new DataView(nodeCrypto.sha1(key).buffer).getBigInt64(0, true);
    expect(stranger.share(B + 1n, { retryId }).done).toBeDefined();
  });

  it('any bytes, without throwing', () => {
    const server = makeServer();
    const property = fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(3), (bytes, kind) => {
      const body = bytes.slice(0, bytes.length & ~3);
      const packet = kind === 0 ? bytes : packetOf(body);
      const ids = [0xbe7e8ef1, 0xd712e4be, 0xf5045f1f];
      if (kind > 0 && body.length >= 4) {
        new DataView(packet.buffer).setUint32(20, ids[kind - 1]!, true);
      }
      const outcome = server.receive(packet);
      expect(outcome.done).toBeUndefined();
      if (outcome.reply === null) expect(outcome.refusal).toBeDefined();
    });
    fc.assert(property, { seed: SEED, numRuns: 300 * RUNS });
  });
});

describe('RSA keys of local data centers', () => {
  it('the fixed pair fits together', () => {
    expect(parseRsaKey(nodeCrypto, LOCAL_PUBLIC_PEM).fingerprint).toBe(rsaKey.fingerprint);
    expect(rsaKey.publicPem).toBe(LOCAL_PUBLIC_PEM);
  });

  it('a fresh pair is another one, and makes keys', async () => {
    const fresh = await generateServerKey(nodeCrypto);
    expect(fresh.fingerprint).not.toBe(rsaKey.fingerprint);
    expect(parseRsaKey(nodeCrypto, fresh.publicPem).fingerprint).toBe(fresh.fingerprint);
    const stranger = new Stranger(makeServer({ rsaKeys: [rsaKey, fresh] }));
    const { serverPublicKeyFingerprints } = stranger.askPq();
    expect(serverPublicKeyFingerprints).toEqual([rsaKey.fingerprint, fresh.fingerprint]);
    const encryptedData = rsaPad(stranger.crypto, encode(stranger.innerData()), fresh);
    const outcome = stranger.askParams(stranger.innerData(), {
      encryptedData,
      publicKeyFingerprint: fresh.fingerprint,
    });
    stranger.takeParams(outcome);
    expect(stranger.share(B).done).toBeDefined();
  });
});
