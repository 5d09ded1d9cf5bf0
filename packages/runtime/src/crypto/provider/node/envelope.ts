import { createHash } from 'node:crypto';
import { wasmOpen2, wasmSeal2 } from '../../wasm/envelope.js';
import type { CryptoModule } from '../../wasm/loader.js';
import { cryptoModule } from '../../wasm/loader.js';
import type { KeyOffset } from '../types.js';
import { latin1Hash } from './hashes.js';
import { PIECE, scratch, whitenedIgeEncrypt } from './whitening.js';

/** auth_key_id and msg_key. */
const HEADER = 24;
/** Plaintexts up to here: one call of the module beats several of node:crypto (measured, within 100 bytes). */
const SMALL_SEAL = 640;
const SMALL_OPEN = 384;

/** Writes bytes 8 … 23 of msg_key_large, given as a string, into an array. */
function writeMessageKey(target: Uint8Array, at: number, large: string): void {
  for (let i = 0; i < 16; i++) target[at + i] = large.charCodeAt(8 + i);
}

/** Leaves key and iv in the module's memory; msg_key must be there. */
function deriveKeys(module: CryptoModule, authKey: Uint8Array, x: KeyOffset): void {
  module.bytes.set(authKey, module.AUTH_KEY);
  module.deriveKeys2(x);
}

/** MTProto 2.0 sealing; lengths are the caller's duty. */
export function nodeSeal2(packet: Uint8Array, authKey: Uint8Array, x: KeyOffset): void {
  const size = packet.length - HEADER;
  if (size <= SMALL_SEAL) return wasmSeal2(packet, authKey, x);
  const prefix = authKey.subarray(88 + x, 120 + x);
  let large: string;
  if (size <= PIECE) {
    scratch.set(prefix);
    scratch.set(packet.subarray(HEADER), 32);
    large = latin1Hash('sha256', scratch.subarray(0, 32 + size));
  } else {
    const hash = createHash('sha256').update(prefix);
    large = hash.update(packet.subarray(HEADER)).digest('binary');
  }
  const module = cryptoModule();
  const { bytes, KEY, IV, MSG_KEY } = module;
  writeMessageKey(packet, 8, large);
  writeMessageKey(bytes, MSG_KEY, large);
  deriveKeys(module, authKey, x);
  const key = bytes.subarray(KEY, KEY + 32);
  whitenedIgeEncrypt(packet, packet, HEADER, key, bytes.subarray(IV, IV + 32));
  module.wipe();
}

/** Decrypts the body in the module's memory, piece by piece, and gives msg_key_large as a string. */
function decryptAndHash(
  module: CryptoModule,
  packet: Uint8Array,
  prefix: Uint8Array,
  plain: Uint8Array,
): string {
  const { bytes, DATA, DATA_SIZE } = module;
  if (plain.length <= DATA_SIZE) {
    bytes.set(packet.subarray(HEADER), DATA);
    module.igeDecrypt(plain.length);
    plain.set(bytes.subarray(DATA, DATA + plain.length));
    bytes.set(prefix, DATA - 32);
    return latin1Hash('sha256', bytes.subarray(DATA - 32, DATA + plain.length));
  }
  const hash = createHash('sha256').update(prefix);
  for (let at = 0; at < plain.length; at += DATA_SIZE) {
    const size = Math.min(DATA_SIZE, plain.length - at);
    bytes.set(packet.subarray(HEADER + at, HEADER + at + size), DATA);
    module.igeDecrypt(size);
    const piece = bytes.subarray(DATA, DATA + size);
    plain.set(piece, at);
    hash.update(piece);
  }
  return hash.digest('binary');
}

/** MTProto 2.0 opening; lengths are the caller's duty. */
export function nodeOpen2(
  packet: Uint8Array,
  authKey: Uint8Array,
  x: KeyOffset,
): Uint8Array | null {
  const size = packet.length - HEADER;
  if (size <= SMALL_OPEN) return wasmOpen2(packet, authKey, x);
  const module = cryptoModule();
  const { bytes, DATA, DATA_SIZE, MSG_KEY } = module;
  const plain = new Uint8Array(size);
  bytes.set(packet.subarray(8, HEADER), MSG_KEY);
  deriveKeys(module, authKey, x);
  module.expandDecryptKey();
  const large = decryptAndHash(module, packet, authKey.subarray(88 + x, 120 + x), plain);
  module.wipe();
  bytes.fill(0, DATA - 32, DATA + Math.min(size, DATA_SIZE));
  let difference = 0;
  for (let i = 0; i < 16; i++) difference |= large.charCodeAt(8 + i) ^ (packet[8 + i] ?? 0);
  if (difference === 0) return plain;
  plain.fill(0);
  return null;
}
