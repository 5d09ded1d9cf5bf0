import type { CryptoProvider } from '@tlgen/runtime/crypto';

/** A salt and when it is good, in unix seconds. */
export interface Salt {
  readonly salt: bigint;
  readonly validSince: number;
  readonly validUntil: number;
}

/** Salts given out at once, at most. */
const MOST = 64;

/** Seconds that a client's clock may be ahead of the server's when it changes salts. */
const EARLY = 30;

/**
 * The salts of one key: one follows the other every `lifetime` seconds and is still accepted half as long after that.
 * Implements "Server Salt" of Telegram's description of MTProto.
 */
export class SaltBook {
  #salts: Salt[] = [];

  constructor(
    private readonly crypto: CryptoProvider,
    private readonly lifetime: number,
    /** The salt that the key exchange made. */
    first: bigint,
    now: number,
  ) {
    this.#push(first, Math.floor(now));
  }

  /** The salt to use now. */
  current(now: number): bigint {
    this.#fill(now, 1);
    return this.#at(now).salt;
  }

  /** Whether a message with this salt is accepted. */
  accepts(salt: bigint, now: number): boolean {
    this.#fill(now, 2);
    const early = Math.min(EARLY, this.lifetime / 10);
    return this.#salts.some(
      (one) => one.salt === salt && one.validSince - early <= now && now < one.validUntil,
    );
  }

  /** The salt in use and those that will follow. */
  future(now: number, count: number): Salt[] {
    const wanted = Math.max(1, Math.min(count, MOST));
    this.#fill(now, wanted);
    const from = this.#salts.indexOf(this.#at(now));
    return this.#salts.slice(from, from + wanted);
  }

  /** Replaces all salts: every message in flight is refused. @returns the new salt. */
  renew(now: number): bigint {
    this.#salts = [];
    const salt = this.#random();
    this.#push(salt, Math.floor(now));
    return salt;
  }

  #at(now: number): Salt {
    let found = this.#salts[0] as Salt;
    for (const one of this.#salts) if (one.validSince <= now) found = one;
    return found;
  }

  /** Makes sure that `ahead` salts from the current one on exist, and lets go of old ones. */
  #fill(now: number, ahead: number): void {
    const first = this.#salts[0] as Salt;
    // The clock was set back: the oldest salt known is in use.
    if (now < first.validSince) this.#salts[0] = { ...first, validSince: Math.floor(now) };
    const last = this.#salts.at(-1) as Salt;
    // A jump beyond all that is known: nothing between is worth making.
    if (now >= last.validUntil) {
      const steps = Math.floor((now - last.validSince) / this.lifetime);
      this.#push(this.#random(), last.validSince + steps * this.lifetime);
    }
    const until = now + ahead * this.lifetime;
    while ((this.#salts.at(-1) as Salt).validSince + this.lifetime <= until)
      this.#push(this.#random(), (this.#salts.at(-1) as Salt).validSince + this.lifetime);
    const current = this.#at(now);
    this.#salts = this.#salts.filter((one) => one.validUntil > now || one === current);
  }

  #push(salt: bigint, since: number): void {
    const validUntil = since + Math.ceil(this.lifetime * 1.5);
    this.#salts.push({ salt, validSince: since, validUntil });
  }

  #random(): bigint {
    const bytes = this.crypto.randomBytes(8);
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true);
  }
}
