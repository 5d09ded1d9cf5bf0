import { TlgenError } from '@tlgen/codec';
/** Why the host made no connection, or lost it. */
export type SocketErrorCode =
  /** Refused, unreachable, cut, or TLS that cannot be trusted. */
  | 'connection'
  | 'timeout'
  /** This host has no such connections. */
  | 'unsupported';

/** What a host's sockets fail with. The transports turn it into a `TransportError` of the same code. */
export class SocketError extends TlgenError {
  override readonly name = 'SocketError';

  constructor(
    readonly code: SocketErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
