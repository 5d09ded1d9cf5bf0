import type { AuthKey } from '../../crypto/auth-key.js';
import type { Now } from '../../platform/types.js';

/** A key may be unknown to some servers of the data center for so long after it was made, milliseconds. */
const YOUNG = 60_000;

/** The permanent key, and how far it is trusted to be known to the server. */
export class PermanentKey {
  /** Refused once; to be verified over another connection. */
  suspected = false;
  #madeAt: number | null = null;

  constructor(
    public key: AuthKey | null,
    public salt: bigint,
  ) {}

  made(key: AuthKey, salt: bigint, now: Now): void {
    this.key = key;
    this.salt = salt;
    this.suspected = false;
    this.#madeAt = now.steady;
  }

  /** Made just now: a refusal means little. */
  young(now: Now): boolean {
    return this.#madeAt !== null && now.steady - this.#madeAt < YOUNG;
  }

  /** @returns its id. */
  forget(): bigint {
    const id = this.key?.id ?? 0n;
    this.key = null;
    this.salt = 0n;
    this.suspected = false;
    this.#madeAt = null;
    return id;
  }
}
