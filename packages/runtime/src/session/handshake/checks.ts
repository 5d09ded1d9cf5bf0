import { decode, Registry, TlError, type TlClass, type TlObject } from '@tlgen/codec';
import { equalBytes } from '../../crypto/compare.js';
import { CryptoError, SecurityError, type SecurityErrorCode } from '../../crypto/errors.js';
import { HandshakeError } from '../errors.js';

/** The two public nonces of an exchange. */
export interface Nonces {
  readonly nonce: Uint8Array;
  readonly serverNonce: Uint8Array;
}

/** @throws SecurityError `nonce` unless it is the one the client made. */
export function checkNonce(step: string, received: Uint8Array, sent: Uint8Array): void {
  if (!equalBytes(received, sent)) {
    throw new SecurityError('nonce', `${step}: nonce is not the one that was sent`);
  }
}

/** @throws SecurityError `nonce` unless it is the one `resPQ` brought. */
export function checkServerNonce(step: string, received: Uint8Array, known: Uint8Array): void {
  if (!equalBytes(received, known)) {
    throw new SecurityError('nonce', `${step}: server_nonce is not the one of resPQ`);
  }
}

/**
 * @param field - its TL name.
 * @throws SecurityError `nonce-hash` unless the hash proves that the server knows new_nonce.
 */
export function checkNonceHash(
  step: string,
  field: string,
  received: Uint8Array,
  expected: Uint8Array,
): void {
  if (!equalBytes(received, expected)) {
    throw new SecurityError('nonce-hash', `${step}: ${field} is not the hash of new_nonce`);
  }
}

/** Runs a check of `crypto/`, and tells its refusal as a broken rule of this step. */
export function guard<T>(step: string, code: SecurityErrorCode, check: () => T): T {
  try {
    return check();
  } catch (thrown) {
    if (!(thrown instanceof CryptoError)) throw thrown;
    throw new SecurityError(code, `${step}: ${thrown.message}`, { cause: thrown });
  }
}

/**
 * Deserializes an answer of one of these classes.
 *
 * @throws HandshakeError `bad-answer` for anything else.
 */
export function readAnswer<T extends TlObject>(
  step: string,
  body: Uint8Array,
  registry: Registry,
): T {
  try {
    return decode(body, registry) as T;
  } catch (thrown) {
    if (!(thrown instanceof TlError)) throw thrown;
    throw new HandshakeError('bad-answer', `${step}: no answer to this step: ${thrown.message}`, {
      cause: thrown,
    });
  }
}

/** Constructors that one step may be answered with, and no other. */
export function answers(type: string, ...classes: readonly TlClass[]): Registry {
  return new Registry().add(type, classes);
}
