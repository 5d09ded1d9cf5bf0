import type { CryptoProvider } from '../crypto/provider/types.js';

/** First pause that is not zero, milliseconds. */
const BASE = 1000;
/** Longest pause, milliseconds. */
const CAP = 30_000;

/**
 * Pauses between attempts: none before the first repetition, then random ones below a bound that doubles up to 30
 * seconds, so that many clients don't come back at the same moment.
 */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly crypto: CryptoProvider,
    private readonly options: {
      readonly base?: number;
      readonly cap?: number;
      /** Whether the first repetition follows at once. Default true. */
      readonly immediate?: boolean;
    } = {},
  ) {}

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const { base = BASE, cap = CAP, immediate = true } = this.options;
    const doublings = this.failures++ - (immediate ? 1 : 0);
    if (doublings < 0) return 0;
    const bound = Math.min(cap, base * 2 ** Math.min(doublings, 20));
    // Never nothing: half the base keeps a server that closes at once from turning this into a loop.
    const floor = Math.min(base / 2, bound);
    return floor + this.random() * (bound - floor);
  }

  /** After a success. */
  reset(): void {
    this.failures = 0;
  }

  private random(): number {
    const bytes = this.crypto.randomBytes(4);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0) / 2 ** 32;
  }
}
