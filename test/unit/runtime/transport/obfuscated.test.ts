import { describe, expect, it } from 'vitest';
import {
  ObfuscatedClient,
  ObfuscatedServer,
  TransportError,
  parseMtproxySecret,
} from '../../../../packages/runtime/src/transport/index.js';
import {
  createInit,
  isAllowedInit,
} from '../../../../packages/runtime/src/transport/obfuscated/init.js';
import { Random } from '../../../support/random.js';
import { encryptedPacket, seededCrypto, withRandom } from './support.js';

const random = new Random(78);
const PACKET = encryptedPacket(random, 3);
const SECRET = random.bytes(16);
const HEX = Buffer.from(SECRET).toString('hex');

/** Beginnings that a server takes for something else, and what each is. */
const FORBIDDEN: readonly [string, readonly number[]][] = [
  ['abridged', [0xef, 1, 2, 3, 1, 1, 1, 1]],
  ['HEAD', [...Buffer.from('HEAD'), 1, 1, 1, 1]],
  ['POST', [...Buffer.from('POST'), 1, 1, 1, 1]],
  ['GET', [...Buffer.from('GET '), 1, 1, 1, 1]],
  ['OPTI', [...Buffer.from('OPTI'), 1, 1, 1, 1]],
  ['TLS', [0x16, 0x03, 0x01, 0x02, 1, 1, 1, 1]],
  ['padded intermediate', [0xdd, 0xdd, 0xdd, 0xdd, 1, 1, 1, 1]],
  ['intermediate', [0xee, 0xee, 0xee, 0xee, 1, 1, 1, 1]],
  ['full', [1, 2, 3, 4, 0, 0, 0, 0]],
];

/** Gives these 64 bytes first, then seeded ones. */
function forced(beginning: readonly number[]): ReturnType<typeof withRandom> {
  const later = new Random(3);
  let first = true;
  return withRandom((size) => {
    const bytes = later.bytes(size);
    if (first) bytes.set(beginning);
    first = false;
    return bytes;
  });
}

describe('obfuscated/init', () => {
  for (const [name, beginning] of FORBIDDEN) {
    it(`obfuscated/init: a beginning like ${name} is drawn again`, () => {
      const init = new Uint8Array(64).fill(1);
      init.set(beginning);
      expect(isAllowedInit(init)).toBe(false);
      const { wire } = createInit(forced(beginning), 'padded', 2);
      expect([...wire.subarray(0, 8)]).not.toEqual(beginning);
      expect(isAllowedInit(wire)).toBe(true);
    });
  }

  it('obfuscated/init: a beginning that only comes near stays', () => {
    for (const beginning of [
      [0xee, 0xee, 0xee, 0xed, 1, 1, 1, 1],
      [0xdd, 0xdd, 0xdd, 0xef, 1, 1, 1, 1],
      [0x16, 3, 1, 3, 1, 1, 1, 1],
      [0, 0, 0, 0, 0, 0, 0, 1],
    ]) {
      const { wire } = createInit(forced(beginning), 'padded', 2);
      expect([...wire.subarray(0, 8)]).toEqual(beginning);
    }
  });

  it('obfuscated/init: a random source that never helps is an error, not a loop', () => {
    const stuck = withRandom((size) => new Uint8Array(size).fill(0xef));
    expect(() => createInit(stuck, 'padded', 2)).toThrow(TransportError);
  });

  it('obfuscated/init: keys of both directions are each other in reverse', () => {
    const crypto = seededCrypto(4);
    const { wire, keys } = createInit(crypto, 'abridged', 2);
    const forward = wire.slice(8, 56);
    const backward = forward.slice().reverse();
    const data = random.bytes(100);
    const fromClient = crypto.aesCtr(forward.slice(0, 32), forward.slice(32));
    fromClient.process(new Uint8Array(64));
    expect(keys.fromClient.process(data)).toEqual(fromClient.process(data));
    const fromServer = crypto.aesCtr(backward.slice(0, 32), backward.slice(32));
    expect(keys.fromServer.process(data)).toEqual(fromServer.process(data));
  });

  it('obfuscated/init: framing and data center arrive, also test and media ids', () => {
    const crypto = seededCrypto(5);
    for (const framing of ['abridged', 'intermediate', 'padded'] as const) {
      for (const dcId of [1, 5, -4, 10_002, -10_003, 32_767, -32_768]) {
        for (const secret of [undefined, SECRET]) {
          const server = new ObfuscatedServer({ crypto, secret });
          const stream = new ObfuscatedClient({ crypto, framing, dcId, secret }).encode(PACKET);
          expect(server.session).toBeNull();
          expect(server.decode(stream)).toEqual([{ type: 'packet', bytes: PACKET }]);
          expect(server.session).toMatchObject({ framing, dcId });
        }
      }
    }
    for (const dcId of [32_768, -32_769, 1.5, NaN]) {
      expect(() => new ObfuscatedClient({ crypto, framing: 'padded', dcId })).toThrow(
        expect.objectContaining({ code: 'bad-settings' }),
      );
    }
  });

  it('obfuscated/init: another secret is refused, and stays refused', () => {
    const crypto = seededCrypto(6);
    const stream = new ObfuscatedClient({
      crypto,
      framing: 'padded',
      dcId: 2,
      secret: SECRET,
    }).encode(PACKET);
    for (const secret of [undefined, random.bytes(16)]) {
      const server = new ObfuscatedServer({ crypto, secret });
      const refused = expect.objectContaining({ code: 'bad-frame' }) as Error;
      expect(() => server.decode(stream)).toThrow(refused);
      expect(() => server.decode(PACKET)).toThrow(refused);
    }
  });

  it('obfuscated/init: a server cannot speak before the client did', () => {
    const server = new ObfuscatedServer({ crypto: seededCrypto(8) });
    expect(() => server.encode(PACKET)).toThrow(TransportError);
  });

  it('obfuscated/init: secrets plain, dd and ee, in hex, base64url, base64 and bytes', () => {
    const domain = 'www.example.com';
    const forms = [
      { bytes: SECRET, padded: false, domain: null },
      { bytes: Buffer.concat([Uint8Array.of(0xdd), SECRET]), padded: true, domain: null },
      {
        bytes: Buffer.concat([Uint8Array.of(0xee), SECRET, Buffer.from(domain)]),
        padded: true,
        domain,
      },
    ];
    for (const { bytes, padded, domain: named } of forms) {
      const buffer = Buffer.from(bytes);
      for (const secret of [
        new Uint8Array(bytes),
        buffer.toString('hex'),
        buffer.toString('hex').toUpperCase(),
        buffer.toString('base64url'),
        buffer.toString('base64'),
      ]) {
        expect(parseMtproxySecret(secret)).toEqual({ key: SECRET, padded, domain: named });
      }
    }
  });

  it('obfuscated/init: broken secrets are refused without being shown', () => {
    for (const secret of [
      '',
      'zz!',
      HEX.slice(2),
      `ab${HEX}`,
      `ee${HEX}`,
      `dd${HEX}00`,
      `ee${HEX}${'61'.repeat(183)}`,
      `ee${HEX}00`,
      random.bytes(15),
    ]) {
      let error: unknown;
      try {
        parseMtproxySecret(secret);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({ name: 'TransportError', code: 'bad-settings' });
      expect(String(error)).not.toContain(HEX.slice(2, 12));
    }
  });
});
