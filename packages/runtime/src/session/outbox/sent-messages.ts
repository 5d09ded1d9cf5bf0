import type { Call } from '../calls/call.js';
import { MAX_SERVICE } from '../limits.js';

/** What a service message wants of the server. */
export type ServiceKind =
  | 'ping'
  | 'salts'
  | 'state'
  | 'resend'
  | 'answers'
  | 'drop'
  | 'destroy'
  /** Answers a question of the server. */
  | 'info';

/** A service message that waits to be sent or answered. */
export interface Service {
  readonly type: 'service';
  readonly kind: ServiceKind;
  /** Serialized. */
  readonly body: Uint8Array;
  /** The messages it is about, in the order of the body; for `state`. */
  readonly about: readonly bigint[];
  /** How often it was refused. */
  readonly refusals: number;
}

/** What a message carries. */
export type Item =
  { readonly type: 'call'; readonly call: Call } | { readonly type: 'bind' } | Service;

/** A message that the server has not answered. */
export interface SentMessage {
  readonly msgId: bigint;
  readonly seqNo: number;
  readonly body: Uint8Array;
  readonly item: Item;
  /** The packet it went in: its own id or that of the container. */
  packetId: bigint;
  /** Number of the connection it went over. */
  connection: number;
  /** When to ask what became of it: a reading of the steady clock. */
  askAt: number;
  /** How often that was asked. */
  asked: number;
}

/** The messages of a session that wait for an answer. */
export class SentMessages {
  readonly #messages = new Map<bigint, SentMessage>();
  /** Ids of service messages, oldest first: some are never answered and must not stay for ever. */
  readonly #service = new Set<bigint>();
  #calls = 0;

  get size(): number {
    return this.#messages.size;
  }

  /** How many of them carry calls. */
  get calls(): number {
    return this.#calls;
  }

  get(msgId: bigint): SentMessage | undefined {
    return this.#messages.get(msgId);
  }

  /** A list of its own: messages may go while it is worked through. */
  all(): SentMessage[] {
    return [...this.#messages.values()];
  }

  add(message: SentMessage): void {
    this.#messages.set(message.msgId, message);
    if (message.item.type === 'call') this.#calls++;
    if (message.item.type !== 'service') return;
    this.#service.add(message.msgId);
    if (this.#service.size <= MAX_SERVICE) return;
    for (const oldest of this.#service) {
      this.delete(oldest);
      break;
    }
  }

  delete(msgId: bigint): SentMessage | undefined {
    const message = this.#messages.get(msgId);
    if (message === undefined) return undefined;
    this.#messages.delete(msgId);
    this.#service.delete(msgId);
    if (message.item.type === 'call') this.#calls--;
    return message;
  }

  /** What a notification of the server is about: one message, or all that went in the container it names. */
  named(id: bigint): SentMessage[] {
    const one = this.#messages.get(id);
    if (one !== undefined) return [one];
    return [...this.#messages.values()].filter((message) => message.packetId === id);
  }
}
