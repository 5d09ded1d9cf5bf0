import { decode } from '@tlgen/codec';
import {
  BadMsgNotification,
  BadServerSalt,
  MsgContainer,
  MsgCopy,
  RpcResult,
} from '@tlgen/mtproto';
import { SecurityError } from '../../crypto/errors.js';
import type { Now } from '../../platform/types.js';
import { messageIdTime } from '../message-ids.js';
import { isContent } from '../seqno.js';
import { onService } from '../service/handlers.js';
import { serviceRegistry } from '../service/registry.js';
import { onResult } from '../service/result.js';
import type { SessionParts } from '../session-parts.js';
import { constructorOf } from './constructor-of.js';
import { parseContainer, type Message } from './container.js';
import { Inflater } from './inflate.js';
import { checkAnswerId, checkNewsId, checkServerId } from './parity.js';
import { checkTime } from './time-window.js';

/** So many messages in a row from the future: it is our clock that is late. */
const FUTURE_IN_A_ROW = 3;

/**
 * Checks decrypted messages and hands them to their handlers (security guidelines, "Checking msg_id"). What breaks a
 * rule is refused alone: its neighbours are handled.
 */
export class Inbox {
  #future = 0;

  constructor(private readonly parts: SessionParts) {}

  /** Takes the message of a packet. */
  receive(message: Message, now: Now): void {
    const inflater = new Inflater();
    this.#guard(message, now, () => {
      checkServerId(message.msgId);
      const late = this.#timeError(message.msgId, now);
      if (late !== null) return this.#notices(message, inflater, late, now);
      if (!this.#isNew(message, now)) return;
      this.#learnTime(message.msgId, now);
      this.#open(message, inflater, now);
    });
  }

  /** Handles a message; what it throws is told, not passed on. */
  #guard(message: Message, now: Now, handle: () => void): void {
    try {
      handle();
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error('unknown failure');
      // One that cannot be read would come again and again.
      if (!(error instanceof SecurityError)) this.#acknowledge(message, now);
      this.parts.context.emit({ type: 'refused', error });
    }
  }

  #timeError(msgId: bigint, now: Now): SecurityError | null {
    try {
      checkTime(msgId, this.parts.context.ids, now);
      this.#future = 0;
      return null;
    } catch (thrown) {
      if (!(thrown instanceof SecurityError)) throw thrown;
      this.#watchFuture(msgId, now);
      return thrown;
    }
  }

  /** Nobody can replay what has not been sent: many messages from the future show that the clock was set back. */
  #watchFuture(msgId: bigint, now: Now): void {
    const { ids } = this.parts.context;
    const ahead = messageIdTime(msgId) - ids.serverTime(now);
    this.#future = ahead > 0 ? this.#future + 1 : 0;
    if (this.#future < FUTURE_IN_A_ROW) return;
    this.#future = 0;
    ids.resetTo(messageIdTime(msgId) - now.wall);
  }

  #learnTime(msgId: bigint, now: Now): void {
    const { ids } = this.parts.context;
    // Before time is known, only an answer is sure to be fresh: other messages may come again from long ago.
    if (ids.known || (msgId & 3n) === 1n) ids.learnFromServer(msgId, now);
  }

  /** Outside of the time window only what corrects time and salt counts. */
  #notices(message: Message, inflater: Inflater, late: SecurityError, now: Now): void {
    const body = inflater.unpack(message.body);
    const all =
      constructorOf(body) === MsgContainer.id ? parseContainer(body) : [{ ...message, body }];
    const notices = all.filter((one) => isNotice(one.body));
    for (const notice of notices) {
      if (this.#isNew(notice, now)) this.#handle(notice, inflater, now);
    }
    if (notices.length < all.length) throw late;
  }

  #isNew(message: Message, now: Now): boolean {
    const freshness = this.parts.replay.accept(message.msgId);
    if (freshness === 'seen') this.#acknowledge(message, now);
    if (freshness === 'too-old') {
      this.parts.fail('a message is older than all that are remembered');
      throw new SecurityError('message-id-too-old', `${message.msgId} is older than the window`);
    }
    return freshness === 'new';
  }

  #open(message: Message, inflater: Inflater, now: Now): void {
    const body = inflater.unpack(message.body);
    if (constructorOf(body) !== MsgContainer.id) {
      const { msgId, seqNo } = message;
      return this.#handle({ msgId, seqNo, body }, inflater, now);
    }
    for (const inner of parseContainer(body)) {
      if (this.parts.failed) return;
      this.#guard(inner, now, () => this.#inner(inner, message, inflater, now));
    }
  }

  #inner(inner: Message, container: Message, inflater: Inflater, now: Now): void {
    checkServerId(inner.msgId);
    if (inner.msgId >= container.msgId) {
      throw new SecurityError('container', `${inner.msgId} is not lower than its container's id`);
    }
    if (inner.seqNo < 0 || inner.seqNo > container.seqNo) {
      throw new SecurityError('seqno', `${inner.seqNo} in a container of ${container.seqNo}`);
    }
    if (!this.#isNew(inner, now)) return;
    const body = inflater.unpack(inner.body);
    if (constructorOf(body) === MsgContainer.id) {
      throw new SecurityError('container', 'a container inside a container');
    }
    this.#handle({ msgId: inner.msgId, seqNo: inner.seqNo, body }, inflater, now);
  }

  #handle(message: Message, inflater: Inflater, now: Now): void {
    const { msgId, body } = message;
    const id = constructorOf(body);
    if (id === RpcResult.id) {
      checkAnswerId(msgId);
      onResult(this.parts, body, msgId, inflater, now);
    } else if (serviceRegistry.get(id) !== undefined) {
      onService(this.parts, decode(body, serviceRegistry), msgId, now);
    } else if (id === MsgCopy.id) {
      throw new SecurityError('container', 'msg_copy is not in use');
    } else {
      checkNewsId(msgId);
      this.parts.context.emit({ type: 'update', msgId, body });
    }
    this.#acknowledge(message, now);
  }

  #acknowledge(message: Message, now: Now): void {
    if (isContent(message.seqNo)) this.parts.acks.add(message.msgId, now.steady);
  }
}

function isNotice(body: Uint8Array): boolean {
  const id = constructorOf(body);
  return id === BadMsgNotification.id || id === BadServerSalt.id;
}
