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
 */
export interface StorageDriver {
  /** Makes ready for use; rejects with StorageError `locked` when another client has it open. */
  open(): Promise<void>;
  get(space: string, key: string): Promise<Uint8Array | null>;
  /** All of a space. */
  list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]>;
  /** All changes or none are durable when it resolves. */
  commit(changes: readonly StorageChange[]): Promise<void>;
  close(): Promise<void>;
}

/** Why: another client has it open, it was closed, what it holds cannot be read, or the host failed. */
export type StorageErrorCode = 'locked' | 'closed' | 'damaged' | 'io';

/** The storage cannot do what was asked of it. */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(
    readonly code: StorageErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
