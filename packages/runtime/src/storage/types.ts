import { TlgenError } from '@tlgen/codec';

/** One change of a `commit`: sets a value, or removes it. */
export interface StorageChange {
  /** What kind of thing: `auth-key`, `temp-key`, `account` … */
  readonly space: string;
  readonly key: string;
  /** null removes. */
  readonly value: Uint8Array | null;
}

/**
 * Where a client keeps what outlives it. A driver is small on purpose: read, and commit several changes as one.
 *
 * Names of spaces and keys are any well-formed text, the empty one too; values are any bytes, also none. Arrays are
 * copied on their way in and out. One client at a time has it open; what holds it must be gone with its process.
 */
export interface StorageDriver {
  /** Makes ready for use; rejects with StorageError `locked` when another client has it open. */
  open(): Promise<void>;
  /** null: there is no such value. */
  get(space: string, key: string): Promise<Uint8Array | null>;
  /** All of a space, in no order that means anything. */
  list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]>;
  /** All changes are durable when it resolves, none of them when it rejects; the last one of a key counts. */
  commit(changes: readonly StorageChange[]): Promise<void>;
  /** Lets go of it; a second time does nothing. */
  close(): Promise<void>;
}

/**
 * Why a storage cannot do what was asked of it.
 *
 * - `locked`: another client, here or in another process, has it open.
 * - `closed`: it is not open, or no more.
 * - `damaged`: what it holds cannot be read, or was written by something else.
 * - `newer`: a newer version of this library wrote it; nothing was changed.
 * - `passphrase`: the passphrase is wrong, is missing, or is given for what was never encrypted.
 * - `unsupported`: this host has no such storage.
 * - `io`: the host failed; `cause` tells how.
 */
export type StorageErrorCode =
  'locked' | 'closed' | 'damaged' | 'newer' | 'passphrase' | 'unsupported' | 'io';

/** The storage cannot do what was asked of it. */
export class StorageError extends TlgenError {
  override readonly name = 'StorageError';

  constructor(
    readonly code: StorageErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
