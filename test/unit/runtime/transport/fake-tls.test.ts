import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  FakeTlsClient,
  FakeTlsServer,
  TransportError,
  type FakeTlsStep,
} from '../../../../packages/runtime/src/transport/index.js';
import { x25519PublicKey } from '../../../../packages/runtime/src/transport/fake-tls/x25519.js';
import {
  HANDSHAKE,
  tlsRecord,
} from '../../../../packages/runtime/src/transport/fake-tls/records.js';
import { Random } from '../../../support/random.js';
import { join } from '../../../support/bytes.js';
import { partitions, seededCrypto } from './support.js';

const SECRET = new Random(79).bytes(16);
const NOW = 1_800_000_000;
const CCS = Uint8Array.of(0x14, 3, 3, 0, 1, 1);

function client(secret = SECRET, unixTime = NOW): FakeTlsClient {
  const domain = 'www.example.com';
  return new FakeTlsClient({ crypto: seededCrypto(1), secret, domain, unixTime });
}

function server(extra?: readonly Uint8Array[], secret = SECRET): FakeTlsServer {
  return new FakeTlsServer({ crypto: seededCrypto(2), secret, extra });
}

const answerOf = (to: FakeTlsClient, from = server()): Uint8Array => {
  const { send } = from.receive(to.hello, NOW);
  if (send === null) throw new Error('no answer');
  return send;
};

const refused = expect.objectContaining({ name: 'TransportError', code: 'bad-frame' }) as Error;

describe('faketls/hello', () => {
  it('faketls/hello: is a well-formed ClientHello with the host name', () => {
    const { hello } = client();
    const view = new DataView(hello.buffer, hello.byteOffset);
    expect([hello[0], hello[1], hello[2]]).toEqual([0x16, 3, 1]);
    expect(view.getUint16(3)).toBe(hello.length - 5);
    expect(hello[5]).toBe(1);
    expect(view.getUint32(5) & 0xffffff).toBe(hello.length - 9);
    let at = 11 + 32;
    expect(hello[at]).toBe(32);
    at += 33;
    at += 2 + view.getUint16(at);
    at += 1 + (hello[at] ?? 0);
    expect(view.getUint16(at)).toBe(hello.length - at - 2);
    at += 2;
    const seen = new Map<number, Uint8Array>();
    while (at < hello.length) {
      const size = view.getUint16(at + 2);
      seen.set(view.getUint16(at), hello.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
    expect(at).toBe(hello.length);
    const types = [...seen.keys()];
    expect(types.filter((type) => (type & 0x0f0f) === 0x0a0a)).toHaveLength(2);
    expect((types[0] ?? 0) & 0x0f0f).toBe(0x0a0a);
    expect((types[types.length - 1] ?? 0) & 0x0f0f).toBe(0x0a0a);
    expect(Buffer.from(seen.get(0) ?? []).toString()).toContain('www.example.com');
    const shares = seen.get(0x33) ?? new Uint8Array();
    expect(shares.length).toBe(2 + 5 + 4 + 1216 + 4 + 32);
  });

  it('faketls/hello: two hellos differ in order and GREASE', () => {
    const hellos = [1, 2].map((seed) => {
      const crypto = seededCrypto(seed);
      return new FakeTlsClient({ crypto, secret: SECRET, domain: 'a.b', unixTime: NOW }).hello;
    });
    expect(hellos[0]?.subarray(76)).not.toEqual(hellos[1]?.subarray(76));
  });

  it('faketls/hello: its random is the digest mixed with the time', () => {
    const { hello } = client();
    const random = hello.slice(11, 43);
    const zeroed = hello.slice();
    zeroed.fill(0, 11, 43);
    const digest = seededCrypto(1).hmacSha256(SECRET, zeroed);
    expect(random.slice(0, 28)).toEqual(digest.slice(0, 28));
    const word = (bytes: Uint8Array): number => Buffer.from(bytes).readUInt32LE(28);
    expect((word(random) ^ word(digest)) >>> 0).toBe(NOW);
  });

  it('faketls/hello: client and server agree, and data goes both ways in records', () => {
    const mine = client();
    const theirs = server();
    const step = mine.receive(answerOf(mine, theirs));
    expect(step).toEqual({ ready: true, data: [] });
    const big = new Random(1).bytes(40_000);
    const sent = mine.wrap(big);
    expect(sent.subarray(0, 6)).toEqual(CCS);
    expect(join(...theirs.receive(sent, NOW).data)).toEqual(big);
    expect(join(...theirs.receive(mine.wrap(big), NOW).data)).toEqual(big);
    expect(join(...mine.receive(theirs.wrap(big)).data)).toEqual(big);
  });

  it('faketls/hello: any partition of the answer gives the same', () => {
    const template = client();
    const theirs = server();
    const answer = answerOf(template, theirs);
    const data = new Random(2).bytes(50);
    const stream = join(answer, theirs.wrap(data));
    let run = 0;
    for (const cuts of partitions(stream.length, new Random(4))) {
      // A client computes three curve points: all cuts near the headers, and every eleventh elsewhere.
      const [first = 0] = cuts;
      if (cuts.length === 1 && first > 150 && run++ % 11 !== 0) continue;
      const mine = client();
      const got: Uint8Array[] = [];
      let step: FakeTlsStep = { ready: false, data: [] };
      let from = 0;
      for (const to of [...cuts, stream.length]) {
        step = mine.receive(stream.slice(from, to));
        got.push(...step.data);
        from = to;
      }
      expect(step.ready).toBe(true);
      expect(join(...got)).toEqual(data);
    }
  });

  it('faketls/hello: extra handshake records and change_cipher_spec are taken', () => {
    const extra = [tlsRecord(HANDSHAKE, new Uint8Array(100)), CCS];
    const mine = client();
    const theirs = server(extra);
    expect(mine.receive(answerOf(mine, theirs)).ready).toBe(true);
    expect(mine.receive(join(CCS, theirs.wrap(Uint8Array.of(7)))).data).toEqual([Uint8Array.of(7)]);
  });

  it('faketls/hello: a proxy with another secret, or a changed answer, is refused', () => {
    const mine = client();
    expect(() => server(undefined, new Uint8Array(16)).receive(mine.hello, NOW)).toThrow(refused);
    const answer = answerOf(mine);
    for (const at of [11, 42, 50, 80, answer.length - 1]) {
      const changed = answer.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => client().receive(changed)).toThrow(refused);
    }
  });

  it('faketls/hello: the time of the client is checked', () => {
    for (const off of [-1199, 0, 599]) {
      expect(server().receive(client(SECRET, NOW + off).hello, NOW).send).not.toBeNull();
    }
    for (const off of [-1300, 700]) {
      expect(() => server().receive(client(SECRET, NOW + off).hello, NOW)).toThrow(refused);
    }
  });

  it('faketls/hello: alerts are refused, before and after the handshake', () => {
    const alert = Uint8Array.of(0x15, 3, 3, 0, 2, 2, 40);
    expect(() => client().receive(alert)).toThrow(refused);
    const mine = client();
    mine.receive(answerOf(mine));
    expect(() => mine.receive(alert)).toThrow(refused);
    expect(() => server().receive(alert, NOW)).toThrow(refused);
  });

  it('faketls/hello: what is not TLS, or never ends, is refused', () => {
    const http = new TextEncoder().encode('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(() => client().receive(http)).toThrow(refused);
    expect(() => client().receive(Uint8Array.of(0x16, 3, 3, 0xff, 0xff))).toThrow(refused);
    const endless = client();
    const record = tlsRecord(HANDSHAKE, new Uint8Array(16_000));
    expect(() => {
      for (let i = 0; i < 100; i++) endless.receive(record);
    }).toThrow(refused);
    const handshake = client();
    handshake.receive(answerOf(handshake));
    expect(() => handshake.receive(record)).toThrow(TransportError);
  });

  it('faketls/hello: x25519 public keys are those of node:crypto', () => {
    for (let run = 0; run < 4; run++) {
      const { publicKey, privateKey } = generateKeyPairSync('x25519');
      const secret = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url');
      const ours = x25519PublicKey(secret);
      expect(Buffer.from(ours).toString('base64url')).toBe(publicKey.export({ format: 'jwk' }).x);
      const x = Buffer.from(ours).toString('base64url');
      const key = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' });
      expect(diffieHellman({ privateKey, publicKey: key })).toHaveLength(32);
    }
  });
});
