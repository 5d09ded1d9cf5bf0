import { CryptoError } from '../errors.js';

const bad = (message: string): CryptoError => new CryptoError('bad-length', message);

/** @throws CryptoError `bad-length` unless these are arguments of AES-256-IGE. */
export function checkIge(data: Uint8Array, key: Uint8Array, iv: Uint8Array): void {
  if (key.length !== 32) throw bad(`AES-256 takes a key of 32 bytes, not ${key.length}.`);
  if (iv.length !== 32) throw bad(`AES-IGE takes an iv of 32 bytes, not ${iv.length}.`);
  if (data.length % 16 !== 0) {
    throw bad(`AES-IGE takes whole blocks of 16 bytes; pad the ${data.length} bytes first.`);
  }
}

/** @throws CryptoError `bad-length` unless these are arguments of AES-256-CTR. */
export function checkCtr(key: Uint8Array, iv: Uint8Array): void {
  if (key.length !== 32) throw bad(`AES-256 takes a key of 32 bytes, not ${key.length}.`);
  if (iv.length !== 16) throw bad(`AES-CTR takes a counter block of 16 bytes, not ${iv.length}.`);
}

/** @throws CryptoError `bad-length` unless the packet has its 24 bytes of header and then whole blocks. */
export function checkPacket(packet: Uint8Array, authKey: Uint8Array): void {
  if (authKey.length !== 256) throw bad(`An auth key has 256 bytes, not ${authKey.length}.`);
  if (packet.length < 40 || packet.length % 16 !== 8) {
    throw bad(
      `An MTProto 2.0 packet has 24 bytes of header and whole blocks of 16, not ${packet.length}.`,
    );
  }
}
