import { encode } from '@tlgen/codec';
import { BindAuthKeyInner } from '@tlgen/mtproto';
import type { AuthKey } from '../../crypto/auth-key.js';
import { sealMessage1 } from '../../crypto/message.js';
import type { CryptoProvider } from '../../crypto/provider/types.js';
import { BindTempAuthKeyRequest } from './request.js';

/** What binds a temporary key to a permanent one. */
export interface BindOptions {
  readonly permKey: AuthKey;
  readonly tempKey: AuthKey;
  /** Session in which the request is sent, under the temporary key. */
  readonly tempSessionId: bigint;
  /** Message id of the request: the inner message has the same. */
  readonly msgId: bigint;
  /** Server time in seconds. */
  readonly expiresAt: number;
  /** Random; drawn when left out. */
  readonly nonce?: bigint | undefined;
}

export interface BindMessage {
  /** The proof: MTProto 1.0, under the permanent key. */
  readonly encryptedMessage: Uint8Array;
  readonly nonce: bigint;
  /** Serialized `auth.bindTempAuthKey`; to be sent as it is, without `invokeWithLayer`. */
  readonly request: Uint8Array;
}

/**
 * Builds `auth.bindTempAuthKey` (Perfect Forward Secrecy, "Binding message contents", "Generating encrypted_message"):
 * the only message that is encrypted with the permanent key, in the old way, with random bits for salt and session id,
 * and seqno 0.
 */
export function bindMessage(crypto: CryptoProvider, options: BindOptions): BindMessage {
  const { permKey, tempKey, tempSessionId, msgId, expiresAt } = options;
  const nonce = options.nonce ?? randomLong(crypto);
  const inner = new BindAuthKeyInner({
    nonce,
    tempAuthKeyId: tempKey.id,
    permAuthKeyId: permKey.id,
    tempSessionId,
    expiresAt,
  });
  const encryptedMessage = sealMessage1(crypto, permKey, 'client', {
    salt: randomLong(crypto),
    sessionId: randomLong(crypto),
    msgId,
    seqNo: 0,
    body: encode(inner),
  });
  const request = encode(
    new BindTempAuthKeyRequest({ permAuthKeyId: permKey.id, nonce, expiresAt, encryptedMessage }),
  );
  return { encryptedMessage, nonce, request };
}

function randomLong(crypto: CryptoProvider): bigint {
  const bytes = crypto.randomBytes(8);
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true);
}
