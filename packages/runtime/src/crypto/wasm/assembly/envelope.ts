import {
  AUTH_KEY,
  DATA,
  DIGEST,
  IV,
  KDF_INPUT,
  KEY,
  MSG_KEY,
  SECRETS,
  SECRETS_END,
} from './layout';
import { igeDecrypt, igeEncrypt } from './modes';
import { expandDecryptKey, expandEncryptKey } from './round-keys';
import { sha256 } from './sha256';

/** Erases keys, hashes and round keys. */
export function wipe(): void {
  memory.fill(SECRETS, 0, SECRETS_END - SECRETS);
}

/** KEY and IV from AUTH_KEY and MSG_KEY: the key derivation of MTProto 2.0. */
export function deriveKeys2(x: i32): void {
  memory.copy(KDF_INPUT, MSG_KEY, 16);
  memory.copy(KDF_INPUT + 16, AUTH_KEY + x, 36);
  sha256(KDF_INPUT, 52);
  memory.copy(KEY, DIGEST, 8);
  memory.copy(IV + 8, DIGEST + 8, 16);
  memory.copy(KEY + 24, DIGEST + 24, 8);
  memory.copy(KDF_INPUT, AUTH_KEY + 40 + x, 36);
  memory.copy(KDF_INPUT + 36, MSG_KEY, 16);
  sha256(KDF_INPUT, 52);
  memory.copy(IV, DIGEST, 8);
  memory.copy(KEY + 8, DIGEST + 8, 16);
  memory.copy(IV + 24, DIGEST + 24, 8);
}

/** Puts 32 bytes of the auth key before the plaintext in DATA and hashes both: msg_key_large. */
function hashMessage(size: i32, x: i32): void {
  memory.copy(DATA - 32, AUTH_KEY + 88 + x, 32);
  sha256(DATA - 32, size + 32);
}

/** Seals the padded plaintext in DATA in place; msg_key ends up right before it. */
export function seal2(size: i32, x: i32): void {
  hashMessage(size, x);
  memory.copy(MSG_KEY, DIGEST + 8, 16);
  deriveKeys2(x);
  expandEncryptKey();
  igeEncrypt(size);
  memory.fill(DATA - 32, 0, 16);
  memory.copy(DATA - 16, MSG_KEY, 16);
  wipe();
}

/** Opens the ciphertext in DATA in place, with msg_key right before it. Returns 0, and erases, when msg_key differs. */
export function open2(size: i32, x: i32): i32 {
  memory.copy(MSG_KEY, DATA - 16, 16);
  deriveKeys2(x);
  expandDecryptKey();
  igeDecrypt(size);
  hashMessage(size, x);
  const difference =
    (load<u64>(DIGEST + 8) ^ load<u64>(MSG_KEY)) |
    (load<u64>(DIGEST + 16) ^ load<u64>(MSG_KEY + 8));
  memory.fill(DATA - 32, 0, 32);
  wipe();
  if (difference == 0) return 1;
  memory.fill(DATA, 0, size);
  return 0;
}
