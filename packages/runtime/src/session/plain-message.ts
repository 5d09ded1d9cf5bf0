import { SecurityError } from '../crypto/errors.js';

/** auth_key_id, msg_id, length. */
const HEADER_SIZE = 20;

/** Padding that a transport may leave behind a packet is shorter than this. */
const TRANSPORT_PADDING = 16;

/** A message outside of encryption: only the key exchange uses them. */
export interface UnencryptedMessage {
  readonly msgId: bigint;
  /** A view of the packet. */
  readonly body: Uint8Array;
}

/**
 * Whether a packet is unencrypted: its auth_key_id is zero. Packets shorter than that are not.
 */
export function isPlain(packet: Uint8Array): boolean {
  return packet.length >= 8 && viewOf(packet).getBigInt64(0, true) === 0n;
}

/**
 * Wraps a body for sending without encryption (MTProto description, "Unencrypted Message").
 *
 * @param body - serialized TL: a positive multiple of 4 bytes.
 * @throws RangeError for a body of another length.
 */
export function sealPlain(msgId: bigint, body: Uint8Array): Uint8Array {
  if (body.length === 0 || body.length % 4 !== 0) {
    throw new RangeError(`a body has a positive multiple of 4 bytes, not ${body.length}`);
  }
  const packet = new Uint8Array(HEADER_SIZE + body.length);
  const view = viewOf(packet);
  view.setBigInt64(8, msgId, true);
  view.setInt32(16, body.length, true);
  packet.set(body, HEADER_SIZE);
  return packet;
}

/**
 * Unwraps an unencrypted packet. Up to 15 bytes may follow the body: padded transports leave them.
 *
 * @throws SecurityError `packet-length`, `auth-key-id` or `message-length`.
 */
export function openPlain(packet: Uint8Array): UnencryptedMessage {
  if (packet.length < HEADER_SIZE + 4) {
    throw new SecurityError('packet-length', `an unencrypted packet of ${packet.length} bytes`);
  }
  if (!isPlain(packet)) {
    throw new SecurityError('auth-key-id', 'an unencrypted packet has auth_key_id 0');
  }
  const view = viewOf(packet);
  const length = view.getInt32(16, true);
  if (length <= 0 || length % 4 !== 0) {
    throw new SecurityError('message-length', `${length} bytes are no length of a message`);
  }
  const spare = packet.length - HEADER_SIZE - length;
  if (spare < 0) {
    throw new SecurityError('message-length', `the message ends ${-spare} bytes after its packet`);
  }
  if (spare >= TRANSPORT_PADDING) {
    throw new SecurityError('message-length', `${spare} bytes follow the message`);
  }
  return {
    msgId: view.getBigInt64(8, true),
    body: packet.subarray(HEADER_SIZE, HEADER_SIZE + length),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
