import { MAX_IDS } from '../limits.js';

/** An acknowledgement waits this long for something to travel with, milliseconds. */
const DELAY = 5_000;

/** So many do not wait. */
const ENOUGH = 64;

/** Received messages that the server has to be told about (service messages, "Acknowledgment of Receipt"). */
export class Acks {
  readonly #ids = new Set<bigint>();
  #since: number | null = null;

  get size(): number {
    return this.#ids.size;
  }

  /** @param steady - now. */
  add(msgId: bigint, steady: number): void {
    // The oldest go first when nothing can be sent: the server will send those messages again and be told then.
    if (this.#ids.size >= MAX_IDS) this.take(1);
    this.#ids.add(msgId);
    this.#since ??= steady;
  }

  /** When they have to be sent at the latest. */
  deadline(): number | null {
    if (this.#since === null) return null;
    return this.#ids.size >= ENOUGH ? this.#since : this.#since + DELAY;
  }

  /** Takes the oldest, at most as many as one message may name. */
  take(most: number = MAX_IDS): bigint[] {
    const taken: bigint[] = [];
    for (const id of this.#ids) {
      if (taken.length === most) break;
      taken.push(id);
    }
    for (const id of taken) this.#ids.delete(id);
    if (this.#ids.size === 0) this.#since = null;
    return taken;
  }
}
