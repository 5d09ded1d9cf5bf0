import { parseRsaKey } from '@tlgen/runtime/crypto';
import { platformCrypto } from '@tlgen/runtime/crypto/provider';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Makes GramJS trust a data center.
 *
 * @param {string} pem - public RSA key
 */
export function addGramjsKey(pem) {
  const bigInt = require('big-integer');
  const { _serverKeys } = require('telegram/crypto/RSA');
  const { n, e, fingerprint } = parseRsaKey(platformCrypto, pem);
  const number = (/** @type {Uint8Array} */ bytes) =>
    bigInt(Buffer.from(bytes).toString('hex'), 16);
  _serverKeys.set(BigInt.asIntN(64, fingerprint).toString(), {
    n: number(n),
    e: Number(number(e)),
  });
}
