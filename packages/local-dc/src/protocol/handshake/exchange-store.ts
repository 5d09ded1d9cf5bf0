import { toHex, type AuthKey } from '@tlgen/runtime/crypto';

/** Exchanges kept; beyond that the oldest are forgotten. */
const LIMIT = 1000;

/** The puzzle: its numbers big-endian, without leading zeros. */
export interface Puzzle {
  readonly pq: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
}

/** What the server knows once the client has sent its new_nonce. */
export interface ServerSecrets {
  readonly newNonce: Uint8Array;
  readonly aesKey: Uint8Array;
  readonly aesIv: Uint8Array;
  readonly prime: Uint8Array;
  readonly exponent: Uint8Array;
  /** As the client named it. */
  readonly dcId: number;
  /** Seconds a temporary key is to live; null: permanent. */
  readonly expiresIn: number | null;
  /** The key before, after `dh_gen_retry`. */
  readonly previous: AuthKey | null;
  readonly attempt: number;
}

/** One exchange under way. */
export interface Exchange {
  readonly nonce: Uint8Array;
  readonly serverNonce: Uint8Array;
  readonly puzzle: Puzzle;
  /** null until `req_DH_params` was accepted. */
  readonly secrets: ServerSecrets | null;
  /** The key was given out: nothing but repetition is left. */
  readonly done: boolean;
  /** The last query and its answer: the same query gets the same answer. */
  readonly query: Uint8Array;
  readonly answer: Uint8Array;
}

/** Exchanges by the client's nonce. */
export class ExchangeStore {
  readonly #exchanges = new Map<string, Exchange>();

  get(nonce: Uint8Array): Exchange | undefined {
    return this.#exchanges.get(toHex(nonce));
  }

  set(exchange: Exchange): void {
    const name = toHex(exchange.nonce);
    this.#exchanges.delete(name);
    this.#exchanges.set(name, exchange);
    if (this.#exchanges.size <= LIMIT) return;
    for (const oldest of this.#exchanges.keys()) {
      this.#exchanges.delete(oldest);
      return;
    }
  }

  get size(): number {
    return this.#exchanges.size;
  }
}
