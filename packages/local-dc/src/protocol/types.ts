import type { AuthKey } from '@tlgen/runtime/crypto';

/** An auth key as the server knows it. */
export interface ServerKey {
  readonly key: AuthKey;
  readonly dcId: number;
  /** Temporary keys: server time in seconds after which the key is unknown; permanent ones: null. */
  readonly expiresAt: number | null;
  /** Temporary keys: the permanent key they are bound to, once `auth.bindTempAuthKey` succeeded. */
  boundTo: ServerKey | null;
  /** Permanent keys: who signed in with it; null: nobody. */
  userId: bigint | null;
}

/** One session of a client: an auth key and a session id, over any number of connections. */
export interface ServerSessionInfo {
  readonly id: bigint;
  readonly key: ServerKey;
  /** What `invokeWithLayer` said last, in this session or before it in another of the same key; 0 before it did. */
  layer: number;
  /** What `initConnection` said; null before it did. */
  apiId: number | null;
  /** false after `invokeWithoutUpdates` or on media connections: nothing is pushed to it. */
  wantsUpdates: boolean;
}

/** A request as it came out of its message. */
export interface RpcCall {
  readonly session: ServerSessionInfo;
  readonly msgId: bigint;
  /** Serialized query: `invokeWithLayer` and its like are still around it, gzip_packed is not. */
  readonly body: Uint8Array;
  /** Aborted when the client drops the answer or the session ends. */
  readonly signal: AbortSignal;
}

/** An RPC error: `{ code: 400, message: 'PEER_ID_INVALID' }`. */
export interface RpcFailure {
  readonly code: number;
  readonly message: string;
}

/** What becomes of a request. `result` is serialized. */
export type RpcOutcome =
  | {
      readonly result: Uint8Array;
      /** Whether it may be compressed. Default true. */
      readonly packs?: boolean | undefined;
    }
  | { readonly error: RpcFailure };

/** Carries out requests: the world behind the protocol. */
export type RequestHandler = (call: RpcCall) => RpcOutcome | Promise<RpcOutcome>;

/** What the world may ask of the protocol. */
export interface ProtocolCore {
  /** Server time in seconds, with the skew that faults set. */
  now(): number;
  /** Sends an update to all sessions of that permanent key that want updates. @returns how many. */
  push(permKeyId: bigint, write: (session: ServerSessionInfo) => Uint8Array | null): number;
  /** The permanent key behind a session's key; the key itself when it is permanent; null when a temporary one is not bound. */
  permanentKeyOf(key: ServerKey): ServerKey | null;
  /**
   * Checks and carries out `auth.bindTempAuthKey`.
   *
   * @returns null when bound, or the RPC error message (`ENCRYPTED_MESSAGE_INVALID`, `TEMP_AUTH_KEY_EMPTY` …).
   */
  bindTempKey(
    call: RpcCall,
    request: {
      readonly permAuthKeyId: bigint;
      readonly nonce: bigint;
      readonly expiresAt: number;
      readonly encryptedMessage: Uint8Array;
    },
  ): string | null;
  /**
   * Waits for other calls of the session, for `invokeAfterMsg` and `invokeAfterMsgs` that stand inside other wrappers;
   * the core itself takes them off when they are outermost.
   *
   * @returns null when the call may run, else the RPC error it fails with (`MSG_WAIT_FAILED`, `MSG_WAIT_TIMEOUT`).
   */
  after(call: RpcCall, msgIds: readonly bigint[]): Promise<RpcFailure | null>;
  /** Forgets a key: its connections get -404 from then on. */
  destroyKey(keyId: bigint): void;
  keys(): Iterable<ServerKey>;
}
