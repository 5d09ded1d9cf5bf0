import { encode, type TlObject } from '@tlgen/codec';
import {
  PQInnerDataDc,
  PQInnerDataTemp,
  PQInnerDataTempDc,
  ServerDHInnerData,
  ServerDHParamsFail,
  ServerDHParamsOk,
  type ReqDHParamsRequest,
} from '@tlgen/mtproto';
import {
  concat,
  CryptoError,
  equalBytes,
  handshakeKeys,
  rsaUnpad,
  TELEGRAM_PRIME,
  type CryptoProvider,
  type RsaPrivateKey,
} from '@tlgen/runtime/crypto';
import type { Exchange, ServerSecrets } from './exchange-store.js';
import { readPqInner, type PqInner } from './read.js';
import { Refused, refuse } from './refused.js';
import type { ServerHandshakeOptions } from './types.js';

const STEP = 'req_DH_params';
const INNER = 'p_q_inner_data';

/** Ids of test servers are higher by this. */
const TEST_OFFSET = 10_000;

/** Answers `req_DH_params`. @throws Refused. */
export function answerParams(
  options: ServerHandshakeOptions,
  exchange: Exchange,
  query: ReqDHParamsRequest,
): { readonly answer: TlObject; readonly secrets: ServerSecrets | null } {
  const { crypto, hooks } = options;
  const { nonce, serverNonce, puzzle } = exchange;
  if (!equalBytes(query.p, puzzle.p)) throw refuse(`${STEP}: p is not the smaller prime`);
  if (!equalBytes(query.q, puzzle.q)) throw refuse(`${STEP}: q is not the larger prime`);
  const inner = readPqInner(decrypt(options, query));
  checkInner(exchange, inner);
  const dcId = checkDataCenter(options.dcId, inner);
  const expiresIn = lifetimeOf(inner);
  const { newNonce } = inner;
  if (hooks?.refuseParams?.() === true) {
    const newNonceHash = crypto.sha1(newNonce).subarray(4);
    return { answer: new ServerDHParamsFail({ nonce, serverNonce, newNonceHash }), secrets: null };
  }
  const { g, prime } = hooks?.group?.() ?? { g: 3, prime: TELEGRAM_PRIME };
  const exponent = hooks?.exponent?.() ?? crypto.randomBytes(256);
  const serverInner = new ServerDHInnerData({
    nonce,
    serverNonce,
    g,
    dhPrime: prime,
    gA: crypto.modPow(Uint8Array.of(g), exponent, prime),
    serverTime: Math.floor(options.now()),
  });
  const { key, iv } = handshakeKeys(crypto, newNonce, serverNonce);
  const plain = hashed(crypto, encode(hooks?.message?.(serverInner) ?? serverInner));
  const encryptedAnswer = crypto.aesIgeEncrypt(hooks?.plainAnswer?.(plain) ?? plain, key, iv);
  const secrets = { newNonce, aesKey: key, aesIv: iv, prime, exponent, dcId, expiresIn };
  return {
    answer: new ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer }),
    secrets: { ...secrets, previous: null, attempt: 0 },
  };
}

function decrypt(options: ServerHandshakeOptions, query: ReqDHParamsRequest): Uint8Array {
  const { publicKeyFingerprint, encryptedData } = query;
  const rsaKey: RsaPrivateKey | undefined = options.rsaKeys.find(
    (one) => one.fingerprint === publicKeyFingerprint,
  );
  if (rsaKey === undefined) throw refuse(`${STEP}: no RSA key has this fingerprint`);
  try {
    return rsaUnpad(options.crypto, encryptedData, rsaKey);
  } catch (thrown) {
    if (!(thrown instanceof CryptoError)) throw thrown;
    throw refuse(`${STEP}: encrypted_data: ${thrown.message}`);
  }
}

function checkInner({ nonce, serverNonce, puzzle }: Exchange, inner: PqInner): void {
  if (!equalBytes(inner.nonce, nonce)) throw refuse(`${INNER}: wrong nonce`);
  if (!equalBytes(inner.serverNonce, serverNonce)) throw refuse(`${INNER}: wrong server_nonce`);
  if (!equalBytes(inner.pq, puzzle.pq)) throw refuse(`${INNER}: wrong pq`);
  if (!equalBytes(inner.p, puzzle.p)) throw refuse(`${INNER}: wrong p`);
  if (!equalBytes(inner.q, puzzle.q)) throw refuse(`${INNER}: wrong q`);
}

/** The forms without a data center are taken for this one. */
function checkDataCenter(own: number, inner: PqInner): number {
  if (!(inner instanceof PQInnerDataDc || inner instanceof PQInnerDataTempDc)) return own;
  const id = Math.abs(inner.dc);
  if (id !== own && id !== own + TEST_OFFSET) {
    throw new Refused(-444, `${INNER}: data center ${inner.dc}, this is ${own}`);
  }
  return inner.dc;
}

function lifetimeOf(inner: PqInner): number | null {
  if (!(inner instanceof PQInnerDataTemp || inner instanceof PQInnerDataTempDc)) return null;
  if (inner.expiresIn <= 0) throw refuse(`${INNER}: expires_in ${inner.expiresIn}`);
  return inner.expiresIn;
}

function hashed(crypto: CryptoProvider, data: Uint8Array): Uint8Array {
  const padding = (16 - ((20 + data.length) % 16)) % 16;
  return concat(crypto.sha1(data), data, crypto.randomBytes(padding));
}
