import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  readSession,
  SessionFormatError,
  type ReadSession,
  type SessionFormat,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { fullSessions, hostNames, ipv4s, ipv6s, type FullSession } from './arbitrary.js';
import * as layouts from './layouts.js';

const hash = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();
const tlgen = (data: FullSession): string => {
  const body = layouts.tlgenBody(data);
  return `tlgen1.${Buffer.concat([body, hash(body).subarray(0, 4)]).toString('base64url')}`;
};

/** What a text of each kind is made from, and what has to come out of it. */
export interface Kind {
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

/** Every kind of text there is. */
export const names = Object.keys(KINDS);
export const kindOf = (name: string): Kind => KINDS[name] as Kind;

/** Sessions that such a text can hold. */
export function sessionsOf(kind: Kind): fc.Arbitrary<FullSession> {
  return fc
    .tuple(fullSessions, kind.hosts)
    .map(([data, host]) => ({ ...data, address: { ...data.address, host } }));
}

/** Null for what is refused, as it has to be. */
export function attempt(text: string, format?: SessionFormat): ReadSession | null {
  try {
    return readSession(text, format);
  } catch (error) {
    expect(error).toBeInstanceOf(SessionFormatError);
    return null;
  }
}
