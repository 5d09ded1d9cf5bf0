/** Two low bits of the id of a server's message: whether it answers one of the client's. */
export type ServerMessageKind = 'answer' | 'notice';

/** Ids further ahead of the server's time than this no client takes, milliseconds. */
const AHEAD = 30_000;

/** Message id of a moment: unix seconds × 2^32. @param time - milliseconds. */
export function messageIdAt(time: number): bigint {
  return (BigInt(Math.floor(time * 1000)) << 32n) / 1_000_000n;
}

/** The moment that a message id names, in milliseconds. */
export function timeOfMessageId(msgId: bigint): number {
  return Number((msgId * 1000n) >> 16n) / 65536;
}

/**
 * Makes the ids of the messages of one session: strictly increasing, 1 mod 4 for answers, 3 mod 4 for the rest.
 *
 * When the server's clock is set back so far that no client would take an id above the last one, ids start over.
 */
export class ServerMessageIds {
  #last = 0n;
  #count = 0n;

  /** @param time - server time, milliseconds; may go back. */
  next(time: number, kind: ServerMessageKind): bigint {
    const low = kind === 'answer' ? 1n : 3n;
    this.#watch(time);
    // The bits below a microsecond count, so that a moment that comes twice does not give an id twice.
    let id = (messageIdAt(time) & ~0xfffn) | ((this.#count++ & 0x3ffn) << 2n) | low;
    if (id <= this.#last) {
      id = (this.#last & ~3n) | low;
      if (id <= this.#last) id += 4n;
    }
    this.#last = id;
    return id;
  }

  /** Whether an id is above all that have been made since the ids began: it was made before the clock was set back. */
  isAhead(msgId: bigint, time: number): boolean {
    this.#watch(time);
    return msgId > this.#last;
  }

  #watch(time: number): void {
    if (this.#last > messageIdAt(time + AHEAD)) this.#last = 0n;
  }
}
