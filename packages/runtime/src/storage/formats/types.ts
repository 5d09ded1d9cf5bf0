import { TlgenError } from '@tlgen/codec';

/** What a session of any library comes down to. */
export interface SessionData {
  /** The data center that the account lives at. */
  readonly dcId: number;
  /** A session of the test servers. */
  readonly testMode: boolean;
  /** The permanent auth key of that data center, 256 bytes. */
  readonly authKey: Uint8Array;
  /** Where that data center was reached, if the format says so. */
  readonly address?: SessionAddress | undefined;
  /** Whose it is; undefined: the format does not say, and the server has to be asked. */
  readonly userId?: bigint | undefined;
  readonly bot?: boolean | undefined;
  readonly apiId?: number | undefined;
  /** Auth keys that are signed in at other data centers, by id. */
  readonly otherKeys?: ReadonlyMap<number, Uint8Array> | undefined;
}

/** An IP address or host name, and a port. */
export interface SessionAddress {
  readonly host: string;
  readonly port: number;
}

/** Texts that sessions are kept in: ours, and those of other libraries. */
export type SessionFormat = 'tlgen' | 'gramjs' | 'telethon' | 'pyrogram' | 'mtcute' | 'mtkruto';

/**
 * Why: nothing that is known looks like that; it looks like a format, and is cut or altered; it could be several; it is
 * protected by a passcode, and another was given; the format cannot hold this session.
 */
export type SessionFormatErrorCode =
  'UNKNOWN_FORMAT' | 'DAMAGED' | 'AMBIGUOUS' | 'PASSCODE' | 'CANNOT_EXPORT';

/** A session that cannot be read or written. Its message never holds any of the session. */
export class SessionFormatError extends TlgenError {
  override readonly name = 'SessionFormatError';

  constructor(
    readonly code: SessionFormatErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Bytes of an auth key. */
export const KEY_SIZE = 256;
