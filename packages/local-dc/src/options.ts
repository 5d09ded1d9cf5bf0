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
  /** Makes everything random repeatable, except the RSA key. Default: not repeatable. */
  readonly seed?: string | number | undefined;
  /** Unix time in milliseconds; must not go back. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
  /** The code of every sign-in. Default `22222`. */
  readonly loginCode?: string | undefined;
  /** Schemas of older layers, so that their clients are answered in them. The newest is always there. */
  readonly layers?: readonly ApiSchema[] | undefined;
  /** MTProxy secrets that clients may use, as links spell them. */
  readonly proxySecrets?: readonly (string | Uint8Array)[] | undefined;
  /** Takes log lines. Default: none. */
  readonly logger?: Logger | undefined;
}

/** Whom to create. */
export interface NewUser {
  /** Any spelling. Default: a test number of the data center, `99966…`. Bots have none. */
  readonly phone?: string | undefined;
  readonly username?: string | undefined;
  /** Default `User` or `Bot`, and a number. */
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  /** A 2FA password. */
  readonly password?: string | undefined;
  /** Makes a bot, which signs in by token. */
  readonly bot?: boolean | undefined;
  /** Where the account lives. Default: the first data center. */
  readonly dcId?: number | undefined;
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

/** @throws TypeError for options that cannot be. */
export function checkOptions({ dataCenters, loginCode, port }: LocalDcOptions): void {
  if (dataCenters !== undefined) {
    const unique = new Set(dataCenters);
    const sound = dataCenters.every((id) => Number.isInteger(id) && id > 0 && id < 1000);
    if (dataCenters.length === 0 || unique.size !== dataCenters.length || !sound)
      throw new TypeError('dataCenters takes different ids of 1 … 999, at least one');
  }
  if (loginCode !== undefined && loginCode === '') throw new TypeError('loginCode is empty');
  if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65535))
    throw new TypeError(`port must be 0 … 65535, not ${port}`);
}
