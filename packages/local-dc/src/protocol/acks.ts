import { encode } from '@tlgen/codec';
import { MsgsAck } from '@tlgen/mtproto';
import type { ReceivedMessages } from './received.js';

/** Most ids of one msgs_ack. */
const MOST = 8192;

/** Messages of the client that it has yet to be told of. */
export class PendingAcks {
  readonly #ids = new Set<bigint>();
  /** Clock reading when the first of them came. */
  #since = 0;

  constructor(private readonly received: ReceivedMessages) {}

  get size(): number {
    return this.#ids.size;
  }

  add(msgId: bigint, clock: number): void {
    if (this.#ids.size === 0) this.#since = clock;
    this.#ids.add(msgId);
  }

  /** The client learns of it in another way: by an answer or a state. */
  settle(msgId: bigint): void {
    this.#ids.delete(msgId);
    const message = this.received.get(msgId);
    if (message) message.acknowledged = true;
  }

  /** Whether they have waited long enough. */
  due(clock: number, delay: number): boolean {
    return this.#ids.size > 0 && clock >= this.#since + delay;
  }

  dueAt(delay: number): number {
    return this.#since + delay;
  }

  /** Serializes msgs_ack for the oldest of them; null: there are none. */
  take(): Uint8Array | null {
    if (this.#ids.size === 0) return null;
    const msgIds = [...this.#ids].slice(0, MOST);
    for (const msgId of msgIds) this.settle(msgId);
    return encode(new MsgsAck({ msgIds }));
  }
}
