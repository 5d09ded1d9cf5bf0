import type { CryptoProvider, RsaPrivateKey } from '@tlgen/runtime/crypto';
import type { FaultBoard } from '../faults/board.js';
import type { HandshakeHooks } from './handshake/index.js';
import type { Refusal } from './refusals.js';
import type { RequestHandler, ServerKey } from './types.js';

/** What a {@link ServerCore} is made with. Times are in the unit that each option names. */
export interface ServerCoreOptions {
  /** All random bytes come from here: a seeded one makes the server deterministic. */
  readonly crypto: CryptoProvider;
  /** Unix time in milliseconds; must not go back. What clients see is this plus the skew of `faults`. */
  readonly clock: () => number;
  /** Private RSA keys of the key exchange, which the data centers of a cluster share. */
  readonly rsaKeys: readonly RsaPrivateKey[];
  /** Those of data centers that have others: of a CDN. Default: all share {@link rsaKeys}. */
  readonly rsaKeysOf?: ((dcId: number) => readonly RsaPrivateKey[]) | undefined;
  /** Carries out requests. */
  readonly handler: RequestHandler;
  /** Lets tests change what the key exchange says. */
  readonly handshake?: HandshakeHooks | undefined;
  /** Told of every refusal, also of those that the list has no room for. */
  readonly onRefusal?: ((refusal: Refusal) => void) | undefined;
  /** Told that a permanent key is gone: whoever was signed in with it no longer is. */
  readonly onKeyDestroyed?: ((key: ServerKey) => void) | undefined;
  /** Faults to inject; a board without faults when left out. */
  readonly faults?: FaultBoard | undefined;
  /**
   * Refuse what real servers refuse: ids that are no multiple of 4 or out of the time window, wrong seqno, ids used
   * twice for different messages. Default true. Salts, keys, msg_key and containers are checked in any case.
   */
  readonly strict?: boolean | undefined;
  /** Seconds after which the salt in use is followed by the next one. Default 3600. It is accepted half as long again. */
  readonly saltLifetime?: number | undefined;
  /** Message ids remembered per session; older ones get bad_msg 20. Default 4096. */
  readonly window?: number | undefined;
  /** Milliseconds an acknowledgement waits for an answer to travel with. Default 50. */
  readonly ackDelay?: number | undefined;
  /** Milliseconds after which a message that was not acknowledged is sent again. Default 20000. */
  readonly resendAfter?: number | undefined;
  /** Bytes above which an answer is not repeated by itself: msg_detailed_info offers it. Default 2048. */
  readonly detailedInfoAbove?: number | undefined;
  /** Bytes above which results are compressed if that makes them shorter; -1: never. Default 512. */
  readonly gzipAbove?: number | undefined;
  /** Seconds that a session without connections is remembered. Default 86400. */
  readonly sessionLifetime?: number | undefined;
  /** Milliseconds that `invokeAfterMsg` waits for a message that has not come yet or is running. Default 30000. */
  readonly waitTimeout?: number | undefined;
}

/** {@link ServerCoreOptions} with every default filled in. */
export type ServerSettings = {
  readonly [
    K in keyof Omit<ServerCoreOptions, 'faults' | 'handshake' | 'onRefusal' | 'onKeyDestroyed'>
  ]-?: NonNullable<ServerCoreOptions[K]>;
};

export function settingsOf(options: ServerCoreOptions): ServerSettings {
  return {
    crypto: options.crypto,
    clock: options.clock,
    rsaKeys: options.rsaKeys,
    rsaKeysOf: options.rsaKeysOf ?? (() => options.rsaKeys),
    handler: options.handler,
    strict: options.strict ?? true,
    saltLifetime: options.saltLifetime ?? 3600,
    window: options.window ?? 4096,
    ackDelay: options.ackDelay ?? 50,
    resendAfter: options.resendAfter ?? 20_000,
    detailedInfoAbove: options.detailedInfoAbove ?? 2048,
    gzipAbove: options.gzipAbove ?? 512,
    sessionLifetime: options.sessionLifetime ?? 86_400,
    waitTimeout: options.waitTimeout ?? 30_000,
  };
}
