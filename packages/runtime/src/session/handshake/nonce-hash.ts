import type { CryptoProvider } from '../../crypto/provider/types.js';

/** `new_nonce_hash` of `server_DH_params_fail`: the last 16 bytes of SHA1(new_nonce). */
export function paramsFailHash(crypto: CryptoProvider, newNonce: Uint8Array): Uint8Array {
  return crypto.sha1(newNonce).subarray(4);
}

/** First salt of a key: the first 8 bytes of both nonces, one XOR the other. */
export function firstSalt(newNonce: Uint8Array, serverNonce: Uint8Array): bigint {
  return longAt(newNonce) ^ longAt(serverNonce);
}

function longAt(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true);
}
