import type { AuthKey } from '../../crypto/auth-key.js';

/** `req_pq_multi` has been sent. */
export interface PqAsked {
  readonly step: 'resPQ';
  /** The serialized query, for sending it again. */
  readonly query: Uint8Array;
  readonly nonce: Uint8Array;
}

/** What an exchange knows after `resPQ`. */
export interface Secrets {
  readonly nonce: Uint8Array;
  readonly serverNonce: Uint8Array;
  readonly newNonce: Uint8Array;
  /** `tmp_aes_key` and `tmp_aes_iv`. */
  readonly aesKey: Uint8Array;
  readonly aesIv: Uint8Array;
}

/** `req_DH_params` has been sent. */
export interface ParamsAsked {
  readonly step: 'server_DH_params';
  readonly query: Uint8Array;
  readonly secrets: Secrets;
}

/** The server's half: group and share, checked, and its time in seconds. */
export interface Group {
  readonly g: number;
  readonly dhPrime: Uint8Array;
  readonly gA: Uint8Array;
  readonly serverTime: number;
}

/** `set_client_DH_params` has been sent. */
export interface ShareSent {
  readonly step: 'set_client_DH_params';
  readonly query: Uint8Array;
  readonly secrets: Secrets;
  readonly group: Group;
  /** The key, unless the server wants another. */
  readonly key: AuthKey;
  /** How often the server wanted another. */
  readonly attempts: number;
}

/** An answer is awaited. */
export type Waiting = PqAsked | ParamsAsked | ShareSent;

/** The end of an exchange. */
export interface KeyMade {
  readonly step: 'done';
  readonly key: AuthKey;
  readonly salt: bigint;
  readonly expiresAt: number | null;
}
