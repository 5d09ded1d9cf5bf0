import type { KeyOffset } from '../provider/types.js';
import { cryptoModule } from '../wasm/loader.js';

/** `messageKey2` through the module, piece by piece, without a copy of the plaintext. */
export function wasmMessageKey(authKey: Uint8Array, plain: Uint8Array, x: KeyOffset): Uint8Array {
  const module = cryptoModule();
  const { bytes, DATA, DATA_SIZE, DIGEST } = module;
  module.hashStart();
  bytes.set(authKey.subarray(88 + x, 120 + x), DATA);
  // With these 32 bytes before them, all pieces but the last are whole blocks of SHA-256.
  let filled = 32;
  let at = 0;
  for (;;) {
    const size = Math.min(DATA_SIZE - filled, plain.length - at);
    bytes.set(plain.subarray(at, at + size), DATA + filled);
    at += size;
    if (at === plain.length) {
      module.hashFinish(DATA, filled + size, plain.length + 32);
      break;
    }
    module.hashBlocks(DATA, filled + size);
    filled = 0;
  }
  const key = bytes.slice(DIGEST + 8, DIGEST + 24);
  module.wipe();
  bytes.fill(0, DATA, DATA + Math.min(DATA_SIZE, plain.length + 32));
  return key;
}
