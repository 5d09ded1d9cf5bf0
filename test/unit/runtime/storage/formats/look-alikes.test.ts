import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSession,
  writeSession,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { Random } from '../../../../support/random.js';
import { fullSessions, keys, runs, type FullSession } from './arbitrary.js';
import { attempt, kindOf, names } from './kinds.js';
import * as layouts from './layouts.js';

describe('ours', () => {
  it('is refused for changes of any character', () => {
    const [data] = fc.sample(fullSessions, { seed: 4, numRuns: 1 });
    const { otherKeys: _, ...small } = data as FullSession;
    const text = writeSession(small);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    let tried = 0;
    for (let at = 'tlgen1.'.length; at < text.length; at++) {
      // All others at every ninth place, where base64 begins anew or not; three at the places between.
      const others = [...alphabet].filter((one) => one !== text[at]);
      for (const character of at % 9 === 0 || at > text.length - 4
        ? others
        : others.slice(at % 60, (at % 60) + 3)) {
        expect(attempt(text.slice(0, at) + character + text.slice(at + 1))).toBeNull();
        tried++;
      }
    }
    expect(tried).toBeGreaterThan((text.length - 7) * 9);
  });

  it('says DAMAGED, not that it knows nothing like it', () => {
    const [data] = fc.sample(fullSessions, { seed: 5, numRuns: 1 });
    const text = writeSession(data as FullSession);
    expect(() => readSession(text.slice(0, -1))).toThrow(
      expect.objectContaining({ code: 'DAMAGED' }),
    );
    expect(() => readSession('tlgen1.')).toThrow(expect.objectContaining({ code: 'DAMAGED' }));
  });
});

describe('what no library wrote', () => {
  const refusedAsUnknown = (text: string): void => {
    expect(() => readSession(text)).toThrow(expect.objectContaining({ code: 'UNKNOWN_FORMAT' }));
  };

  it('random text is refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), refusedAsUnknown),
      runs(500),
    );
  });

  it('random base64 is refused, also at the lengths and with the first bytes that formats have', () => {
    const random = new Random(11);
    for (let i = 0; i < 1500; i++) {
      const bytes = Buffer.from(random.bytes(random.below(600)));
      // Lengths of Pyrogram and Telethon have no checksum that could tell: any bytes of those are a session.
      if ([263, 267, 271, 275].includes(bytes.length)) continue;
      refusedAsUnknown(bytes.toString('base64'));
      refusedAsUnknown(bytes.toString('base64url'));
      if (bytes.length > 0) {
        bytes[0] = random.pick([1, 2, 3, 6]);
        refusedAsUnknown(bytes.toString('base64url'));
      }
      refusedAsUnknown(`1${bytes.toString('base64')}`);
    }
  });

  it('bytes of such a length whose flags or ids cannot be are refused', () => {
    const base = {
      dcId: 2,
      testMode: false,
      authKey: new Uint8Array(256).fill(7),
      userId: 1n << 52n,
      bot: false,
      apiId: 1,
    };
    refusedAsUnknown(layouts.pyrogram2(base));
    refusedAsUnknown(layouts.pyrogram2({ ...base, userId: 1n, dcId: 0 }));
    refusedAsUnknown(layouts.pyrogram2({ ...base, userId: 1n, dcId: 100 }));
    refusedAsUnknown(layouts.pyrogram2({ ...base, userId: 1n, apiId: 2 ** 31 }));
    for (const host of ['0.1.2.3', '224.0.0.1', '255.255.255.255', '::1'.padStart(15, '0:')])
      refusedAsUnknown(layouts.telethon({ ...base, address: { host, port: 443 } }));
    refusedAsUnknown(layouts.telethon({ ...base, address: { host: '1.2.3.4', port: 0 } }));
    refusedAsUnknown(layouts.gramjs({ ...base, address: { host: 'a b.org', port: 443 } }));
  });

  it('text of any length is refused quickly', () => {
    for (const unit of ['A', '1', 'tlgen1.', 'AAAB', '\n', '=']) {
      const text = unit.repeat(3_000_000 / unit.length);
      expect(attempt(text)).toBeNull();
    }
  });
});

describe('GramJS and Telethon strings of one length', () => {
  const authKey = new Uint8Array(256).map((_, i) => i * 7);
  const base = { dcId: 2, testMode: false, authKey };
  const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'];

  it('of 369 characters are told apart', () => {
    const ipv6 = { host: '2001:67c:4e8:f002:0:0:0:a', port: 443 };
    const telethon = layouts.telethon({ ...base, address: ipv6 });
    const gramjs = layouts.gramjs({ ...base, address: { host: '149.154.167.51', port: 80 } });
    expect([telethon.length, gramjs.length]).toEqual([369, 369]);
    expect(readSession(telethon)).toEqual({ ...base, format: 'telethon', address: ipv6 });
    expect(readSession(gramjs)).toMatchObject({ format: 'gramjs', address: { port: 80 } });
  });

  it('are never taken for the other after one wrong character', () => {
    const address = { host: 'abc.example.or', port: 443 };
    const gramjs = layouts.gramjs({ ...base, address });
    for (let at = 1; at < 60; at++)
      for (const one of alphabet) {
        const read = attempt(gramjs.slice(0, at) + one + gramjs.slice(at + 1));
        if (read) expect(read.format).toBe('gramjs');
      }
  });

  it('with an address that GramJS itself takes for Telethon are refused', () => {
    for (const host of ['a', 'ab', 'a.b']) {
      const text = layouts.gramjs({ ...base, address: { host, port: 443 } });
      expect(text).toHaveLength(353);
      expect(attempt(text)).toBeNull();
      expect(() => writeSession({ ...base, address: { host, port: 443 } }, 'gramjs')).toThrow(
        expect.objectContaining({ code: 'CANNOT_EXPORT' }),
      );
    }
  });
});

describe('a text that two formats fit', () => {
  /** An MTKruto string whose shortened bytes have the length, the flags and the ids of a Pyrogram string. */
  function twoFaced(): string {
    const key = new Uint8Array(256).fill(0x55);
    // Eight single zeros add a byte each, a run of five takes three away: 10 + 256 + 5 = 271.
    for (let i = 0; i < 8; i++) key[10 + 2 * i] = 0;
    // That run is shortened to 00 05, with which the user's id begins; 01 at the end says that it is a bot.
    key.fill(0, 244, 249);
    key[255] = 1;
    return layouts.mtkruto({ dcId: 1, testMode: false, authKey: key }, 'old');
  }

  it('is not guessed: AMBIGUOUS names both, and the caller decides', () => {
    const text = twoFaced();
    expect(() => readSession(text)).toThrow(
      expect.objectContaining({
        code: 'AMBIGUOUS',
        message: expect.stringMatching(/pyrogram and mtkruto/) as string,
      }),
    );
    expect(readSession(text, 'mtkruto')).toMatchObject({ format: 'mtkruto', dcId: 1 });
    expect(readSession(text, 'pyrogram')).toMatchObject({ format: 'pyrogram', dcId: 1, bot: true });
  });
});

describe('keys of any bytes', () => {
  it('never make a string of one format fit another', () => {
    fc.assert(
      fc.property(
        fullSessions,
        fc.oneof(
          keys,
          fc.constant(new Uint8Array(256)),
          fc
            .array(fc.constantFrom(0, 1, 2, 3, 254), { minLength: 256, maxLength: 256 })
            .map((bytes) => Uint8Array.from(bytes)),
        ),
        (session, authKey) => {
          for (const name of names) {
            const kind = kindOf(name);
            const [host] = fc.sample(kind.hosts, { seed: session.dcId, numRuns: 1 });
            const data = { ...session, authKey, address: { host: host as string, port: 443 } };
            expect(attempt(kind.make(data))?.format, name).toBe(kind.format);
          }
        },
      ),
      runs(60),
    );
  });
});
