/**
 * Numbers the messages of a session: twice the count of content-related messages before, plus one for a message that
 * is content-related itself (MTProto description, "Message Sequence Number (msg_seqno)").
 */
export class SeqNo {
  #content = 0;

  /** @param content - whether the other side must acknowledge the message: calls do, service messages do not. */
  next(content: boolean): number {
    const even = this.#content * 2;
    if (!content) return even;
    this.#content++;
    return even + 1;
  }
}

/** Whether a message with this number asks for an acknowledgement. */
export function isContent(seqNo: number): boolean {
  return (seqNo & 1) === 1;
}
