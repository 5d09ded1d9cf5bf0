import { TlgenError } from '@tlgen/codec';
/** Why a cryptographic step was refused. */
export type CryptoErrorCode =
  /** An argument has a wrong length. */
  | 'bad-length'
  /** A number of the key exchange is outside what is safe: prime, generator, public value. */
  | 'bad-dh'
  /** The number cannot be split into two primes. */
  | 'bad-pq'
  /** RSA: unreadable key or data too long. */
  | 'bad-rsa'
  /** 2FA: parameters of the server that are not safe to answer. */
  | 'bad-srp';

/** An argument or a number of the other side that must not be used. Never holds secret bytes. */
export class CryptoError extends TlgenError {
  override readonly name = 'CryptoError';

  constructor(
    readonly code: CryptoErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Why an encrypted packet was refused; each is one check of Telegram's security guidelines. */
export type SecurityErrorCode =
  | 'packet-length'
  | 'auth-key-id'
  | 'msg-key'
  | 'message-length'
  | 'padding'
  | 'session-id'
  | 'message-id-parity'
  | 'message-id-time'
  | 'message-id-replayed'
  | 'message-id-too-old'
  | 'container'
  | 'seqno'
  | 'nonce'
  | 'nonce-hash'
  | 'fingerprint'
  | 'answer-hash'
  | 'dh-parameters'
  | 'proof-of-work';

/** Bytes of the other side that break a rule of the protocol. Never holds secret bytes. */
export class SecurityError extends TlgenError {
  override readonly name = 'SecurityError';

  constructor(
    readonly code: SecurityErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
