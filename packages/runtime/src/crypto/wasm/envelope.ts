import type { KeyOffset } from '../provider/types.js';
import type { CryptoModule } from './loader.js';
import { cryptoModule } from './loader.js';

/** auth_key_id and msg_key. */
const HEADER = 24;

/**
 * MTProto 2.0 packets through the module: SHA-256, key derivation and AES-IGE in one call while the packet fits into
 * its memory, else piece by piece. Lengths are the caller's duty.
 */
export function wasmSeal2(packet: Uint8Array, authKey: Uint8Array, x: KeyOffset): void {
  const module = cryptoModule();
  const { bytes, DATA } = module;
  const size = packet.length - HEADER;
  bytes.set(authKey, module.AUTH_KEY);
  if (size > module.DATA_SIZE) return sealInPieces(module, packet, x);
  bytes.set(packet, DATA - HEADER);
  module.seal2(size, x);
  packet.set(bytes.subarray(DATA - 16, DATA + size), 8);
}

/** The way back; null when msg_key differs. The packet stays as it is. */
export function wasmOpen2(
  packet: Uint8Array,
  authKey: Uint8Array,
  x: KeyOffset,
): Uint8Array | null {
  const module = cryptoModule();
  const { bytes, DATA } = module;
  const size = packet.length - HEADER;
  bytes.set(authKey, module.AUTH_KEY);
  if (size > module.DATA_SIZE) return openInPieces(module, packet, x);
  bytes.set(packet, DATA - HEADER);
  if (module.open2(size, x) === 0) return null;
  const plain = bytes.slice(DATA, DATA + size);
  bytes.fill(0, DATA, DATA + size);
  return plain;
}

/**
 * Calls `visit` for each piece of the packet's body. The first piece is 32 bytes shorter: with the 32 bytes of the auth
 * key before it, all pieces but the last are whole blocks of SHA-256.
 */
function eachPiece(
  module: CryptoModule,
  packet: Uint8Array,
  visit: (at: number, size: number, last: boolean) => void,
): void {
  let at = HEADER;
  let room = module.DATA_SIZE - 32;
  while (at < packet.length) {
    const size = Math.min(room, packet.length - at);
    visit(at, size, at + size === packet.length);
    at += size;
    room = module.DATA_SIZE;
  }
}

/** Adds a piece of plaintext in DATA to msg_key_large. */
function hashPiece(
  module: CryptoModule,
  total: number,
  at: number,
  size: number,
  last: boolean,
): void {
  const prefix = at === HEADER ? 32 : 0;
  const start = module.DATA - prefix;
  if (last) module.hashFinish(start, size + prefix, total + 32);
  else module.hashBlocks(start, size + prefix);
}

function startHash(module: CryptoModule, x: KeyOffset): void {
  const from = module.AUTH_KEY + 88 + x;
  module.bytes.copyWithin(module.DATA - 32, from, from + 32);
  module.hashStart();
}

function erase({ bytes, DATA, DATA_SIZE, wipe }: CryptoModule): void {
  wipe();
  bytes.fill(0, DATA - 32, DATA + DATA_SIZE);
}

function sealInPieces(module: CryptoModule, packet: Uint8Array, x: KeyOffset): void {
  const { bytes, DATA, DIGEST, MSG_KEY } = module;
  startHash(module, x);
  eachPiece(module, packet, (at, size, last) => {
    bytes.set(packet.subarray(at, at + size), DATA);
    hashPiece(module, packet.length - HEADER, at, size, last);
  });
  packet.set(bytes.subarray(DIGEST + 8, DIGEST + 24), 8);
  bytes.copyWithin(MSG_KEY, DIGEST + 8, DIGEST + 24);
  module.deriveKeys2(x);
  module.expandEncryptKey();
  eachPiece(module, packet, (at, size) => {
    bytes.set(packet.subarray(at, at + size), DATA);
    module.igeEncrypt(size);
    packet.set(bytes.subarray(DATA, DATA + size), at);
  });
  erase(module);
}

function openInPieces(module: CryptoModule, packet: Uint8Array, x: KeyOffset): Uint8Array | null {
  const { bytes, DATA, DIGEST, MSG_KEY } = module;
  const plain = new Uint8Array(packet.length - HEADER);
  bytes.set(packet.subarray(8, HEADER), MSG_KEY);
  module.deriveKeys2(x);
  module.expandDecryptKey();
  startHash(module, x);
  eachPiece(module, packet, (at, size, last) => {
    bytes.set(packet.subarray(at, at + size), DATA);
    module.igeDecrypt(size);
    plain.set(bytes.subarray(DATA, DATA + size), at - HEADER);
    hashPiece(module, plain.length, at, size, last);
  });
  let difference = 0;
  for (let i = 0; i < 16; i++) {
    difference |= (bytes[DIGEST + 8 + i] ?? 0) ^ (packet[8 + i] ?? 0);
  }
  erase(module);
  if (difference === 0) return plain;
  plain.fill(0);
  return null;
}
