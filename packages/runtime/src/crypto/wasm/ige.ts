import { cryptoModule } from './loader.js';

/** AES-256-IGE through the module, in pieces of its memory. Lengths are the caller's duty. */
function run(data: Uint8Array, key: Uint8Array, iv: Uint8Array, decrypt: boolean): Uint8Array {
  const module = cryptoModule();
  const { bytes, DATA, DATA_SIZE } = module;
  bytes.set(key, module.KEY);
  bytes.set(iv, module.IV);
  if (decrypt) module.expandDecryptKey();
  else module.expandEncryptKey();
  const result = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += DATA_SIZE) {
    const size = Math.min(DATA_SIZE, data.length - at);
    bytes.set(data.subarray(at, at + size), DATA);
    if (decrypt) module.igeDecrypt(size);
    else module.igeEncrypt(size);
    result.set(bytes.subarray(DATA, DATA + size), at);
  }
  module.wipe();
  bytes.fill(0, DATA, DATA + Math.min(DATA_SIZE, data.length));
  return result;
}

/** Encrypts whole blocks. */
export function wasmIgeEncrypt(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  return run(data, key, iv, false);
}

/** Decrypts whole blocks. */
export function wasmIgeDecrypt(data: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array {
  return run(data, key, iv, true);
}
