import type { LocalDc } from '@tlgen/local-dc';
import type { base } from '@tlgen/telegram';
import { encryptedFor } from '../../packages/local-dc/src/world/files/view.js';
import { nodeCrypto } from '../../packages/runtime/src/crypto/provider/node.js';
import { fileKeyFingerprint } from '../../packages/runtime/src/files/encrypted/index.js';

/** A file of a secret chat, as somebody may name it, and what decrypts it. */
export interface SecretFile {
  readonly file: base.EncryptedFile;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly size: number;
}

/** Encrypts bytes, and puts them where the files of secret chats are, without a chat. */
export function secretFile(dc: LocalDc, userId: bigint, bytes: Uint8Array): SecretFile {
  const { world } = dc;
  const [key, iv] = [nodeCrypto.randomBytes(32), nodeCrypto.randomBytes(32)];
  const padded = new Uint8Array(Math.ceil(bytes.length / 16) * 16);
  padded.set(bytes);
  const made = dc.addFile(nodeCrypto.aesIgeEncrypt(padded, key, iv), {
    dcId: bytes.length % 2 === 0 ? 2 : 4,
  });
  const user = world.user(userId);
  const kept = world.files.get(made.id);
  if (!user || !kept) throw new Error('there is no such user or file');
  const { dcId, date } = kept;
  const fingerprint = fileKeyFingerprint(key, iv);
  const stored = world.files.addEncrypted({ bytes: kept.bytes, dcId, date }, fingerprint);
  return { file: encryptedFor(world, user, stored), key, iv, size: bytes.length };
}
