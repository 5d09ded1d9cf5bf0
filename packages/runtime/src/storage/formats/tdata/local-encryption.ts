import { concat } from '../../../crypto/bytes.js';
import { equalBytes } from '../../../crypto/compare.js';
import { deriveKeys1 } from '../../../crypto/kdf.js';
import type { CryptoProvider } from '../../../crypto/provider/types.js';

/** Bytes of the keys that local files are encrypted with. */
export const LOCAL_KEY_SIZE = 256;
const MSG_KEY_SIZE = 16;
/** Both directions of MTProto 1.0 are this one here. */
const X = 8;

const WITH_PASSCODE = 100_000;

/** The key that the passcode gives; without a passcode (an empty one) it protects nothing. */
export function passcodeKey(
  crypto: CryptoProvider,
  passcode: string,
  salt: Uint8Array,
): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(passcode);
  const hash = crypto.sha512(concat(salt, bytes, salt));
  return crypto.pbkdf2Sha512(hash, salt, passcode === '' ? 1 : WITH_PASSCODE, LOCAL_KEY_SIZE);
}

/** @returns null when it was not encrypted with that key, or is damaged. */
export function decryptLocal(
  crypto: CryptoProvider,
  encrypted: Uint8Array,
  localKey: Uint8Array,
): Uint8Array | null {
  const size = encrypted.length - MSG_KEY_SIZE;
  if (size < 16 || size % 16 !== 0) return null;
  const msgKey = encrypted.slice(0, MSG_KEY_SIZE);
  const { key, iv } = deriveKeys1(crypto, localKey, msgKey, X);
  const plain = crypto.aesIgeDecrypt(encrypted.slice(MSG_KEY_SIZE), key, iv);
  if (!equalBytes(crypto.sha1(plain).slice(0, MSG_KEY_SIZE), msgKey)) return null;
  // The length counts its own four bytes; what follows pads to the block.
  const length = new DataView(plain.buffer, plain.byteOffset).getUint32(0, true);
  if (length < 4 || length > plain.length || length <= plain.length - 16) return null;
  return plain.slice(4, length);
}

/** What {@link decryptLocal} undoes. */
export function encryptLocal(
  crypto: CryptoProvider,
  data: Uint8Array,
  localKey: Uint8Array,
): Uint8Array {
  const length = data.length + 4;
  const plain = crypto.randomBytes(Math.ceil(length / 16) * 16);
  new DataView(plain.buffer, plain.byteOffset).setInt32(0, length, true);
  plain.set(data, 4);
  const msgKey = crypto.sha1(plain).slice(0, MSG_KEY_SIZE);
  const { key, iv } = deriveKeys1(crypto, localKey, msgKey, X);
  return concat(msgKey, crypto.aesIgeEncrypt(plain, key, iv));
}
