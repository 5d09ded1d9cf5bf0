import { encode } from '@tlgen/codec';
import {
  PQInnerDataDc,
  PQInnerDataTempDc,
  ReqDHParamsRequest,
  ReqPqMultiRequest,
  ResPQ,
} from '@tlgen/mtproto';
import { handshakeKeys } from '../../crypto/kdf.js';
import { factorize } from '../../crypto/pq.js';
import { rsaPad, type RsaKey } from '../../crypto/rsa.js';
import { HandshakeError } from '../errors.js';
import { answers, checkNonce, guard, readAnswer } from './checks.js';
import type { ParamsAsked, PqAsked } from './states.js';
import type { Settings } from './types.js';

const STEP = 'resPQ';
const registry = answers('ResPQ', ResPQ);

/** More fingerprints than this are not named in an error. */
const NAMED_FINGERPRINTS = 8;

/** Begins an exchange with a fresh nonce. */
export function askPq({ crypto }: Settings): PqAsked {
  const nonce = crypto.randomBytes(16);
  return { step: STEP, query: encode(new ReqPqMultiRequest({ nonce })), nonce };
}

/**
 * Takes `resPQ`: solves the puzzle, and sends new_nonce to the owner of a known RSA key.
 *
 * @throws SecurityError, HandshakeError.
 */
export function takePq(settings: Settings, state: PqAsked, body: Uint8Array): ParamsAsked {
  const { crypto } = settings;
  const { nonce } = state;
  const answer = readAnswer<ResPQ>(STEP, body, registry);
  checkNonce(STEP, answer.nonce, nonce);
  const { serverNonce, pq } = answer;
  const rsaKey = chooseKey(settings.rsaKeys, answer.serverPublicKeyFingerprints);
  const { p, q } = guard(STEP, 'proof-of-work', () => factorize(crypto, pq));
  const newNonce = crypto.randomBytes(32);
  const inner = { pq, p, q, nonce, serverNonce, newNonce, dc: settings.dcId };
  const innerData =
    settings.expiresIn === null
      ? new PQInnerDataDc(inner)
      : new PQInnerDataTempDc({ ...inner, expiresIn: settings.expiresIn });
  const query = new ReqDHParamsRequest({
    nonce,
    serverNonce,
    p,
    q,
    publicKeyFingerprint: rsaKey.fingerprint,
    encryptedData: rsaPad(crypto, encode(innerData), rsaKey),
  });
  const { key, iv } = handshakeKeys(crypto, newNonce, serverNonce);
  const secrets = { nonce, serverNonce, newNonce, aesKey: key, aesIv: iv };
  return { step: 'server_DH_params', query: encode(query), secrets };
}

/** The first of the server's keys that is known. */
function chooseKey(known: readonly RsaKey[], offered: readonly bigint[]): RsaKey {
  for (const fingerprint of offered) {
    const key = known.find((one) => one.fingerprint === fingerprint);
    if (key !== undefined) return key;
  }
  const names = offered.slice(0, NAMED_FINGERPRINTS).map(hexOf).join(', ');
  throw new HandshakeError(
    'unknown-key',
    `${STEP}: no known RSA key among the ${offered.length} of the server (${names}): ` +
      'give the public key of this server in rsaKeys',
  );
}

const hexOf = (fingerprint: bigint): string =>
  BigInt.asUintN(64, fingerprint).toString(16).padStart(16, '0');
