import type { AuthKey } from './auth-key.js';
import { SecurityError } from './errors.js';
import { messageHash2 } from './kdf.js';
import { MAX_PADDING, MIN_PADDING, paddingFor } from './padding.js';
import type { CryptoProvider, KeyOffset } from './provider/types.js';

/** auth_key_id (8 bytes) and msg_key (16) stand before the ciphertext. */
export const ENVELOPE_HEAD = 24;

/** How a packet is sealed. */
export interface SealOptions {
  /** Bytes of padding, instead of the usual choice (see `paddingFor`); for tests and comparisons. */
  readonly padding?: number | undefined;
}

/** A sealed packet and the token of its quick acknowledgement. */
export interface SealedPacket {
  readonly packet: Uint8Array;
  readonly token: number;
}

/** An opened packet and the token of its quick acknowledgement. */
export interface OpenedPacket {
  /** Head and body, without padding. */
  readonly plain: Uint8Array;
  readonly token: number;
}

/**
 * Encrypts an MTProto 2.0 packet in the buffer it is written into.
 *
 * @param x - 0 for what a client, or the creator of a secret chat, sends; 8 for the other way.
 * @param size - bytes of the plaintext without padding.
 * @param fill - writes the plaintext into its place; the place is `size` bytes long and zeroed.
 * @returns auth_key_id, msg_key, ciphertext.
 * @throws CryptoError `bad-length` for a padding that the protocol does not allow.
 * @see https://core.telegram.org/mtproto/description
 */
export function sealEnvelope(
  crypto: CryptoProvider,
  key: AuthKey,
  x: KeyOffset,
  size: number,
  fill: (plain: Uint8Array) => void,
  options: SealOptions = {},
): Uint8Array {
  const packet = pack(crypto, key, size, fill, options);
  crypto.seal2(packet, key.bytes, x);
  return packet;
}

/** {@link sealEnvelope} that also computes the token by which the transport acknowledges the packet. */
export function sealEnvelopeWithToken(
  crypto: CryptoProvider,
  key: AuthKey,
  x: KeyOffset,
  size: number,
  fill: (plain: Uint8Array) => void,
  options: SealOptions = {},
): SealedPacket {
  const packet = pack(crypto, key, size, fill, options);
  const token = quickAckToken(crypto, key.bytes, packet.subarray(ENVELOPE_HEAD), x);
  crypto.seal2(packet, key.bytes, x);
  return { packet, token };
}

/**
 * The token of a quick acknowledgement: the first 32 bits of the hash behind msg_key with the highest bit set, as an
 * unsigned number that travels little-endian.
 *
 * @see https://core.telegram.org/mtproto/mtproto-transports#quick-ack
 */
export function quickAckToken(
  crypto: CryptoProvider,
  authKey: Uint8Array,
  paddedPlain: Uint8Array,
  x: KeyOffset,
): number {
  const hash = messageHash2(crypto, authKey, paddedPlain, x);
  const first = new DataView(hash.buffer, hash.byteOffset, 4).getUint32(0, true);
  return (first | 0x80000000) >>> 0;
}

/**
 * Decrypts an MTProto 2.0 packet. The one place where packets are checked: alignment and size, auth_key_id, msg_key
 * (in constant time), the length inside, the padding; in this order, so nothing of the plaintext is looked at before
 * msg_key is known to be right.
 *
 * @param head - bytes of the plaintext that precede the body; the last four of them hold the body's length.
 * @returns head and body, without padding.
 * @throws SecurityError `packet-length`, `auth-key-id`, `msg-key`, `message-length` or `padding`
 * @see https://core.telegram.org/mtproto/security_guidelines
 */
export function openEnvelope(
  crypto: CryptoProvider,
  key: AuthKey,
  x: KeyOffset,
  packet: Uint8Array,
  head: number,
): Uint8Array {
  const { plain, size } = open(crypto, key, x, packet, head);
  return plain.subarray(0, size);
}

/**
 * {@link openEnvelope} that also computes the token with which a server acknowledges the packet at once.
 *
 * @throws SecurityError as {@link openEnvelope}
 */
export function openEnvelopeWithToken(
  crypto: CryptoProvider,
  key: AuthKey,
  x: KeyOffset,
  packet: Uint8Array,
  head: number,
): OpenedPacket {
  const { plain, size } = open(crypto, key, x, packet, head);
  return { plain: plain.subarray(0, size), token: quickAckToken(crypto, key.bytes, plain, x) };
}

/**
 * The auth_key_id that a packet names, signed; 0 marks an unencrypted message.
 *
 * @throws SecurityError `packet-length` when the packet is shorter than an id.
 */
export function authKeyIdOf(packet: Uint8Array): bigint {
  if (packet.length < 8) {
    throw new SecurityError('packet-length', `a packet of ${packet.length} bytes holds no key id`);
  }
  return new DataView(packet.buffer, packet.byteOffset, 8).getBigInt64(0, true);
}

/** The checks that need no decryption: size, alignment, auth_key_id. */
export function checkOutside(packet: Uint8Array, key: AuthKey, smallest: number): void {
  const size = packet.length - ENVELOPE_HEAD;
  if (size < smallest || size % 16 !== 0) {
    throw new SecurityError(
      'packet-length',
      `a packet of ${packet.length} bytes is too short or not made of whole AES blocks`,
    );
  }
  if (authKeyIdOf(packet) !== key.id) {
    throw new SecurityError('auth-key-id', 'a packet names another auth key');
  }
}

/** Reads and checks the length that ends the head: not negative, whole words, within the plaintext. */
export function readLength(plain: Uint8Array, head: number): number {
  const length = new DataView(plain.buffer, plain.byteOffset + head - 4, 4).getInt32(0, true);
  if (length < 0 || length % 4 !== 0 || length > plain.length - head) {
    throw new SecurityError(
      'message-length',
      `a message claims ${length} bytes where ${plain.length - head} are`,
    );
  }
  return length;
}

/** One error for every way in which msg_key can be wrong. */
export function wrongMessageKey(): SecurityError {
  return new SecurityError('msg-key', 'msg_key does not belong to the packet');
}

/** All checks of a packet; the plaintext comes with its padding, `size` says where that begins. */
function open(
  crypto: CryptoProvider,
  key: AuthKey,
  x: KeyOffset,
  packet: Uint8Array,
  head: number,
): { plain: Uint8Array; size: number } {
  checkOutside(packet, key, head + MIN_PADDING);
  const plain = crypto.open2(packet, key.bytes, x);
  if (plain === null) throw wrongMessageKey();
  const size = head + readLength(plain, head);
  const padding = plain.length - size;
  if (padding < MIN_PADDING || padding > MAX_PADDING) {
    throw new SecurityError(
      'padding',
      `a packet has ${padding} bytes of padding; allowed are ${MIN_PADDING} to ${MAX_PADDING}`,
    );
  }
  return { plain, size };
}

function pack(
  crypto: CryptoProvider,
  key: AuthKey,
  size: number,
  fill: (plain: Uint8Array) => void,
  options: SealOptions,
): Uint8Array {
  const padding = paddingFor(size, options.padding);
  const end = ENVELOPE_HEAD + size;
  const packet = new Uint8Array(end + padding);
  packet.set(key.idBytes);
  fill(packet.subarray(ENVELOPE_HEAD, end));
  packet.set(crypto.randomBytes(padding), end);
  return packet;
}
