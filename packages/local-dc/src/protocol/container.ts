import * as ids from './ids.js';

/** A message as it stands in a packet or a container. */
export interface InnerMessage {
  readonly msgId: bigint;
  readonly seqNo: number;
  readonly body: Uint8Array;
}

/** Most messages of one container. */
export const MOST_MESSAGES = 1020;

/** Bytes before the body of a message in a container. */
export const MESSAGE_HEADER = 16;

/** Bytes of the container itself. */
export const CONTAINER_HEADER = 8;

/** Constructor id of a body, unsigned; 0 when it is too short to have one. */
export function constructorOf(body: Uint8Array): number {
  if (body.length < 4) return 0;
  return new DataView(body.buffer, body.byteOffset, 4).getUint32(0, true);
}

/** Reads `msg_container`. @returns what is wrong with it, when it cannot be read: then nothing of it may be used. */
export function readContainer(body: Uint8Array, containerId: bigint): InnerMessage[] | string {
  if (body.length < CONTAINER_HEADER) return 'the container has no count';
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const count = view.getInt32(4, true);
  if (count < 1 || count > MOST_MESSAGES) return `a container of ${count} messages`;
  const messages: InnerMessage[] = [];
  let at = CONTAINER_HEADER;
  for (let i = 0; i < count; i++) {
    if (at + MESSAGE_HEADER > body.length) return `message ${i} is beyond the container's end`;
    const msgId = view.getBigInt64(at, true);
    const seqNo = view.getInt32(at + 8, true);
    const length = view.getInt32(at + 12, true);
    at += MESSAGE_HEADER;
    if (length < 4 || length % 4 !== 0) return `message ${i} is ${length} bytes long`;
    if (at + length > body.length) return `message ${i} ends beyond the container's end`;
    if (msgId >= containerId) return `the id of message ${i} is not below the container's`;
    const inner = body.subarray(at, at + length);
    if (constructorOf(inner) === ids.MSG_CONTAINER) return `message ${i} is a container, too`;
    messages.push({ msgId, seqNo, body: inner });
    at += length;
  }
  if (at !== body.length) return `${body.length - at} bytes follow the last message`;
  return messages;
}

/** Serializes `msg_container`. */
export function writeContainer(messages: readonly InnerMessage[]): Uint8Array {
  const size = messages.reduce((sum, one) => sum + MESSAGE_HEADER + one.body.length, 0);
  const body = new Uint8Array(CONTAINER_HEADER + size);
  const view = new DataView(body.buffer);
  view.setUint32(0, ids.MSG_CONTAINER, true);
  view.setInt32(4, messages.length, true);
  let at = CONTAINER_HEADER;
  for (const one of messages) {
    view.setBigInt64(at, one.msgId, true);
    view.setInt32(at + 8, one.seqNo, true);
    view.setInt32(at + 12, one.body.length, true);
    body.set(one.body, at + MESSAGE_HEADER);
    at += MESSAGE_HEADER + one.body.length;
  }
  return body;
}
