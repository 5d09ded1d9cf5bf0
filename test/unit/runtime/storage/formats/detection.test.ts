import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSession,
  SessionFormatError,
  writeSession,
  type ReadSession,
  type SessionFormat,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { Random } from '../../../../support/random.js';
import {
  fullSessions,
  hostNames,
  ipv4s,
  ipv6s,
  keys,
  runs,
  type FullSession,
} from './arbitrary.js';
import * as layouts from './layouts.js';

const hash = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();
const tlgen = (data: FullSession): string => {
  const body = layouts.tlgenBody(data);
  return `tlgen1.${Buffer.concat([body, hash(body).subarray(0, 4)]).toString('base64url')}`;
};

/** What a text of each kind is made from, and what has to come out of it. */
interface Kind {
  readonly format: SessionFormat;
  readonly hosts: fc.Arbitrary<string>;
  make(data: FullSession): string;
  expected(data: FullSession): Omit<ReadSession, 'format'>;
}

const signIn = ({ userId, bot }: FullSession): object => ({ userId, bot });
const common = ({ dcId, testMode, authKey }: FullSession) => ({ dcId, testMode, authKey });
const anyHost = fc.oneof(ipv4s, ipv6s, hostNames);
const addressed = (data: FullSession) => ({
  ...common(data),
  testMode: false,
  address: data.address,
});

const small = (id = 0n): bigint => BigInt.asUintN(32, id) | 256n;

const KINDS: Readonly<Record<string, Kind>> = {
  tlgen: {
    format: 'tlgen',
    hosts: anyHost,
    make: tlgen,
    expected: ({ otherKeys = new Map(), ...data }) =>
      otherKeys.size === 0 ? data : { ...data, otherKeys },
  },
  'Telethon, IPv4': {
    format: 'telethon',
    hosts: ipv4s,
    make: layouts.telethon,
    expected: addressed,
  },
  'Telethon, IPv6': {
    format: 'telethon',
    hosts: ipv6s,
    make: layouts.telethon,
    expected: addressed,
  },
  GramJS: { format: 'gramjs', hosts: anyHost, make: layouts.gramjs, expected: addressed },
  'GramJS, as long as Telethon with IPv6': {
    format: 'gramjs',
    hosts: fc.oneof(
      fc.stringMatching(/^[a-z\d.-]{14}$/),
      fc.constantFrom('149.154.167.51', '149.154.175.53'),
    ),
    make: layouts.gramjs,
    expected: addressed,
  },
  'Pyrogram 2': {
    format: 'pyrogram',
    hosts: anyHost,
    make: layouts.pyrogram2,
    expected: (data) => ({ ...common(data), ...signIn(data), apiId: data.apiId }),
  },
  'Pyrogram 1': {
    format: 'pyrogram',
    hosts: anyHost,
    make: (data) => layouts.pyrogram1(data, 64),
    expected: (data) => ({ ...common(data), ...signIn(data) }),
  },
  'Pyrogram 1 with ids of 32 bits': {
    format: 'pyrogram',
    hosts: anyHost,
    make: (data) => layouts.pyrogram1({ ...data, userId: small(data.userId) }, 32),
    expected: (data) => ({ ...common(data), userId: small(data.userId), bot: data.bot }),
  },
  mtcute: {
    format: 'mtcute',
    hosts: anyHost,
    make: (data) => layouts.mtcute(data, { media: data.address.port % 2 === 1 }),
    expected: (data) => ({ ...common(data), ...signIn(data), address: data.address }),
  },
  MTKruto: {
    format: 'mtkruto',
    hosts: anyHost,
    make: (data) => layouts.mtkruto(data),
    expected: (data) => ({ ...common(data), ...signIn(data), apiId: data.apiId }),
  },
  'MTKruto, older': {
    format: 'mtkruto',
    hosts: anyHost,
    make: (data) => layouts.mtkruto(data, 'old'),
    expected: common,
  },
};

const names = Object.keys(KINDS);
const kindOf = (name: string): Kind => KINDS[name] as Kind;

function sessionsOf(kind: Kind): fc.Arbitrary<FullSession> {
  return fc
    .tuple(fullSessions, kind.hosts)
    .map(([data, host]) => ({ ...data, address: { ...data.address, host } }));
}

/** Null for what is refused, as it has to be. */
function attempt(text: string, format?: SessionFormat): ReadSession | null {
  try {
    return readSession(text, format);
  } catch (error) {
    expect(error).toBeInstanceOf(SessionFormatError);
    return null;
  }
}

/** Whether any 12 characters of `text` stand in a message. */
function leaks(message: string, text: string): boolean {
  for (let i = 0; i + 12 <= text.length; i++) {
    if (message.includes(text.slice(i, i + 12))) return true;
  }
  return false;
}

describe.each(names)('%s', (name) => {
  const kind = kindOf(name);
  const sessions = sessionsOf(kind);

  it('is read as what it is, with all it holds', () => {
    fc.assert(
      fc.property(sessions, (data) => {
        const text = kind.make(data);
        const { format, ...read } = readSession(text);
        expect(format).toBe(kind.format);
        expect(read).toEqual(kind.expected(data));
        expect(readSession(text, kind.format)).toEqual({ format, ...read });
      }),
      runs(60),
    );
  });

  it('is never read as another, even when asked to', () => {
    fc.assert(
      fc.property(sessions, (data) => {
        const text = kind.make(data);
        const others = names.map((other) => kindOf(other).format);
        for (const format of new Set(others)) {
          if (format !== kind.format) expect(attempt(text, format)).toBeNull();
        }
      }),
      runs(40),
    );
  });

  it('may have blanks and line ends around it, and other base64', () => {
    const [data] = fc.sample(sessions, { seed: 1, numRuns: 1 });
    const text = kind.make(data as FullSession);
    const expected = readSession(text);
    expect(readSession(`\ufeff \r\n\t${text}\r\n\n `)).toEqual(expected);
    expect(readSession(text.replaceAll('+', '-').replaceAll('/', '_'))).toEqual(expected);
    expect(readSession(text.replaceAll('-', '+').replaceAll('_', '/'))).toEqual(expected);
    expectSameOrRefused(text.replace(/=+$/, ''), text);
    for (const odd of [
      `"${text}"`,
      `${text.slice(0, 100)}\n${text.slice(100)}`,
      `${text}===`,
      `${text}A`,
    ])
      expect(attempt(odd)).toBeNull();
  });

  it('is refused when it was cut anywhere, and nothing of it is told', () => {
    for (const data of fc.sample(sessions, { seed: 2, numRuns: 2 })) {
      const text = kind.make(data);
      const whole = text.replace(/=+$/, '').length;
      for (let length = 0; length < text.length; length++) {
        const cut = text.slice(0, length);
        if (length >= whole) expectSameOrRefused(cut, text);
        else if (kind.format === 'mtkruto') expectOldOrRefused(cut, data);
        else expect(() => readSession(cut), `${length} characters`).toThrow(SessionFormatError);
        if (length < whole) expect(leaks(messageOf(cut), text)).toBe(false);
      }
    }
  });

  it('with one character changed is refused, or another session of the same format', () => {
    const random = new Random(7);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=.!\0é ';
    for (const data of fc.sample(sessions, { seed: 3, numRuns: 2 })) {
      const text = kind.make(data);
      const before = readSession(text);
      for (let at = 0; at < text.length; at++) {
        const changed = text.slice(0, at) + random.pick([...alphabet]) + text.slice(at + 1);
        const same = plain(changed) === plain(text);
        const after = attempt(changed);
        if (same) expectSameOrRefused(changed, text);
        else if (kind.format === 'tlgen') expect(after, `at ${at}`).toBeNull();
        else if (after) {
          expect(after.format, `at ${at}`).toBe(kind.format);
          // The data center for files is in mtcute's strings, and not in what is read.
          if (kind.format !== 'mtcute') expect(after, `at ${at}`).not.toEqual(before);
        } else expect(leaks(messageOf(changed), text)).toBe(false);
      }
    }
  });
});

/** Nothing is lost with the padding, but Telethon's strings are told from longer ones by it. */
function expectSameOrRefused(cut: string, text: string): void {
  const read = attempt(cut);
  if (read) expect(read).toEqual(readSession(text));
}

/** Both alphabets mean the same, and white space at the ends nothing. */
const plain = (text: string): string =>
  text.trim().replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');

/** MTKruto's newer strings are the older ones and more: cut exactly there, one is a whole older one. */
function expectOldOrRefused(cut: string, { authKey, dcId, testMode }: FullSession): void {
  const read = attempt(cut);
  if (read) expect(read).toEqual({ format: 'mtkruto', authKey, dcId, testMode });
}

function messageOf(text: string): string {
  try {
    readSession(text);
  } catch (error) {
    return String(error);
  }
  return '';
}

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
