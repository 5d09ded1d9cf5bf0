import { MsgContainer } from '@tlgen/mtproto';
import type { Message } from '../inbox/container.js';
import { CONTAINER_BYTES, MAX_CONTAINER_MESSAGES } from '../limits.js';
import type { MessageIds } from '../message-ids.js';
import type { Now } from '../../platform/types.js';
import type { SeqNo } from '../seqno.js';

/** msg_id, seqno, bytes. */
const HEAD = 16;

/** Gathers the messages of one packet; more than one become a container (service messages, "Containers"). */
export class PacketBuilder {
  readonly #messages: Message[] = [];
  #bytes = 0;
  #again = false;

  constructor(
    private readonly ids: MessageIds,
    private readonly seqNo: SeqNo,
    private readonly now: Now,
  ) {}

  get empty(): boolean {
    return this.#messages.length === 0;
  }

  /** Whether a message of that many bytes still goes in; one place stays free for acknowledgements. */
  fits(bytes: number): boolean {
    if (this.empty) return true;
    if (this.#messages.length >= MAX_CONTAINER_MESSAGES - 1) return false;
    return this.#bytes + bytes <= CONTAINER_BYTES;
  }

  /** @param write - makes the body; it may depend on the message id. */
  add(content: boolean, write: (msgId: bigint) => Uint8Array): Message {
    const msgId = this.ids.next(this.now);
    const message = { msgId, seqNo: this.seqNo.next(content), body: write(msgId) };
    this.#push(message);
    return message;
  }

  /** Sends a message once more as it was, with its own id and number. */
  addAgain(message: Message): void {
    this.#again = true;
    this.#push(message);
  }

  /** The message to encrypt. A container is numbered after its content, as its id must be higher. */
  finish(): Message {
    const [only] = this.#messages;
    if (only !== undefined && this.#messages.length === 1 && !this.#again) return only;
    return {
      msgId: this.ids.next(this.now),
      seqNo: this.seqNo.next(false),
      body: this.#container(),
    };
  }

  #push(message: Message): void {
    this.#messages.push(message);
    this.#bytes += HEAD + message.body.length;
  }

  #container(): Uint8Array {
    const body = new Uint8Array(8 + this.#bytes);
    const view = new DataView(body.buffer);
    view.setUint32(0, MsgContainer.id, true);
    view.setUint32(4, this.#messages.length, true);
    let at = 8;
    for (const message of this.#messages) {
      view.setBigInt64(at, message.msgId, true);
      view.setInt32(at + 8, message.seqNo, true);
      view.setInt32(at + 12, message.body.length, true);
      body.set(message.body, at + HEAD);
      at += HEAD + message.body.length;
    }
    return body;
  }
}
