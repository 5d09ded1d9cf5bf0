import type { CryptoProvider } from '../crypto/provider/types.js';
import { HEADER, newMaster, readHeader, writeHeader } from './encryption-header.js';
import { STAMP } from './migrations.js';
import { SPACE } from './records.js';
import { StorageError, type StorageChange, type StorageDriver } from './types.js';
import { ValueCipher } from './value-cipher.js';

/** What an encrypted storage is made with. */
export interface EncryptionOptions {
  /** Any text that is not empty. It is not kept anywhere: lost, the storage is lost. */
  readonly passphrase: string;
  /** The host's cryptography. */
  readonly crypto: CryptoProvider;
}

/**
 * Encrypts what another storage keeps: values, and the names of spaces and keys. What can be seen is how many values
 * there are, how long, and which change.
 *
 * Values are encrypted with AES-256-CTR and authenticated with HMAC-SHA-256, with keys from a random master key; that
 * is encrypted with the passphrase by PBKDF2-HMAC-SHA-512 (210,000 rounds, random salt).
 *
 * `open()` rejects with StorageError `passphrase`, and changes nothing, when the passphrase is wrong or the storage
 * was written without one; reading a value that was tampered with is StorageError `damaged`.
 */
export class EncryptedStorage implements StorageDriver {
  readonly #crypto: CryptoProvider;
  #passphrase: string;
  #master: Uint8Array | null = null;
  #cipher: ValueCipher | null = null;

  /** @throws StorageError `passphrase` when it is empty. */
  constructor(
    private readonly driver: StorageDriver,
    options: EncryptionOptions,
  ) {
    this.#passphrase = checked(options.passphrase);
    this.#crypto = options.crypto;
  }

  async open(): Promise<void> {
    await this.driver.open();
    try {
      const header = await this.driver.get(HEADER.space, HEADER.key);
      this.#master = header
        ? await readHeader(this.#crypto, header, this.#passphrase)
        : await this.begin();
      this.#cipher = new ValueCipher(this.#crypto, this.#master);
    } catch (error) {
      this.#master = null;
      await this.driver.close().catch(() => undefined);
      throw error;
    }
  }

  async get(space: string, key: string): Promise<Uint8Array | null> {
    const cipher = this.opened();
    const hiddenSpace = cipher.space(space);
    const hiddenKey = cipher.key(hiddenSpace, key);
    const sealed = await this.driver.get(hiddenSpace, hiddenKey);
    return sealed && cipher.open(hiddenSpace, hiddenKey, sealed).value;
  }

  async list(space: string): Promise<readonly (readonly [key: string, value: Uint8Array])[]> {
    const cipher = this.opened();
    const hiddenSpace = cipher.space(space);
    const entries = await this.driver.list(hiddenSpace);
    return entries.map(([hiddenKey, sealed]) => {
      const { key, value } = cipher.open(hiddenSpace, hiddenKey, sealed);
      return [key, value] as const;
    });
  }

  async commit(changes: readonly StorageChange[]): Promise<void> {
    const cipher = this.opened();
    const sealed = changes.map(({ space, key, value }) => {
      const hiddenSpace = cipher.space(space);
      const hiddenKey = cipher.key(hiddenSpace, key);
      const bytes = value && cipher.seal(hiddenSpace, hiddenKey, key, value);
      return { space: hiddenSpace, key: hiddenKey, value: bytes };
    });
    await this.driver.commit(sealed);
  }

  async close(): Promise<void> {
    // A second client that found it locked must not close it for the first.
    if (!this.#cipher) return;
    this.#cipher = null;
    this.#master = null;
    await this.driver.close();
  }

  /**
   * Changes the passphrase of the open storage, in one commit: after it the old one opens nothing. Values are not
   * written anew; who has a copy of the storage from before can open that copy with the old passphrase, and read
   * later values with what is in it. Where that may be so, begin a new storage and sign in anew.
   *
   * @throws StorageError `passphrase` when the new one is empty; `closed`; `io`: then the old one holds.
   */
  async rekey(passphrase: string): Promise<void> {
    const next = checked(passphrase);
    this.opened();
    const master = this.#master;
    if (!master) return;
    const header = await writeHeader(this.#crypto, master, next);
    this.opened();
    await this.driver.commit([{ ...HEADER, value: header }]);
    this.#passphrase = next;
  }

  /** A storage that is empty becomes an encrypted one. */
  private async begin(): Promise<Uint8Array> {
    const stamp = await this.driver.get(STAMP.space, STAMP.key);
    const plain = await Promise.all(Object.values(SPACE).map((space) => this.driver.list(space)));
    if (stamp || plain.some((entries) => entries.length > 0)) {
      throw new StorageError(
        'passphrase',
        'The storage is not encrypted: open it without EncryptedStorage, or give a new storage to encrypt',
      );
    }
    const master = newMaster(this.#crypto);
    const header = await writeHeader(this.#crypto, master, this.#passphrase);
    await this.driver.commit([{ ...HEADER, value: header }]);
    return master;
  }

  private opened(): ValueCipher {
    if (!this.#cipher) throw new StorageError('closed', 'The storage is not open');
    return this.#cipher;
  }
}

function checked(passphrase: unknown): string {
  if (typeof passphrase === 'string' && passphrase !== '') return passphrase;
  throw new StorageError('passphrase', 'The passphrase of a storage is a text that is not empty');
}
