import type { TlObject } from '@tlgen/codec';
import type { AuthKey, CryptoProvider, RsaPrivateKey } from '@tlgen/runtime/crypto';
import type { ExchangeStore } from './exchange-store.js';

/** What one server side of key exchanges is made with. */
export interface ServerHandshakeOptions {
  readonly crypto: CryptoProvider;
  /** All are offered to clients; old and new ones may stand side by side. */
  readonly rsaKeys: readonly RsaPrivateKey[];
  /** Number of the data center: 1, 2 … */
  readonly dcId: number;
  /** Server time in seconds; fractions are welcome. */
  readonly now: () => number;
  /**
   * Exchanges under way. Connections that share one let a client go on over a new connection, as real servers do.
   * Default: a store of its own.
   */
  readonly store?: ExchangeStore | undefined;
  /** Whether a key with this id exists already: then the client is asked for another. */
  readonly isKnown?: ((keyId: bigint) => boolean) | undefined;
  readonly hooks?: HandshakeHooks | undefined;
}

/** Lets a test change what the server says. Every hook may be left out. */
export interface HandshakeHooks {
  /** Primes of the puzzle, `p` smaller than `q`. */
  readonly primes?: (() => { readonly p: bigint; readonly q: bigint }) | undefined;
  /** Answers `req_DH_params` with `server_DH_params_fail`. */
  readonly refuseParams?: (() => boolean) | undefined;
  /** Group of the exchange: 2048-bit prime, big-endian. */
  readonly group?: (() => { readonly g: number; readonly prime: Uint8Array }) | undefined;
  /** The secret exponent: 256 bytes. */
  readonly exponent?: (() => Uint8Array) | undefined;
  /** What becomes of a key; `attempt` counts from 0. */
  readonly verdict?: ((attempt: number, key: AuthKey) => 'ok' | 'retry' | 'fail') | undefined;
  /** Sees each message before it is serialized, and gives what to send instead: the same one, or another. */
  readonly message?: ((message: TlObject) => TlObject) | undefined;
  /** `server_DH_inner_data` with hash and padding, before encryption. */
  readonly plainAnswer?: ((plain: Uint8Array) => Uint8Array) | undefined;
  /** The whole packet, before it leaves; null: nothing is sent. */
  readonly packet?: ((packet: Uint8Array) => Uint8Array | null) | undefined;
}

/** A key that an exchange made. */
export interface MadeKey {
  readonly key: AuthKey;
  /** First salt of the key. */
  readonly salt: bigint;
  readonly temporary: boolean;
  /** Temporary keys: server time in seconds; permanent ones: null. */
  readonly expiresAt: number | null;
  /** What the client named: +10000 for test servers, negative for media; the server's own id with old clients. */
  readonly dcId: number;
}

/** Why a packet was not answered. */
export interface HandshakeRefusal {
  /** Transport error a real server answers with: -404, or -444 for another data center. */
  readonly code: -404 | -444;
  /** For logs; holds no secrets. */
  readonly reason: string;
}

/** What becomes of a packet. */
export interface HandshakeOutcome {
  /** The packet to answer with; null: none. */
  readonly reply: Uint8Array | null;
  readonly done?: MadeKey;
  readonly refusal?: HandshakeRefusal;
}
