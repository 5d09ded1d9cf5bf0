import {
  DhGenFail,
  DhGenOk,
  DhGenRetry,
  type ClientDHInnerData,
  type SetClientDHParamsRequest,
} from '@tlgen/mtproto';
import {
  AuthKey,
  checkDhValue,
  CryptoError,
  equalBytes,
  newNonceHash,
  type CryptoProvider,
} from '@tlgen/runtime/crypto';
import type { Exchange, ServerSecrets } from './exchange-store.js';
import { readClientInner } from './read.js';
import { refuse } from './refused.js';
import type { MadeKey, ServerHandshakeOptions } from './types.js';

const STEP = 'set_client_DH_params';
const INNER = 'client_DH_inner_data';

/** What becomes of a key. */
export type Verdict =
  | { readonly answer: DhGenOk; readonly made: MadeKey }
  | { readonly answer: DhGenRetry; readonly next: ServerSecrets }
  | { readonly answer: DhGenFail };

/** Answers `set_client_DH_params`. @throws Refused. */
export function answerShare(
  options: ServerHandshakeOptions,
  exchange: Exchange,
  secrets: ServerSecrets,
  query: SetClientDHParamsRequest,
): Verdict {
  const { crypto } = options;
  const { nonce, serverNonce } = exchange;
  const { newNonce } = secrets;
  const inner = decrypt(crypto, secrets, query.encryptedData);
  checkInner(exchange, secrets, inner);
  const key = sharedKey(crypto, secrets, inner.gB);
  const nonces = { nonce, serverNonce };
  const hash = (number: 1 | 2 | 3): Uint8Array =>
    newNonceHash(crypto, newNonce, number, key.auxHash);
  switch (verdictOn(options, secrets, key)) {
    case 'retry':
      return {
        answer: new DhGenRetry({ ...nonces, newNonceHash2: hash(2) }),
        next: { ...secrets, previous: key, attempt: secrets.attempt + 1 },
      };
    case 'fail':
      return { answer: new DhGenFail({ ...nonces, newNonceHash3: hash(3) }) };
    case 'ok': {
      const { dcId, expiresIn } = secrets;
      const salt = longAt(newNonce) ^ longAt(serverNonce);
      const expiresAt = expiresIn === null ? null : Math.floor(options.now()) + expiresIn;
      const made = { key, salt, temporary: expiresIn !== null, expiresAt, dcId };
      return { answer: new DhGenOk({ ...nonces, newNonceHash1: hash(1) }), made };
    }
  }
}

function verdictOn(
  { hooks, isKnown }: ServerHandshakeOptions,
  { attempt }: ServerSecrets,
  key: AuthKey,
): 'ok' | 'retry' | 'fail' {
  if (isKnown?.(key.id) === true) return 'retry';
  return hooks?.verdict?.(attempt, key) ?? 'ok';
}

function decrypt(
  crypto: CryptoProvider,
  { aesKey, aesIv }: ServerSecrets,
  encryptedData: Uint8Array,
): ClientDHInnerData {
  if (encryptedData.length === 0) throw refuse(`${STEP}: encrypted_data is empty`);
  if (encryptedData.length % 16 !== 0) {
    throw refuse(`${STEP}: encrypted_data has ${encryptedData.length} bytes, no multiple of 16`);
  }
  return readClientInner(crypto, crypto.aesIgeDecrypt(encryptedData, aesKey, aesIv));
}

function checkInner(
  { nonce, serverNonce }: Exchange,
  { previous, prime }: ServerSecrets,
  inner: ClientDHInnerData,
): void {
  if (!equalBytes(inner.nonce, nonce)) throw refuse(`${INNER}: wrong nonce`);
  if (!equalBytes(inner.serverNonce, serverNonce)) throw refuse(`${INNER}: wrong server_nonce`);
  if (inner.retryId !== (previous?.auxHash ?? 0n)) throw refuse(`${INNER}: wrong retry_id`);
  try {
    checkDhValue(inner.gB, prime, 'g_b');
  } catch (thrown) {
    if (!(thrown instanceof CryptoError)) throw thrown;
    throw refuse(`${INNER}: ${thrown.message}`);
  }
}

function sharedKey(
  crypto: CryptoProvider,
  { prime, exponent }: ServerSecrets,
  gB: Uint8Array,
): AuthKey {
  return new AuthKey(crypto, crypto.modPow(gB, exponent, prime));
}

function longAt(bytes: Uint8Array): bigint {
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true);
}
