import { encode } from '@tlgen/codec';
import {
  ClientDHInnerData,
  DhGenFail,
  DhGenOk,
  DhGenRetry,
  SetClientDHParamsRequest,
} from '@tlgen/mtproto';
import { AuthKey, newNonceHash } from '../../crypto/auth-key.js';
import { DhExchange } from '../../crypto/dh.js';
import { HandshakeError } from '../errors.js';
import { answers, checkNonce, checkNonceHash, checkServerNonce, readAnswer } from './checks.js';
import { sealHashed } from './hashed-data.js';
import { firstSalt } from './nonce-hash.js';
import type { Group, KeyMade, Secrets, ShareSent } from './states.js';
import type { Settings } from './types.js';

const STEP = 'set_client_DH_params';
const registry = answers('Set_client_DH_params_answer', DhGenOk, DhGenRetry, DhGenFail);

/** More `dh_gen_retry` than this end the exchange. */
const MAX_RETRIES = 5;

/** Makes a share of the client and the key. */
export function sendShare(
  { crypto }: Settings,
  secrets: Secrets,
  group: Group,
  { retryId, attempts }: { readonly retryId: bigint; readonly attempts: number },
): ShareSent {
  const { nonce, serverNonce, aesKey, aesIv } = secrets;
  const exchange = new DhExchange(crypto, group.g, group.dhPrime);
  const key = new AuthKey(crypto, exchange.sharedKey(group.gA));
  const gB = exchange.publicValue;
  const inner = encode(new ClientDHInnerData({ nonce, serverNonce, retryId, gB }));
  const encryptedData = crypto.aesIgeEncrypt(sealHashed(crypto, inner), aesKey, aesIv);
  const query = encode(new SetClientDHParamsRequest({ nonce, serverNonce, encryptedData }));
  return { step: STEP, query, secrets, group, key, attempts };
}

/**
 * Takes the verdict on the key: done, another try, or failed. Each proves with its hash that it is the server's.
 *
 * @throws SecurityError, HandshakeError.
 */
export function takeVerdict(
  settings: Settings,
  state: ShareSent,
  body: Uint8Array,
): KeyMade | ShareSent {
  const { crypto } = settings;
  const { secrets, group, key } = state;
  const { newNonce } = secrets;
  const answer = readAnswer<DhGenOk | DhGenRetry | DhGenFail>(STEP, body, registry);
  checkNonce(answer._, answer.nonce, secrets.nonce);
  checkServerNonce(answer._, answer.serverNonce, secrets.serverNonce);
  if (answer instanceof DhGenFail) {
    const expected = newNonceHash(crypto, newNonce, 3, key.auxHash);
    checkNonceHash('dh_gen_fail', 'new_nonce_hash3', answer.newNonceHash3, expected);
    throw new HandshakeError('refused', 'dh_gen_fail: the server refused the key');
  }
  if (answer instanceof DhGenRetry) {
    const expected = newNonceHash(crypto, newNonce, 2, key.auxHash);
    checkNonceHash('dh_gen_retry', 'new_nonce_hash2', answer.newNonceHash2, expected);
    const attempts = state.attempts + 1;
    if (attempts > MAX_RETRIES) {
      const text = `dh_gen_retry: the server wanted another try more than ${MAX_RETRIES} times`;
      throw new HandshakeError('retries', text);
    }
    return sendShare(settings, secrets, group, { retryId: key.auxHash, attempts });
  }
  const expected = newNonceHash(crypto, newNonce, 1, key.auxHash);
  checkNonceHash('dh_gen_ok', 'new_nonce_hash1', answer.newNonceHash1, expected);
  const { expiresIn } = settings;
  return {
    step: 'done',
    key,
    salt: firstSalt(newNonce, secrets.serverNonce),
    expiresAt: expiresIn === null ? null : group.serverTime + expiresIn,
  };
}
