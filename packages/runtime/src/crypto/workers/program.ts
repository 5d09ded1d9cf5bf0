/*
 * What runs in a worker, as text: a file of its own could not be found from users' bundles. It is plain JavaScript for
 * the same reason, and takes nothing from other modules, whose names a bundler changes.
 *
 * The first message is the compiled module of ../wasm; every other one is a job: { id, decrypt, buffer, key, iv }. The
 * bytes of `buffer` are replaced by the result, and it is handed back as { id, buffer }. As in the provider, nothing of
 * key and data stays behind.
 */

const CIPHER = `'use strict';
const cipherOf = (compiled) => {
  const { exports } = new WebAssembly.Instance(compiled);
  const memory = new Uint8Array(exports.memory.buffer);
  const [KEY, IV, DATA, SIZE] = ['KEY', 'IV', 'DATA', 'DATA_SIZE'].map((name) => exports[name].value);
  return (decrypt, data, key, iv) => {
    memory.set(key, KEY);
    memory.set(iv, IV);
    if (decrypt) exports.expandDecryptKey();
    else exports.expandEncryptKey();
    for (let at = 0; at < data.length; at += SIZE) {
      const piece = data.subarray(at, at + SIZE);
      memory.set(piece, DATA);
      if (decrypt) exports.igeDecrypt(piece.length);
      else exports.igeEncrypt(piece.length);
      piece.set(memory.subarray(DATA, DATA + piece.length));
    }
    exports.wipe();
    memory.fill(0, DATA, DATA + Math.min(SIZE, data.length));
  };
};
let cipher;
let encrypt;
const take = (message, answer) => {
  if (message.id === undefined) {
    cipher = cipherOf(message);
    return;
  }
  const { id, decrypt, buffer, key, iv } = message;
  if (decrypt || encrypt === undefined) cipher(decrypt, new Uint8Array(buffer), key, iv);
  else encrypt(new Uint8Array(buffer), key, iv);
  key.fill(0);
  iv.fill(0);
  answer({ id, buffer }, [buffer]);
};
`;

/** Encryption as one pass of OpenSSL's CBC between two rounds of XOR: see ../provider/node/whitening.ts. */
const WHITENING = `
const { createCipheriv } = require('node:crypto');
const PIECE = 32768;
const plainBytes = new Uint8Array(32 + PIECE);
const plain = new Int32Array(plainBytes.buffer);
const mixedBytes = new Uint8Array(PIECE);
const mixed = new Int32Array(mixedBytes.buffer);
encrypt = (data, key, iv) => {
  const cbc = createCipheriv('aes-256-cbc', key, iv.subarray(0, 16));
  plainBytes.fill(0, 0, 16);
  plainBytes.set(iv.subarray(16, 32), 16);
  for (let at = 0; at < data.length; at += PIECE) {
    const piece = data.subarray(at, at + PIECE);
    const words = piece.length >> 2;
    plainBytes.set(piece, 32);
    for (let i = 0; i < words; i += 4) {
      mixed[i] = plain[i + 8] ^ plain[i];
      mixed[i + 1] = plain[i + 9] ^ plain[i + 1];
      mixed[i + 2] = plain[i + 10] ^ plain[i + 2];
      mixed[i + 3] = plain[i + 11] ^ plain[i + 3];
    }
    mixedBytes.set(cbc.update(mixedBytes.subarray(0, piece.length)));
    for (let i = 0; i < words; i += 4) {
      mixed[i] ^= plain[i + 4];
      mixed[i + 1] ^= plain[i + 5];
      mixed[i + 2] ^= plain[i + 6];
      mixed[i + 3] ^= plain[i + 7];
    }
    piece.set(mixedBytes.subarray(0, piece.length));
    plainBytes.copyWithin(0, piece.length, piece.length + 32);
  }
  plainBytes.fill(0);
  mixedBytes.fill(0);
};
`;

/** For `worker_threads` of Node. */
export const NODE_PROGRAM = `${CIPHER}${WHITENING}
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (message) =>
  take(message, (answer, transfer) => parentPort.postMessage(answer, transfer)),
);
`;

/** For workers of browsers. */
export const WEB_PROGRAM = `${CIPHER}
self.onmessage = ({ data }) =>
  take(data, (answer, transfer) => self.postMessage(answer, transfer));
`;
