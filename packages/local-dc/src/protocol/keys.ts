import type { AuthKey, CryptoProvider } from '@tlgen/runtime/crypto';
import { SaltBook } from './salts.js';
import type { ServerKey } from './types.js';

/** Most keys of a cluster: a client that makes keys without end pushes out the oldest unused one. */
const MOST_KEYS = 100_000;

/** A key together with its salts. */
export interface KeyRecord extends ServerKey {
  readonly salts: SaltBook;
}

/** What a new key is made of. */
export interface NewKey {
  readonly key: AuthKey;
  readonly dcId: number;
  /** Seconds; null: a permanent key. */
  readonly expiresAt: number | null;
  readonly salt: bigint;
  readonly userId?: bigint | null | undefined;
}

/** The auth keys of a cluster; each belongs to one data center. */
export class KeyStore {
  readonly #keys = new Map<bigint, KeyRecord>();

  constructor(
    private readonly crypto: CryptoProvider,
    private readonly saltLifetime: number,
  ) {}

  /** @param now - server time, seconds. */
  add(init: NewKey, now: number): KeyRecord {
    const record: KeyRecord = {
      key: init.key,
      dcId: init.dcId,
      expiresAt: init.expiresAt,
      boundTo: null,
      userId: init.userId ?? null,
      salts: new SaltBook(this.crypto, this.saltLifetime, init.salt, now),
    };
    this.#keys.set(init.key.id, record);
    if (this.#keys.size > MOST_KEYS) this.#dropOldest();
    return record;
  }

  get(id: bigint): KeyRecord | undefined {
    return this.#keys.get(id);
  }

  delete(id: bigint): void {
    this.#keys.delete(id);
  }

  values(): IterableIterator<KeyRecord> {
    return this.#keys.values();
  }

  #dropOldest(): void {
    for (const [id, record] of this.#keys) {
      if (record.userId !== null) continue;
      this.#keys.delete(id);
      return;
    }
  }
}
