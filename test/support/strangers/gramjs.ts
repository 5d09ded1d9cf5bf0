import { createHash, createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import { encode } from '@tlgen/codec';
import type { LocalDc } from '@tlgen/local-dc';
import { RsaPublicKey } from '@tlgen/mtproto';
import type * as Telegram from 'telegram';

const require = createRequire(import.meta.url);
const bigInt = require('big-integer') as (value: string) => { toString(): string };
const { TelegramClient } = require('telegram') as typeof Telegram;
const { StringSession } = require('telegram/sessions') as {
  StringSession: new (text: string) => Telegram.sessions.StringSession;
};
const { Logger } = require('telegram/extensions/Logger') as {
  Logger: new (level: string) => object;
};
const { _serverKeys } = require('telegram/crypto/RSA') as {
  _serverKeys: Map<string, { n: unknown; e: number }>;
};
interface GramSocket {
  connect(port: number, ip: string, test?: boolean): Promise<unknown>;
  getWebSocketLink?(ip: string, port: number, test: boolean): string;
}
const sockets = require('telegram/extensions') as Record<
  'PromisedNetSockets' | 'PromisedWebSockets',
  new (proxy?: unknown) => GramSocket
>;
const connections = require('telegram/network/connection') as Record<
  'ConnectionTCPFull' | 'ConnectionTCPAbridged' | 'ConnectionTCPObfuscated',
  unknown
>;

/** The transports GramJS has. MTProxy secrets of the other kinds it does not know: see strangers-defects.test.ts. */
export const GRAMJS_TRANSPORTS = [
  'full',
  'abridged',
  'obfuscated',
  'websocket',
  'mtproxy plain',
  'socks5',
] as const;
export type GramjsTransport = (typeof GRAMJS_TRANSPORTS)[number];

const FRAMINGS: Readonly<Record<GramjsTransport, keyof typeof connections>> = {
  full: 'ConnectionTCPFull',
  abridged: 'ConnectionTCPAbridged',
  obfuscated: 'ConnectionTCPObfuscated',
  websocket: 'ConnectionTCPObfuscated',
  'mtproxy plain': 'ConnectionTCPObfuscated',
  socks5: 'ConnectionTCPFull',
};

/** Where to find a data center: what `LocalDc` tells of itself. */
export type Place = Pick<LocalDc, 'clientOptions' | 'rsaKey'>;

/** Where a proxy listens. */
export interface ProxyAddress {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  /** MTProxy only. */
  readonly secret?: string;
}

export interface GramjsOptions {
  readonly proxy?: ProxyAddress;
}

/** It dials port 80 whatever the session and `help.getConfig` say; these sockets dial `port()` instead. */
function socketsTo(port: () => number, webSocket: boolean): new (proxy?: unknown) => GramSocket {
  if (webSocket)
    return class extends sockets.PromisedWebSockets {
      override getWebSocketLink = (ip: string): string => `ws://${ip}:${port()}/apiws`;
    };
  return class extends sockets.PromisedNetSockets {
    override connect(dialled: number, ip: string): Promise<unknown> {
      return super.connect(dialled === 80 ? port() : dialled, ip);
    }
  };
}

const numberOf = (base64url: string): unknown =>
  bigInt(BigInt(`0x${Buffer.from(base64url, 'base64url').toString('hex')}`).toString());

/** A client of GramJS that takes `dc` for Telegram. */
export function gramjsClient(
  dc: Place,
  kind: GramjsTransport,
  { proxy }: GramjsOptions = {},
): Telegram.TelegramClient {
  const { n = '', e = '' } = createPublicKey(dc.rsaKey).export({ format: 'jwk' });
  _serverKeys.set(fingerprintOf(dc.rsaKey).toString(), {
    n: numberOf(n),
    e: Number(`0x${Buffer.from(e, 'base64url').toString('hex')}`),
  });
  const { apiId, apiHash, dataCenters, homeDc } = dc.clientOptions;
  const addresses = dataCenters.filter(({ ipv6 }) => !ipv6);
  const addressOf = (id: number): { host: string; port: number } => {
    const found = addresses.find((one) => one.id === id);
    if (found === undefined) throw new TypeError(`there is no data center ${id}`);
    return found;
  };
  const session = new StringSession('');
  session.setDC(homeDc, addressOf(homeDc).host, 80);
  return new TelegramClient(session, apiId, apiHash, {
    connection: connections[FRAMINGS[kind]],
    networkSocket: socketsTo(() => addressOf(session.dcId).port, kind === 'websocket'),
    baseLogger: new Logger('none'),
    connectionRetries: 5,
    retryDelay: 1,
    ...through(kind, proxy),
  } as never);
}

function through(kind: GramjsTransport, proxy: ProxyAddress | undefined): object {
  if (proxy === undefined) return {};
  const { host: ip, port, username, password, secret } = proxy;
  return kind === 'socks5'
    ? { proxy: { ip, port, socksType: 5, username, password } }
    : { proxy: { ip, port, MTProxy: true, secret } };
}

/** Low 64 bits of SHA1 over the bare `rsa_public_key`, signed. */
function fingerprintOf(pem: string): bigint {
  const { n = '', e = '' } = createPublicKey(pem).export({ format: 'jwk' });
  const text = encode(
    new RsaPublicKey({ n: Buffer.from(n, 'base64url'), e: Buffer.from(e, 'base64url') }),
  ).subarray(4);
  return createHash('sha1').update(text).digest().readBigInt64LE(12);
}
