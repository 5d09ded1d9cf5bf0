import type { RsaKey } from '../crypto/rsa-key.js';
import type { LogLevel, LogSink } from '../core/logger.js';
import type { DataCenterAddress } from '../network/types.js';
import type { Device } from '../platform/types.js';
import type { Protocol, Proxy } from '../transport/types.js';

/** How data centers are reached. */
export interface ConnectionOptions {
  /** Default `tcp_full`; `websocket_tls` where there are no TCP sockets. */
  readonly protocol: Protocol;
  /** The servers for tests, with accounts of their own. Default false. */
  readonly testMode: boolean;
  /** true: only IPv6, false: only IPv4. Default undefined: whichever answers first. */
  readonly ipv6: boolean | undefined;
  /** Milliseconds to open a connection. Default 2000. */
  readonly timeout: number;
  /** Every connection goes through it, none past it. Default none. */
  readonly proxy: Proxy | undefined;
  /** Host names for `http`, `https` and web sockets, by data center. */
  readonly subdomains: Readonly<Record<number, string>>;
}

/** A part of the connection settings, for one data center. */
export type ConnectionOverrides = Partial<Omit<ConnectionOptions, 'testMode' | 'subdomains'>>;

/** Every setting, with its value. The guide "Settings" describes each. */
export interface Settings {
  /** Data center to begin with when nobody is signed in. Default 2. */
  readonly homeDc: number;
  /** Addresses that go before what `help.getConfig` tells. Default none: Telegram's own. */
  readonly dataCenters: readonly DataCenterAddress[];
  /** Public keys of the servers, PEM or parsed. Default: Telegram's. */
  readonly rsaKeys: readonly (string | RsaKey)[];
  readonly connection: ConnectionOptions & {
    /** Settings of single data centers; what is left out is as above. */
    readonly perDc: Readonly<Record<number, ConnectionOverrides>>;
  };
  readonly auth: {
    /** Perfect forward secrecy: temporary keys. Default true. */
    readonly pfs: boolean;
    /** Lifetime of temporary keys, seconds. Default 31557600. */
    readonly tempKeyTtl: number;
  };
  readonly app: {
    readonly deviceModel: string;
    readonly systemVersion: string;
    readonly version: string;
    readonly langCode: string;
  };
  readonly maxTries: {
    /** How often a call is tried when the server fails or demands waits. Default 5. */
    readonly query: number;
    /** How often a code or password is asked for. Default 5. */
    readonly authorization: number;
    /** How often a call is sent whose answer was lost and that may be repeated. Default 5. */
    readonly response: number;
  };
  readonly floodWait: {
    /** Seconds: shorter waits are slept through, others are an error. Default 20. */
    readonly below: number;
  };
  readonly requests: {
    /** Bytes: longer requests are compressed if that makes them shorter; -1: never. Default 500. */
    readonly gzipAbove: number;
  };
  readonly logger: {
    /** Default `console`. */
    readonly to: 'none' | 'console' | LogSink;
    /** Default `verbose`. */
    readonly level: LogLevel;
  };
}

/** Settings as they are given: each may be left out, at any depth. */
export type PartialSettings = {
  readonly [K in keyof Settings]?:
    | (Settings[K] extends number | readonly unknown[]
        ? Settings[K]
        : { readonly [N in keyof Settings[K]]?: Settings[K][N] | undefined })
    | undefined;
};

/** What holds for everything that is left out. */
export function defaultSettings(device: Device, hasTcp: boolean): Settings {
  return {
    homeDc: 2,
    dataCenters: [],
    rsaKeys: [],
    connection: {
      protocol: hasTcp ? 'tcp_full' : 'websocket_tls',
      testMode: false,
      ipv6: undefined,
      timeout: 2000,
      proxy: undefined,
      subdomains: { 1: 'pluto', 2: 'venus', 3: 'aurora', 4: 'vesta', 5: 'flora' },
      perDc: {},
    },
    auth: { pfs: true, tempKeyTtl: 31_557_600 },
    app: {
      deviceModel: device.model,
      systemVersion: device.system,
      version: 'Unicorn',
      langCode: device.langCode,
    },
    maxTries: { query: 5, authorization: 5, response: 5 },
    floodWait: { below: 20 },
    requests: { gzipAbove: 500 },
    logger: { to: 'console', level: 'verbose' },
  };
}
