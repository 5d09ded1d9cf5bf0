import type { base } from '@tlgen/telegram';
import type { RsaKey } from '../crypto/rsa-key.js';
import type { LogLevel, LogSink } from '../core/logger.js';
import type { DataCenterAddress } from '../network/types.js';
import type { Device } from '../platform/types.js';
import type { PeerResolver } from '../peers/types.js';
import type { Protocol, Proxy } from '../transport/types.js';
import type { UpdateEvent } from '../updates/event/index.js';

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

/**
 * Called with each update, in order and once; those of one chat one after the other. What it throws, or rejects with,
 * is told as the event `error`.
 */
export type UpdateHandler = (update: base.TypeUpdate, event: UpdateEvent) => unknown;

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
  /** How much is remembered, and how much may be under way. */
  readonly messageLimit: {
    /** Ids of incoming messages that a connection remembers, to tell replays. Default 200. */
    readonly incoming: number;
    /** Calls of a connection that may wait for their answers at one time; the others wait their turn. Default 200. */
    readonly outgoing: number;
    /** Calls of one `queue` that may be under way at one time. Default 200. */
    readonly callQueue: number;
  };
  readonly peers: {
    /** Seconds that `client.peers.full` keeps what it was told. Default 3600. */
    readonly fullInfoTtl: number;
    /** `client.peers.chat` lists the members unless told otherwise. Default false. */
    readonly fullFetch: boolean;
    /** `connect` reads all dialogs, so that their users and chats are known. Default false; users only. */
    readonly loadAllAtStart: boolean;
    /** Looks up who is not known, before an error. Default none. */
    readonly resolver: PeerResolver | undefined;
  };
  /** Uploads and downloads. */
  readonly files: {
    /** Parts of one transfer that are under way at one time, 1 … 32; each is half a megabyte of memory. Default 8. */
    readonly parallel: number;
    /** Connections to one data center that files may take; another is opened when those are busy. Default 4. */
    readonly connections: number;
  };
  readonly updates: {
    /** false: the server is told to send none. Default true. */
    readonly enabled: boolean;
    /** Gets each update, as handlers of `client.on` do. Default none. */
    readonly handler: UpdateHandler | undefined;
    /** Whether what was missed while the program was away is asked for. Default true. */
    readonly catchUp: boolean;
    /** Seconds of silence after which the server is asked for what was missed; 0: never. Default 900. */
    readonly pollInterval: number;
    /** Updates that may wait for handlers and readers. Default 1000. */
    readonly queueLimit: number;
    /** When that many wait: `pause` asks for no more until there is room; `drop-oldest` gives up what waits to be read. Default `pause`. */
    readonly overflow: 'pause' | 'drop-oldest';
    /** Channels that are asked about time and again, since large ones push nothing: all, none, or these ids. Default false. */
    readonly pollChannels: boolean | readonly (bigint | number)[];
  };
  readonly secretChats: {
    /** No effect yet: whose requests are accepted: everybody's, nobody's, or those of these user ids. Default true. */
    readonly accept: boolean | readonly (bigint | number)[];
  };
  /** Seconds: what may be learnt again (peers) is saved that often, and at the end; 0: at once. Default 30. */
  readonly saveInterval: number;
  readonly requests: {
    /** Bytes: longer requests are compressed if that makes them shorter; -1: never. Default 500. */
    readonly gzipAbove: number;
  };
  readonly logger: {
    /**
     * `console`: standard output, and standard error from `warning` on; `default`: standard error alone; `file`: the
     * file below; or a function. Default `console`.
     */
    readonly to: 'none' | 'default' | 'console' | 'file' | LogSink;
    /** Path for `file`. Default `tlgen.log` in the system's folder for temporary files. On Node only. */
    readonly file: string;
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
    messageLimit: { incoming: 200, outgoing: 200, callQueue: 200 },
    peers: { fullInfoTtl: 3600, fullFetch: false, loadAllAtStart: false, resolver: undefined },
    files: { parallel: 8, connections: 4 },
    updates: {
      enabled: true,
      handler: undefined,
      catchUp: true,
      pollInterval: 900,
      queueLimit: 1000,
      overflow: 'pause',
      pollChannels: false,
    },
    secretChats: { accept: true },
    saveInterval: 30,
    requests: { gzipAbove: 500 },
    logger: { to: 'console', file: device.logFile, level: 'verbose' },
  };
}
