import type { CryptoProvider } from '../crypto/provider/types.js';
import type { Now } from '../platform/types.js';

/** The wall clock was set back when it falls behind the steady one by more than this, in milliseconds. */
const SET_BACK = 5_000;

/** After a correction of the clock, ids start anew when the last one is ahead of server time by more than this. */
const TOO_FAR_AHEAD = 20_000;

/** Latest second an id can tell: leaves room below 2^63. */
const LAST_SECOND = 0x7fff_fff0;

/** Low bits that are random: 2^22 units are one millisecond, the precision of most clocks. */
const RANDOM_MASK = 0x3f_ffff;

/** Bytes drawn at once. */
const POOL = 256;

export interface MessageIdsOptions {
  /** Server time minus wall clock, milliseconds: a first guess, until the server is heard. Default 0. */
  readonly timeOffset?: number | undefined;
  /** Makes the low bits random, so that ids do not tell how precise the clock is. */
  readonly crypto?: Pick<CryptoProvider, 'randomBytes'> | undefined;
}

/** Server time that a message id tells, in milliseconds since 1970. */
export function messageIdTime(msgId: bigint): number {
  return Number(BigInt.asUintN(64, msgId) >> 32n) * 1000 + fractionOf(msgId);
}

/**
 * Makes message ids: server time in units of 2^-32 seconds, multiples of 4, strictly increasing. It also keeps what is
 * known of server time (MTProto description, "Message Identifier (msg_id)"; security guidelines, "Checking msg_id").
 */
export class MessageIds {
  #timeOffset: number;
  #known = false;
  #last = 0n;
  #corrected = false;
  #era = 0;
  /** Wall clock minus steady clock at the last reading. */
  #distance: number | null = null;
  readonly #crypto: Pick<CryptoProvider, 'randomBytes'> | undefined;
  #pool: Uint8Array = new Uint8Array(0);
  #poolAt = 0;

  constructor(options: MessageIdsOptions = {}) {
    this.#timeOffset = options.timeOffset ?? 0;
    this.#crypto = options.crypto;
  }

  /** Server time minus wall clock, milliseconds. */
  get timeOffset(): number {
    return this.#timeOffset;
  }

  /** Whether the server has been heard: until then server time is a guess, and no reason to refuse a message. */
  get known(): boolean {
    return this.#known;
  }

  /** Server time, milliseconds since 1970. */
  serverTime(now: Now): number {
    this.#watch(now);
    return now.wall + this.#timeOffset;
  }

  /** How far the last id is ahead of server time, in milliseconds; negative when it is in the past. */
  ahead(now: Now): number {
    return messageIdTime(this.#last) - this.serverTime(now);
  }

  /** How often ids have begun anew. A session lasts no longer than that: its ids may not go back. */
  era(now: Now): number {
    if (this.#corrected && this.ahead(now) > TOO_FAR_AHEAD) {
      this.#last = 0n;
      this.#era++;
    }
    this.#corrected = false;
    return this.#era;
  }

  /**
   * The next id. Larger than all before it, except after {@link resetTo} moved server time far back: then ids begin
   * anew, and so has the session to.
   */
  next(now: Now): bigint {
    this.era(now);
    const time = this.serverTime(now);
    const random = this.#random();
    const fresh = idAt(time) ^ BigInt(random & RANDOM_MASK & ~3);
    const step = 4n * (1n + BigInt(random >>> 22));
    this.#last = fresh > this.#last ? fresh : this.#last + step;
    return this.#last;
  }

  /**
   * Learns from an id that the server made just now, in a packet whose encryption was checked. Packets take time, so
   * they make server time look earlier than it is: after the first one the offset only grows.
   *
   * @returns whether the offset changed.
   */
  learnFromServer(msgId: bigint, now: Now): boolean {
    this.#watch(now);
    return this.learn(messageIdTime(msgId) - now.wall);
  }

  /** As {@link learnFromServer}, with an offset in milliseconds. @returns whether the offset changed. */
  learn(offset: number): boolean {
    if (this.#known && offset <= this.#timeOffset) return false;
    this.#known = true;
    const changed = offset !== this.#timeOffset;
    this.#timeOffset = offset;
    return changed;
  }

  /** Sets the offset from a source that is right even when it says less: the key exchange, bad_msg 16 and 17. */
  resetTo(offset: number): void {
    this.#known = true;
    this.#corrected = true;
    this.#timeOffset = offset;
  }

  /**
   * Notices a wall clock that was set back. The steady clock never runs ahead of real time, so what the wall clock
   * lags behind it is lost by a setting, and moves into the offset. The reverse says nothing: the host may have slept.
   */
  #watch(now: Now): void {
    const distance = now.wall - now.steady;
    const lag = this.#distance === null ? 0 : this.#distance - distance;
    if (lag > SET_BACK) this.#timeOffset += lag;
    this.#distance = distance;
  }

  #random(): number {
    if (this.#crypto === undefined) return 0;
    if (this.#poolAt + 4 > this.#pool.length) {
      this.#pool = this.#crypto.randomBytes(POOL);
      this.#poolAt = 0;
    }
    const view = new DataView(this.#pool.buffer, this.#pool.byteOffset + this.#poolAt, 4);
    this.#poolAt += 4;
    return view.getUint32(0, true);
  }
}

/** A multiple of 4, from milliseconds since 1970. */
function idAt(time: number): bigint {
  const seconds = Math.min(Math.max(Math.floor(time / 1000), 0), LAST_SECOND);
  const rest = Math.min(Math.max(time - seconds * 1000, 0), 999.999_999);
  return (BigInt(seconds) << 32n) | (BigInt(Math.floor((rest / 1000) * 0x1_0000_0000)) & ~3n);
}

/** Milliseconds behind the second. */
function fractionOf(msgId: bigint): number {
  return (Number(BigInt.asUintN(32, msgId)) / 0x1_0000_0000) * 1000;
}
