import { MsgContainer } from '@tlgen/mtproto';
import { SecurityError } from '../../crypto/errors.js';
import { MAX_CONTAINER_MESSAGES } from '../limits.js';
import { constructorOf } from './constructor-of.js';

/** A message as it stands in a packet or in a container. */
export interface Message {
  readonly msgId: bigint;
  readonly seqNo: number;
  /** Serialized, constructor id first; a view. */
  readonly body: Uint8Array;
}

/** msg_id, seqno, bytes. */
const HEAD = 16;

/**
 * Splits a container (service messages, "Containers"). Only the frame is read here: what is wrong inside one message is
 * no matter of its neighbours.
 *
 * @param body - serialized `msg_container`.
 * @throws SecurityError `container` when the lengths do not add up.
 */
export function parseContainer(body: Uint8Array): Message[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  if (body.length < 8) throw broken('it has no count');
  const count = view.getUint32(4, true);
  if (count > MAX_CONTAINER_MESSAGES) throw broken(`${count} messages are too many`);
  const messages: Message[] = [];
  let at = 8;
  for (let i = 0; i < count; i++) {
    if (at + HEAD > body.length) throw broken(`message ${i} has no header`);
    const length = view.getInt32(at + 12, true);
    if (length < 4) throw broken(`message ${i} has ${length} bytes`);
    if (length % 4 !== 0) throw broken(`${length} bytes of message ${i} are no multiple of 4`);
    if (at + HEAD + length > body.length) throw broken(`message ${i} ends outside of it`);
    messages.push({
      msgId: view.getBigInt64(at, true),
      seqNo: view.getInt32(at + 8, true),
      body: body.subarray(at + HEAD, at + HEAD + length),
    });
    at += HEAD + length;
  }
  if (at !== body.length) throw broken(`${body.length - at} bytes follow the last message`);
  return messages;
}

/** Whether a body is a container. */
export function isContainer(body: Uint8Array): boolean {
  return constructorOf(body) === MsgContainer.id;
}

function broken(reason: string): SecurityError {
  return new SecurityError('container', `msg_container: ${reason}`);
}
