import { ServerDHInnerData, ServerDHParamsFail, ServerDHParamsOk } from '@tlgen/mtproto';
import { checkDhGroup, checkDhValue } from '../../crypto/dh.js';
import { SecurityError } from '../../crypto/errors.js';
import { HandshakeError } from '../errors.js';
import {
  answers,
  checkNonce,
  checkNonceHash,
  checkServerNonce,
  guard,
  readAnswer,
} from './checks.js';
import { openHashed } from './hashed-data.js';
import { paramsFailHash } from './nonce-hash.js';
import type { ParamsAsked, ShareSent } from './states.js';
import { sendShare } from './step-share.js';
import type { Settings } from './types.js';

const OK = 'server_DH_params_ok';
const FAIL = 'server_DH_params_fail';
const INNER = 'server_DH_inner_data';
/** The last time an int can tell. */
const LAST_SECOND = 0x7fff_ffff;

const registry = answers('Server_DH_Params', ServerDHParamsOk, ServerDHParamsFail);
const innerRegistry = answers('Server_DH_inner_data', ServerDHInnerData);

/**
 * Takes the server's group and share, checks them, and answers with a share of its own.
 *
 * @throws SecurityError, HandshakeError.
 */
export function takeParams(settings: Settings, state: ParamsAsked, body: Uint8Array): ShareSent {
  const { crypto } = settings;
  const { nonce, serverNonce, newNonce, aesKey, aesIv } = state.secrets;
  const answer = readAnswer<ServerDHParamsOk | ServerDHParamsFail>(
    'server_DH_params',
    body,
    registry,
  );
  checkNonce(answer._, answer.nonce, nonce);
  checkServerNonce(answer._, answer.serverNonce, serverNonce);
  if (answer instanceof ServerDHParamsFail) {
    checkNonceHash(FAIL, 'new_nonce_hash', answer.newNonceHash, paramsFailHash(crypto, newNonce));
    throw new HandshakeError('refused', `${FAIL}: the server refused the solution of its puzzle`);
  }
  const { encryptedAnswer } = answer;
  if (encryptedAnswer.length === 0) {
    throw new SecurityError('packet-length', `${OK}: encrypted_answer is empty`);
  }
  if (encryptedAnswer.length % 16 !== 0) {
    const text = `${OK}: encrypted_answer has ${encryptedAnswer.length} bytes, no multiple of 16`;
    throw new SecurityError('packet-length', text);
  }
  const plain = crypto.aesIgeDecrypt(encryptedAnswer, aesKey, aesIv);
  const content = openHashed(crypto, plain);
  if (content === null) {
    const text = `${OK}: the hash of encrypted_answer is wrong, or its padding is too long`;
    throw new SecurityError('answer-hash', text);
  }
  const inner = readAnswer<ServerDHInnerData>(INNER, content, innerRegistry);
  checkNonce(INNER, inner.nonce, nonce);
  checkServerNonce(INNER, inner.serverNonce, serverNonce);
  const { g, dhPrime, gA, serverTime } = inner;
  guard(INNER, 'dh-parameters', () => checkDhGroup(crypto, g, dhPrime));
  guard(INNER, 'dh-parameters', () => checkDhValue(gA, dhPrime, 'g_a'));
  if (serverTime <= 0 || serverTime > LAST_SECOND - (settings.expiresIn ?? 0)) {
    throw new HandshakeError('bad-answer', `${INNER}: server_time ${serverTime} is no time`);
  }
  const group = { g, dhPrime, gA, serverTime };
  return sendShare(settings, state.secrets, group, { retryId: 0n, attempts: 0 });
}
