import { platform } from '#platform';
import { openFolder } from '#storage';
import type { CryptoProvider } from '../crypto/provider/types.js';
import { EncryptedStorage as Encrypted } from '../storage/encrypted.js';
import {
  readTdata as read,
  writeTdata as write,
  type ReadFile,
  type SessionData,
} from '../storage/formats/index.js';
import type { StorageDriver } from '../storage/types.js';

/** What opens something that is encrypted. */
export interface EncryptionOptions {
  /** Any text that is not empty. It is not kept anywhere: lost, the storage is lost. */
  readonly passphrase: string;
  /** Other cryptography than the host's. */
  readonly crypto?: CryptoProvider | undefined;
}

/**
 * Encrypts what another storage keeps: values, and the names of spaces and keys. What can be seen is how many values
 * there are, how long, and which change.
 *
 * ```ts
 * const storage = new EncryptedStorage(new SqliteStorage('my.session'), { passphrase });
 * ```
 *
 * Values are encrypted with AES-256-CTR and authenticated with HMAC-SHA-256, with keys from a random master key; that
 * is encrypted with the passphrase by PBKDF2-HMAC-SHA-512 (210,000 rounds, random salt).
 *
 * `open()` rejects with StorageError `passphrase`, and changes nothing, when the passphrase is wrong or the storage
 * was written without one; reading a value that was tampered with is StorageError `damaged`.
 */
export class EncryptedStorage extends Encrypted {
  /** @throws StorageError `passphrase` when it is empty. */
  constructor(driver: StorageDriver, { passphrase, crypto = platform.crypto }: EncryptionOptions) {
    super(driver, { passphrase, crypto });
  }
}

/** How a tdata folder is opened. */
export interface TdataOptions {
  /** The local passcode; empty or left out: none was set. */
  readonly passcode?: string | undefined;
  /** Other cryptography than the host's. */
  readonly crypto?: CryptoProvider | undefined;
}

/**
 * The accounts in Telegram Desktop's folder `tdata`, in its order; the folder is only read.
 *
 * @param folder - its path (on Node), or what reads a file of it.
 * @throws SessionFormatError `UNKNOWN_FORMAT` for another folder, `PASSCODE` for a wrong passcode, `DAMAGED`;
 * StorageError `unsupported` for a path where there are no files.
 */
export async function readTdata(
  folder: string | ReadFile,
  { passcode, crypto = platform.crypto }: TdataOptions = {},
): Promise<SessionData[]> {
  return read(typeof folder === 'string' ? openFolder(folder) : folder, { passcode, crypto });
}

/**
 * The files of a `tdata` folder with these accounts, by their path in it.
 *
 * @throws SessionFormatError `CANNOT_EXPORT` without the user's id, or for the test servers.
 */
export async function writeTdata(
  accounts: readonly SessionData[],
  { passcode, crypto = platform.crypto }: TdataOptions = {},
): Promise<ReadonlyMap<string, Uint8Array>> {
  return write(accounts, { passcode, crypto });
}
