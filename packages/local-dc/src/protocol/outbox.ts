import type { ServerMessageIds, ServerMessageKind } from './message-ids.js';

/** A message of the server, from when it is queued until the client has it. */
export interface OutgoingMessage {
  readonly kind: ServerMessageKind;
  readonly body: Uint8Array;
  /** Has to be acknowledged, is kept until then. */
  readonly content: boolean;
  /** The request's message id, for `rpc_result`. */
  readonly answerTo: bigint | null;
  /** Constructor id of that request. */
  readonly requestId: number | null;
  /** Null until it is sent for the first time. */
  msgId: bigint | null;
  seqNo: number;
  /** Clock reading when it was sent last; null: not sent, or the connection it went over is gone. */
  sentAt: number | null;
  /** Number of the connection it was sent over last; 0: none. */
  connection: number;
}

/** What a message may leave out. */
export interface OutgoingInit {
  readonly kind: ServerMessageKind;
  readonly body: Uint8Array;
  readonly content: boolean;
  readonly answerTo?: bigint;
  readonly requestId?: number;
}

/** Most messages kept for a client that does not fetch or acknowledge them. */
const MOST_KEPT = 4096;
/** Most bytes of their bodies. */
const MOST_BYTES = 128 * 1024 * 1024;

/** The messages of one session on their way to the client. */
export class Outbox {
  /** To be sent by the next flush. */
  readonly #queue = new Set<OutgoingMessage>();
  /** Sent and not acknowledged, by id, oldest first. */
  readonly #unacknowledged = new Map<bigint, OutgoingMessage>();
  #bytes = 0;
  #contentCount = 0;

  constructor(private readonly ids: ServerMessageIds) {}

  get queued(): number {
    return this.#queue.size;
  }

  add(init: OutgoingInit): OutgoingMessage {
    const message: OutgoingMessage = {
      kind: init.kind,
      body: init.body,
      content: init.content,
      answerTo: init.answerTo ?? null,
      requestId: init.requestId ?? null,
      msgId: null,
      seqNo: 0,
      sentAt: null,
      connection: 0,
    };
    this.#queue.add(message);
    this.#bytes += message.body.length;
    this.#limit();
    return message;
  }

  /** Queues a message that was sent before. */
  again(message: OutgoingMessage): void {
    this.#queue.add(message);
  }

  /** Gives a message its id and seqno, unless it has them. @param time - server time, milliseconds. */
  number(message: OutgoingMessage, time: number): bigint {
    if (message.msgId !== null) return message.msgId;
    message.msgId = this.ids.next(time, message.kind);
    message.seqNo = this.seqNo(message.content);
    if (message.content) this.#unacknowledged.set(message.msgId, message);
    return message.msgId;
  }

  /** Gives a message a new id: the one it has is too old for the client to accept. */
  renumber(message: OutgoingMessage): void {
    if (message.msgId !== null) this.#unacknowledged.delete(message.msgId);
    message.msgId = null;
  }

  seqNo(content: boolean): number {
    return content ? 2 * this.#contentCount++ + 1 : 2 * this.#contentCount;
  }

  /** Takes queued messages, in order, while `fits` agrees; the first always. */
  take(fits: (message: OutgoingMessage, count: number) => boolean): OutgoingMessage[] {
    const taken: OutgoingMessage[] = [];
    for (const message of this.#queue) {
      if (taken.length > 0 && !fits(message, taken.length)) break;
      taken.push(message);
      this.#queue.delete(message);
      if (!message.content) this.#bytes -= message.body.length;
    }
    return taken;
  }

  /** A message that was sent and is kept. */
  sent(msgId: bigint): OutgoingMessage | undefined {
    return this.#unacknowledged.get(msgId);
  }

  /** The messages sent and kept, oldest first. */
  unacknowledged(): IterableIterator<OutgoingMessage> {
    return this.#unacknowledged.values();
  }

  /** Forgets a message: the client has it, or gave it up. */
  forget(message: OutgoingMessage): void {
    const queued = this.#queue.delete(message);
    const kept = message.msgId !== null && this.#unacknowledged.delete(message.msgId);
    if (queued || kept) this.#bytes -= message.body.length;
  }

  /** Keeps a message that was numbered, but does not send it. */
  unqueue(message: OutgoingMessage): void {
    this.#queue.delete(message);
  }

  /** The oldest messages give way: a client that never acknowledges must not fill the memory. */
  #limit(): void {
    while (
      this.#bytes > MOST_BYTES ||
      this.#queue.size + this.#unacknowledged.size > 2 * MOST_KEPT
    ) {
      const oldest =
        this.#unacknowledged.values().next().value ?? this.#queue.values().next().value;
      if (oldest === undefined || this.#queue.size + this.#unacknowledged.size <= 1) return;
      this.forget(oldest);
    }
  }
}
