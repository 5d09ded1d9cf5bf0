/**
 * @param {string} file - in `session/handshake/`.
 * @param {string} name
 * @param {string} from
 * @param {string} to
 * @param {...string} tests
 */
const mutant = (file, name, from, to, ...tests) => ({
  name: `handshake: ${name}`,
  file: `packages/runtime/src/session/handshake/${file}.ts`,
  from,
  to,
  tests,
});

const EXCHANGE = 'security/exchange.test.ts';
const RANDOM = 'security/random.test.ts';
const REFUSALS = 'unit/runtime/session/handshake/refusals.test.ts';

/** @type {readonly import('./types.js').NamedMutant[]} */
export const handshake = [
  mutant(
    'step-pq',
    'nonce of resPQ unchecked',
    'checkNonce(STEP, answer.nonce, nonce);',
    '',
    EXCHANGE,
  ),
  mutant(
    'step-params',
    'nonce of the answer unchecked',
    'checkNonce(answer._, answer.nonce, nonce);',
    '',
    EXCHANGE,
  ),
  mutant(
    'step-params',
    'encrypted nonce unchecked',
    'checkNonce(INNER, inner.nonce, nonce);',
    '',
    EXCHANGE,
  ),
  mutant(
    'step-params',
    'encrypted server_nonce unchecked',
    'checkServerNonce(INNER, inner.serverNonce, serverNonce);',
    '',
    EXCHANGE,
  ),
  mutant(
    'step-share',
    'server_nonce of the verdict unchecked',
    'checkServerNonce(answer._, answer.serverNonce, secrets.serverNonce);',
    '',
    EXCHANGE,
  ),
  mutant(
    'step-params',
    'new_nonce_hash of a refusal unchecked',
    "checkNonceHash(FAIL, 'new_nonce_hash', answer.newNonceHash, paramsFailHash(crypto, newNonce));",
    '',
    EXCHANGE,
  ),
  mutant(
    'step-share',
    'new_nonce_hash1 unchecked',
    "checkNonceHash('dh_gen_ok', 'new_nonce_hash1', answer.newNonceHash1, expected);",
    '',
    EXCHANGE,
  ),
  mutant(
    'step-share',
    'new_nonce_hash2 unchecked',
    "checkNonceHash('dh_gen_retry', 'new_nonce_hash2', answer.newNonceHash2, expected);",
    '',
    EXCHANGE,
  ),
  mutant(
    'step-share',
    'new_nonce_hash3 unchecked',
    "checkNonceHash('dh_gen_fail', 'new_nonce_hash3', answer.newNonceHash3, expected);",
    '',
    EXCHANGE,
  ),
  mutant(
    'step-share',
    'one hash for two verdicts',
    'newNonceHash(crypto, newNonce, 1, key.auxHash)',
    'newNonceHash(crypto, newNonce, answer.newNonceHash1[0] === newNonceHash(crypto, newNonce, 2, key.auxHash)[0] ? 2 : 1, key.auxHash)',
    EXCHANGE,
  ),
  mutant(
    'hashed-data',
    'hash of the answer unchecked',
    'if (equalBytes(crypto.sha1(data), hash)) return data;',
    'if (padding === 12 || equalBytes(crypto.sha1(data), hash)) return data;',
    EXCHANGE,
  ),
  mutant(
    'hashed-data',
    'padding of two blocks',
    'padding < BLOCK; padding',
    'padding < 2 * BLOCK; padding',
    EXCHANGE,
  ),
  mutant(
    'step-params',
    'g_a unchecked',
    "guard(INNER, 'dh-parameters', () => checkDhValue(gA, dhPrime, 'g_a'));",
    '',
    'security/dh-values.test.ts',
  ),
  mutant(
    'step-params',
    'the group unchecked',
    "guard(INNER, 'dh-parameters', () => checkDhGroup(crypto, g, dhPrime));",
    '',
    'security/dh-group.test.ts',
  ),
  mutant(
    'step-pq',
    'a constant nonce',
    'const nonce = crypto.randomBytes(16);',
    'const nonce = new Uint8Array(16).fill(1);',
    RANDOM,
  ),
  mutant(
    'step-pq',
    'a constant new_nonce',
    'crypto.randomBytes(32)',
    'new Uint8Array(32).fill(2)',
    RANDOM,
  ),
  mutant('step-share', 'retry_id left out', 'retryId: key.auxHash', 'retryId: 0n', REFUSALS),
  mutant(
    'step-share',
    'one retry too many',
    'if (attempts > MAX_RETRIES) {',
    'if (attempts > MAX_RETRIES + 1) {',
    'unit/runtime/session/mutants.test.ts',
  ),
  mutant('step-params', 'a server_time of zero', 'serverTime <= 0', 'serverTime < 0', REFUSALS),
  mutant(
    'step-pq',
    'any RSA key will do',
    'one.fingerprint === fingerprint',
    'one.fingerprint !== 0n',
    REFUSALS,
  ),
  mutant(
    'handshake',
    'an even message id',
    '(msgId & 1n) === 0n',
    '(msgId & 0n) !== 0n',
    'unit/runtime/session/handshake/fuzz.test.ts',
  ),
  mutant(
    'handshake',
    'no deadline for a step',
    'now.steady < this.#deadline) return;',
    'now.steady >= 0) return;',
    'unit/runtime/session/handshake/resume.test.ts',
  ),
];
