import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FakeTlsClient,
  FakeTlsServer,
  ObfuscatedClient,
  ObfuscatedServer,
  TransportError,
  createCodec,
  detectFraming,
  parseMtproxySecret,
} from '../../../../packages/runtime/src/transport/index.js';
import { HttpConnectClient } from '../../../../packages/runtime/src/transport/proxy/http-connect.js';
import { ResponseReader } from '../../../../packages/runtime/src/transport/http/response.js';
import { Socks5Client } from '../../../../packages/runtime/src/transport/proxy/socks5.js';
import { RUNS, SEED } from '../../../support/random.js';
import { FRAMINGS, seededCrypto } from './support.js';

const crypto = seededCrypto(11);
const PROXY = { host: 'proxy', port: 1, username: 'u', password: 'p' };
const TARGET = { host: 'target', port: 2 };

/** Every decoder of the room, made anew. */
const DECODERS: Readonly<Record<string, () => (chunk: Uint8Array) => unknown>> = {
  ...Object.fromEntries(
    FRAMINGS.flatMap((framing) =>
      (['client', 'server'] as const).map((side) => [
        `${framing} ${side}`,
        () => {
          const codec = createCodec(framing, side, crypto);
          return (chunk: Uint8Array) => codec.decode(chunk);
        },
      ]),
    ),
  ),
  'obfuscated client': () => {
    const codec = new ObfuscatedClient({ crypto, framing: 'padded', dcId: 1 });
    return (chunk) => codec.decode(chunk);
  },
  'obfuscated server': () => {
    const codec = new ObfuscatedServer({ crypto });
    return (chunk) => codec.decode(chunk);
  },
  'fake TLS client': () => {
    const secret = new Uint8Array(16);
    const client = new FakeTlsClient({ crypto, secret, domain: 'a.b', unixTime: 1 });
    return (chunk) => client.receive(chunk);
  },
  'fake TLS server': () => {
    const server = new FakeTlsServer({ crypto, secret: new Uint8Array(16) });
    return (chunk) => server.receive(chunk, 1);
  },
  'http response': () => {
    const reader = new ResponseReader();
    return (chunk) => reader.push(chunk);
  },
  socks5: () => {
    const client = new Socks5Client(PROXY, TARGET);
    return (chunk) => client.receive(chunk, () => {});
  },
  'http connect': () => {
    const client = new HttpConnectClient(PROXY, TARGET);
    return (chunk) => client.receive(chunk);
  },
  detectFraming: () => (chunk) => detectFraming(chunk),
  parseMtproxySecret: () => (chunk) => parseMtproxySecret(chunk),
};

/** Beginnings that lead deeper than random bytes do. */
const BEGINNINGS = [
  '',
  '\x10\0\0\0',
  '\x05\0\x05\0\0\x01',
  '\x05\x02\x01\0',
  '\x16\x03\x03\0\x10',
  '\x16\x03\x01\0\x80\x01',
  '\x17\x03\x03\0\x04',
  'HTTP/1.1 200 OK\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n',
].map((text) => Uint8Array.from(text, (char) => char.charCodeAt(0)));

describe('fuzz of the decoders', () => {
  for (const [name, make] of Object.entries(DECODERS)) {
    it(`${name}: any bytes give frames or a TransportError`, () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...BEGINNINGS),
          fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 8 }),
          (beginning, chunks) => {
            const decode = make();
            for (const chunk of [beginning, ...chunks]) {
              try {
                decode(chunk.slice());
              } catch (error) {
                expect(error).toBeInstanceOf(TransportError);
                return;
              }
            }
          },
        ),
        { seed: SEED, numRuns: (name.startsWith('fake TLS') ? 60 : 300) * RUNS },
      );
    });

    it(`${name}: much of the same keeps memory bounded`, () => {
      for (const byte of [0, 1, 0x0d, 0x16, 0x7f, 0xff]) {
        const decode = make();
        const chunk = new Uint8Array(1 << 16).fill(byte);
        const before = process.memoryUsage().arrayBuffers;
        try {
          for (let i = 0; i < 16; i++) decode(chunk.slice());
        } catch (error) {
          expect(error).toBeInstanceOf(TransportError);
        }
        expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20);
      }
    });
  }
});
