/** What the server knows of a message that the client sent. */
export interface ReceivedMessage {
  readonly msgId: bigint;
  readonly seqNo: number;
  /** Tells a repetition from another message with the same id. */
  readonly digest: string;
  /** Containers: the msg_key of their packet, which tells a repeated packet from a new one. */
  readonly packet: string | null;
  /** It was told to the client that the message came. */
  acknowledged: boolean;
}

/** How a seqno fits between those of the messages before and after; the number is the code of bad_msg_notification. */
export type SeqNoFault = 32 | 33;

/** The ids of the last messages of a session, in the order of ids. */
export class ReceivedMessages {
  readonly #byId = new Map<bigint, ReceivedMessage>();
  /** Ascending. */
  readonly #ids: bigint[] = [];
  /** Ids that were refused for good, and the code the client was told. */
  readonly #refused = new Map<bigint, number>();
  /** Ids up to this one may have been forgotten. */
  #horizon = 0n;
  /** Id that the session began with. */
  #first = 0n;

  constructor(private readonly window: number) {}

  get(msgId: bigint): ReceivedMessage | undefined {
    return this.#byId.get(msgId);
  }

  /** The highest id; 0 before the first. */
  get highest(): bigint {
    return this.#ids.at(-1) ?? 0n;
  }

  /** The session begins with this id: the client sends what is older under other ids, and it must not run twice. */
  begin(firstMsgId: bigint): void {
    this.#first = firstMsgId;
    if (firstMsgId - 1n > this.#horizon) this.#horizon = firstMsgId - 1n;
  }

  /** Whether an id is from before the session. */
  isBefore(msgId: bigint): boolean {
    return msgId < this.#first;
  }

  /** Nobody can say any more whether a message with this id came. */
  tooOld(msgId: bigint): boolean {
    return msgId <= this.#horizon;
  }

  /**
   * Remembers a refusal to which the client answers with a new id: another copy of the message, still on its way, must
   * not run after that.
   */
  refuse(msgId: bigint, code: number): void {
    this.#refused.set(msgId, code);
    if (this.#refused.size <= this.window) return;
    for (const oldest of this.#refused.keys()) {
      this.#refused.delete(oldest);
      return;
    }
  }

  /** The code that a message with this id was refused with for good; null: it was not. */
  refusalOf(msgId: bigint): number | null {
    return this.#refused.get(msgId) ?? null;
  }

  add(message: ReceivedMessage): void {
    this.#ids.splice(this.#place(message.msgId), 0, message.msgId);
    this.#byId.set(message.msgId, message);
    if (this.#ids.length <= this.window) return;
    const oldest = this.#ids.shift() as bigint;
    this.#horizon = oldest;
    this.#byId.delete(oldest);
  }

  /**
   * Compares a seqno with those of the neighbours in the order of ids, which is enough: the accepted ones never
   * decrease from id to id. Two messages share one only when it is even.
   */
  seqNoFault(msgId: bigint, seqNo: number): SeqNoFault | null {
    const place = this.#place(msgId);
    const odd = seqNo % 2 !== 0;
    const before = this.#seqNoAt(place - 1);
    if (before !== null && (before > seqNo || (before === seqNo && odd))) return 32;
    const after = this.#seqNoAt(place);
    if (after !== null && (after < seqNo || (after === seqNo && odd))) return 33;
    return null;
  }

  #seqNoAt(place: number): number | null {
    const id = this.#ids[place];
    return id === undefined ? null : (this.#byId.get(id)?.seqNo ?? null);
  }

  /** Where an id belongs; mostly at the end. */
  #place(msgId: bigint): number {
    let low = 0;
    let high = this.#ids.length;
    if (high === 0 || (this.#ids[high - 1] as bigint) < msgId) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ids[middle] as bigint) < msgId) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
