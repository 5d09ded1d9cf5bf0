import { decode, Registry, TlError } from '@tlgen/codec';
import { BindAuthKeyInner } from '@tlgen/mtproto';
import {
  openMessage1,
  SecurityError,
  type AuthKey,
  type CryptoProvider,
  type PlainMessage,
} from '@tlgen/runtime/crypto';

const inners = new Registry().add('BindAuthKeyInner', [BindAuthKeyInner]);

/** How much longer than its key a binding may claim to last, in seconds: clients count from a moment after the key was made. */
const SLACK = 60;

/** An `auth.bindTempAuthKey` and what came with it. */
export interface BindCheck {
  /** The key that `perm_auth_key_id` names; null when there is none, or when it is a temporary one. */
  readonly permKey: AuthKey | null;
  /** The key that the request was encrypted with. */
  readonly tempKey: {
    readonly key: AuthKey;
    /** Server time in seconds; null: it is a permanent key. */
    readonly expiresAt: number | null;
    /** The permanent key that it is bound to already. */
    readonly boundTo?: AuthKey | null | undefined;
  };
  /** Session and message id of the request. */
  readonly sessionId: bigint;
  readonly msgId: bigint;
  readonly request: {
    readonly permAuthKeyId: bigint;
    readonly nonce: bigint;
    readonly expiresAt: number;
    readonly encryptedMessage: Uint8Array;
  };
  /** Server time in seconds. */
  readonly now: number;
}

/** Names of the RPC errors (code 400) that a binding can be refused with. */
export type BindRefusal =
  | 'TEMP_AUTH_KEY_EMPTY'
  | 'TEMP_AUTH_KEY_ALREADY_BOUND'
  | 'ENCRYPTED_MESSAGE_INVALID'
  | 'EXPIRES_AT_INVALID';

/**
 * Checks `auth.bindTempAuthKey` as a data center does.
 *
 * @returns null when the keys may be bound; else the message of the RPC error.
 */
export function checkBind(crypto: CryptoProvider, check: BindCheck): BindRefusal | null {
  const { permKey, tempKey, request } = check;
  if (tempKey.expiresAt === null) return 'TEMP_AUTH_KEY_EMPTY';
  if (permKey === null) return 'ENCRYPTED_MESSAGE_INVALID';
  const { boundTo } = tempKey;
  if (boundTo && boundTo.id !== permKey.id) return 'TEMP_AUTH_KEY_ALREADY_BOUND';
  const message = open(crypto, permKey, request.encryptedMessage);
  if (message === null) return 'ENCRYPTED_MESSAGE_INVALID';
  if (message.msgId !== check.msgId) return 'ENCRYPTED_MESSAGE_INVALID';
  if (message.seqNo !== 0) return 'ENCRYPTED_MESSAGE_INVALID';
  const inner = readInner(message.body);
  if (inner === null) return 'ENCRYPTED_MESSAGE_INVALID';
  if (inner.nonce !== request.nonce) return 'ENCRYPTED_MESSAGE_INVALID';
  if (inner.tempAuthKeyId !== tempKey.key.id) return 'ENCRYPTED_MESSAGE_INVALID';
  if (inner.permAuthKeyId !== permKey.id) return 'ENCRYPTED_MESSAGE_INVALID';
  if (request.permAuthKeyId !== permKey.id) return 'ENCRYPTED_MESSAGE_INVALID';
  if (inner.tempSessionId !== check.sessionId) return 'ENCRYPTED_MESSAGE_INVALID';
  if (inner.expiresAt !== request.expiresAt) return 'ENCRYPTED_MESSAGE_INVALID';
  if (request.expiresAt <= check.now) return 'EXPIRES_AT_INVALID';
  if (request.expiresAt > tempKey.expiresAt + SLACK) return 'EXPIRES_AT_INVALID';
  return null;
}

function open(crypto: CryptoProvider, key: AuthKey, packet: Uint8Array): PlainMessage | null {
  try {
    return openMessage1(crypto, key, 'client', packet);
  } catch (thrown) {
    if (thrown instanceof SecurityError) return null;
    throw thrown;
  }
}

function readInner(body: Uint8Array): BindAuthKeyInner | null {
  try {
    return decode(body, inners) as BindAuthKeyInner;
  } catch (thrown) {
    if (thrown instanceof TlError) return null;
    throw thrown;
  }
}
