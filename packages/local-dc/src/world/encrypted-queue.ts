import type * as tl from '@tlgen/telegram';

/** A secret message that waits for its receiver's acknowledgement. */
export interface QueuedMessage {
  readonly qts: number;
  readonly message: tl.TypeEncryptedMessage;
}

/** Secret messages of one authorization, numbered by qts. */
export class EncryptedQueue {
  qts = 0;
  private waiting: QueuedMessage[] = [];

  /** @returns the message's qts. */
  add(message: tl.TypeEncryptedMessage): number {
    this.waiting.push({ qts: ++this.qts, message });
    return this.qts;
  }

  /** Messages after `qts`. */
  since(qts: number): readonly QueuedMessage[] {
    return this.waiting.filter((one) => one.qts > qts);
  }

  /** Forgets what arrived. @returns the random ids of the forgotten messages. */
  acknowledge(qts: number): bigint[] {
    const gone = this.waiting.filter((one) => one.qts <= qts);
    this.waiting = this.waiting.filter((one) => one.qts > qts);
    return gone.map((one) => one.message.randomId);
  }
}
