import { refuse } from './refused.js';

const HEADER_SIZE = 20;

/** Bytes that a padded transport may leave behind the packet. */
const MAX_SPARE = 15;

/** Opens an unencrypted packet of a client. @throws Refused. */
export function openQuery(packet: Uint8Array): Uint8Array {
  if (packet.length < HEADER_SIZE) throw refuse(`a packet of ${packet.length} bytes`);
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  if (view.getBigInt64(0, true) !== 0n) throw refuse('auth_key_id is not 0');
  const msgId = view.getBigInt64(8, true);
  if (msgId <= 0n) throw refuse('msg_id is not positive');
  if ((msgId & 3n) !== 0n) throw refuse('msg_id is not a multiple of 4');
  const length = view.getInt32(16, true);
  if (length <= 0) throw refuse(`message length ${length}`);
  if (length % 4 !== 0) throw refuse(`message length ${length} is not a multiple of 4`);
  const spare = packet.length - HEADER_SIZE - length;
  if (spare < 0) throw refuse(`the message ends ${-spare} bytes after its packet`);
  if (spare > MAX_SPARE) throw refuse(`${spare} bytes follow the message`);
  return packet.subarray(HEADER_SIZE, HEADER_SIZE + length);
}

/** Makes an unencrypted packet of the server. */
export function sealAnswer(msgId: bigint, body: Uint8Array): Uint8Array {
  const packet = new Uint8Array(HEADER_SIZE + body.length);
  const view = new DataView(packet.buffer);
  view.setBigInt64(8, msgId, true);
  view.setInt32(16, body.length, true);
  packet.set(body, HEADER_SIZE);
  return packet;
}
