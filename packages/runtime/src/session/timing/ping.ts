/** Pings come this much more often than the server's patience ends. */
const SHARE = 0.8;

/** The pong is waited for at least and at most this long, milliseconds; in between by the round trips seen. */
const LEAST_WAIT = 5_000;
const MOST_WAIT = 30_000;
const FIRST_WAIT = 15_000;
const ROUND_TRIPS = 4;

/** What is due. */
export type PingStep = 'ping' | 'dead' | null;

/** Finds out whether the other side is still there (service messages, "Ping Messages"). */
export class Pinger {
  #nextAt: number | null = null;
  #sentAt: number | null = null;
  /** When the first ping went that has no pong; the next ping must not put off the end. */
  #waitsSince: number | null = null;
  #pingId: bigint | null = null;
  #heardAt = 0;
  #roundTrip: number | null = null;

  /** @param disconnectDelay - seconds after which the server closes a connection without pings. */
  constructor(private readonly disconnectDelay: number) {}

  /** Begins with a connection: the first ping goes at once, so that the server's patience is known to it. */
  start(steady: number): void {
    this.stop();
    this.#nextAt = steady;
    this.#heardAt = steady;
  }

  stop(): void {
    this.#nextAt = null;
    this.#sentAt = null;
    this.#waitsSince = null;
    this.#pingId = null;
  }

  sent(pingId: bigint, steady: number): void {
    this.#pingId = pingId;
    this.#sentAt = steady;
    this.#waitsSince ??= steady;
    this.#nextAt = steady + this.disconnectDelay * 1000 * SHARE;
  }

  /** Anything that was decrypted shows that the other side lives. */
  heard(steady: number): void {
    this.#heardAt = steady;
  }

  pong(pingId: bigint, steady: number): void {
    if (this.#pingId !== pingId || this.#sentAt === null) return;
    const measured = steady - this.#sentAt;
    this.#roundTrip = this.#roundTrip === null ? measured : (this.#roundTrip + measured) / 2;
    this.#pingId = null;
    this.#sentAt = null;
    this.#waitsSince = null;
  }

  step(steady: number): PingStep {
    if (this.#nextAt === null) return null;
    const dead = this.#deadAt();
    if (dead !== null && steady >= dead) return 'dead';
    return steady >= this.#nextAt ? 'ping' : null;
  }

  deadline(): number | null {
    if (this.#nextAt === null) return null;
    return Math.min(this.#nextAt, this.#deadAt() ?? Infinity);
  }

  #deadAt(): number | null {
    if (this.#waitsSince === null) return null;
    const wait =
      this.#roundTrip === null
        ? FIRST_WAIT
        : Math.min(Math.max(this.#roundTrip * ROUND_TRIPS, LEAST_WAIT), MOST_WAIT);
    return Math.max(this.#waitsSince, this.#heardAt) + wait;
  }
}
