import { TlgenError } from '@tlgen/codec';
/** Why no auth key was made. */
export type HandshakeErrorCode =
  /** The server did not answer a step in time. */
  | 'timeout'
  /** The server asked for another try too often (`dh_gen_retry`). */
  | 'retries'
  /** The server said no (`server_DH_params_fail`, `dh_gen_fail`), and proved that it was the server. */
  | 'refused'
  /** None of the RSA keys the server offers is among the known ones. */
  | 'unknown-key'
  /** Bytes that are no answer to the step. */
  | 'bad-answer';

/**
 * The key exchange came to nothing. Attacks and broken rules are `SecurityError`s instead. Never holds secret bytes.
 */
export class HandshakeError extends TlgenError {
  override readonly name = 'HandshakeError';

  constructor(
    readonly code: HandshakeErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
