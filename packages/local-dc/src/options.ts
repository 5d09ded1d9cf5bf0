import type { ApiSchema } from '@tlgen/codec';
import type { Logger } from './dispatch/log.js';
import type { ServerCoreOptions } from './protocol/index.js';

/** How to start a {@link LocalDc}. Everything has a default. */
export interface LocalDcOptions extends Pick<
  ServerCoreOptions,
  | 'strict'
  | 'saltLifetime'
  | 'window'
  | 'ackDelay'
  | 'resendAfter'
  | 'gzipAbove'
  | 'sessionLifetime'
> {
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Port of the first data center; the others take the following ones. Default 0: free ports. */
  readonly port?: number | undefined;
  /** Port of the first data center for TLS (https, wss); the others take the following ones. Default 0; false: none. */
  readonly tlsPort?: number | false | undefined;
  /** Ids of the data centers. The first is where new users live. Default `[2]`. */
  readonly dataCenters?: readonly number[] | undefined;
  /**
   * Ids of data centers of the CDN, which keep copies of files, know nobody, and have an RSA key of their own. They take
   * the ports after the others. Default: none.
   */
  readonly cdnDataCenters?: readonly number[] | undefined;
  /**
   * Makes what is random repeatable: users and tokens; the luck of faults; salts and nonces. Each of the three follows
   * from the seed and the order of its own events alone. Default: not repeatable.
   */
  readonly seed?: string | number | undefined;
  /** Unix time in milliseconds; must not go back. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
  /**
   * The RSA key of the key exchange. `local`, the default: the same well-known key pair each time, which is at once
   * there. `fresh`: a new one, which takes a few tenths of a second to make.
   */
  readonly rsaKey?: 'local' | 'fresh' | undefined;
  /** The code of every sign-in. Default `22222`. */
  readonly loginCode?: string | undefined;
  /** Schemas of older layers, so that their clients are answered in them. The newest is always there. */
  readonly layers?: readonly ApiSchema[] | undefined;
  /** MTProxy secrets that clients may use, as links spell them. */
  readonly proxySecrets?: readonly (string | Uint8Array)[] | undefined;
  /** Takes log lines. Default: errors, which are those of your own handlers, go to stderr; the rest nowhere. */
  readonly logger?: Logger | undefined;
}

/** A user who can sign in. */
export interface TestUser {
  readonly id: bigint;
  /** Digits only; null for bots. */
  readonly phone: string | null;
  /** `123456:secret`; null for people. */
  readonly token: string | null;
  readonly username: string | null;
  readonly dcId: number;
}

/** A person: signs in by phone. */
export interface TestPerson extends TestUser {
  readonly phone: string;
  readonly token: null;
}

/** A bot: signs in by token. */
export interface TestBot extends TestUser {
  readonly phone: null;
  readonly token: string;
  readonly username: string;
}
