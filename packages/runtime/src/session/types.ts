import type { AuthKey } from '../crypto/auth-key.js';
import type { CryptoProvider, KeyOffset } from '../crypto/provider/types.js';
import type { RsaKey } from '../crypto/rsa.js';
import type { SecurityError } from '../crypto/errors.js';

/** Names a call from `call()` to the event that settles it; unique within one engine. */
export type CallId = number;

/** A request on its way to the server. */
export interface OutgoingCall {
  /** The serialized request, without `invokeWithLayer`/`initConnection`: the session adds what is needed. */
  readonly body: Uint8Array;
  /** Runs only after this call has (`invokeAfterMsg`); if that one fails, this one fails with MSG_WAIT_FAILED. */
  readonly after?: CallId | undefined;
  /** Ask the transport for a quick acknowledgement. */
  readonly quickAck?: boolean | undefined;
  /**
   * May run twice without harm (a read). Only then is it sent again when nobody can say whether it ran: the key or the
   * session it was sent with is gone.
   */
  readonly repeatable?: boolean | undefined;
  /** false: the body does not get shorter by compressing (a part of a file), so that is not tried. */
  readonly compress?: boolean | undefined;
}

/** What happened to calls. Every call gets exactly one of `result`, `error`, `lost`. */
export type CallEvent =
  /** The serialized result, gzip_packed already unpacked. */
  | { readonly type: 'result'; readonly call: CallId; readonly body: Uint8Array }
  | {
      readonly type: 'error';
      readonly call: CallId;
      readonly code: number;
      readonly message: string;
    }
  /** It will not be sent again by itself. */
  | {
      readonly type: 'lost';
      readonly call: CallId;
      /** false: it certainly did not run, so sending it again is safe. */
      readonly mayHaveRun: boolean;
      readonly reason: string;
    }
  /** The server has it (msgs_ack, quick ack, or state info); it may be running. */
  | { readonly type: 'acknowledged'; readonly call: CallId };

/** What one encrypted session tells. */
export type SessionEvent =
  | CallEvent
  /** A message that answers nothing: updates. `body` is serialized and unpacked. */
  | { readonly type: 'update'; readonly msgId: bigint; readonly body: Uint8Array }
  /** The server began this session anew: updates may have been missed. */
  | { readonly type: 'session-created'; readonly firstMsgId: bigint; readonly uniqueId: bigint }
  /** Server time minus wall clock, in milliseconds, is known better now. */
  | { readonly type: 'time'; readonly offset: number }
  /** The salt now in use, for storage. */
  | { readonly type: 'salt'; readonly salt: bigint }
  /** A packet or message broke a rule and was dropped; its neighbours were not. */
  | { readonly type: 'refused'; readonly error: SecurityError | Error }
  /** The session cannot go on (replay window, fatal bad_msg): a new session id is needed. Calls have been settled or
   * are handed over by the engine. */
  | { readonly type: 'session-failed'; readonly reason: string };

/** What an engine (keys + sessions of one data center connection) tells. */
export type EngineEvent =
  | SessionEvent
  /** A permanent key was made: store it before anything that depends on it. */
  | { readonly type: 'auth-key'; readonly key: AuthKey; readonly salt: bigint }
  /** A temporary key was made and bound. `expiresAt`: server time, seconds. */
  | { readonly type: 'temp-key'; readonly key: AuthKey; readonly expiresAt: number }
  /** Calls flow now: a session began, or a connection was opened for the one there is. */
  | { readonly type: 'ready'; readonly sessionId: bigint }
  /** The server does not know the permanent key any more: a new one is being made, and sign-in is lost. */
  | { readonly type: 'auth-key-lost'; readonly keyId: bigint }
  /** A key exchange failed; the engine asks for a new connection and tries again, unless `fatal`. */
  | { readonly type: 'handshake-failed'; readonly error: Error; readonly fatal: boolean }
  /** The connection is of no more use (no pong, transport error): close it and open another. */
  | { readonly type: 'reconnect'; readonly reason: string };

/** A packet for the transport. */
export interface OutgoingPacket {
  readonly bytes: Uint8Array;
  readonly quickAck?: boolean;
}

/** A packet whose decryption may be done elsewhere: the arguments of `open2`. */
export interface Unopened {
  readonly packet: Uint8Array;
  readonly authKey: Uint8Array;
  readonly x: KeyOffset;
}

/** What an engine is made with. */
export interface EngineOptions {
  readonly crypto: CryptoProvider;
  /** Keys of the server, for the key exchange. */
  readonly rsaKeys: readonly RsaKey[];
  /** Signed id as the key exchange names it: +10000 for test servers, negative for media. */
  readonly dcId: number;
  /** The stored permanent key; without one the engine makes one. */
  readonly authKey?: AuthKey | undefined;
  readonly salt?: bigint | undefined;
  /** Use temporary keys bound to the permanent one. Default true. */
  readonly pfs?: boolean | undefined;
  /** Lifetime asked for temporary keys, seconds. Default 86400. */
  readonly tempKeyTtl?: number | undefined;
  /** Server time minus wall clock, milliseconds, if known from before; else learned. */
  readonly timeOffset?: number | undefined;
  /**
   * Serialized `invokeWithLayer(layer, initConnection(…` up to, not including, the query: put before every call until
   * the server has answered one in this session. Called when it is needed.
   */
  readonly prefix?: (() => Uint8Array) | undefined;
  /** Compress bodies longer than this, if that makes them shorter; -1: never. Default 500. */
  readonly gzipAbove?: number | undefined;
  /** Makes a gzip file of bytes at once; without it nothing is compressed. */
  readonly gzip?: ((data: Uint8Array) => Uint8Array) | undefined;
  /** Seconds after which the server closes a connection without pings. Default 75. */
  readonly disconnectDelay?: number | undefined;
  /** How many ids of incoming messages are remembered, to tell replays. Default 1000. */
  readonly incoming?: number | undefined;
  /** How many calls may be sent and not answered at one time; the others wait. Default: as many as there are. */
  readonly outgoing?: number | undefined;
  /**
   * How often a repeatable call is sent in all when each time nobody can say whether it ran; then it is `lost`.
   * Default: as often as it takes.
   */
  readonly repetitions?: number | undefined;
}
