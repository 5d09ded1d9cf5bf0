import { base, messages } from '@tlgen/telegram';

/** A public value that passes for one; nobody computes a key of it. */
const PUBLIC = new Uint8Array(256).fill(0x5a);
/** Milliseconds. */
const PATIENCE = 20_000;

/**
 * The next update of a kind.
 *
 * @param {import('@tlgen/runtime').Client} client
 * @param {string} name
 * @returns {Promise<any>}
 */
const next = (client, name) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not come`)), PATIENCE);
    client.on('raw-update', (/** @type {any} */ update) => {
      const all = update.updates ?? [update.update ?? update];
      const found = all.find((/** @type {any} */ one) => one._ === name);
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  });

/**
 * Encrypts a file, sends it in a secret chat, and tells what its receiver then knows of it.
 *
 * @param {import('@tlgen/runtime').Client<import('@tlgen/telegram/api').SchemaApi>} from
 * @param {import('@tlgen/runtime').Client<import('@tlgen/telegram/api').SchemaApi>} to
 * @param {string} userId - user name of the receiver
 * @param {string} path
 */
export async function sendSecretFile(from, to, userId, path) {
  const asked = next(to, 'updateEncryption');
  const waiting = await from.api.messages.requestEncryption({ userId, gA: PUBLIC });
  if (waiting._ !== 'encryptedChatWaiting') throw new Error(`the chat is ${waiting._}`);
  const { id: chatId, accessHash } = (await asked).chat;
  const mine = new base.InputEncryptedChat({ chatId, accessHash });
  const fields = { peer: mine, gB: PUBLIC, keyFingerprint: 7n };
  await to.invoke(new messages.AcceptEncryptionRequest(fields));
  const { inputFile, key, iv, size } = await from.files.uploadEncrypted(path);
  const came = next(to, 'updateNewEncryptedMessage');
  await from.api.messages.sendEncryptedFile({
    peer: new base.InputEncryptedChat({ chatId, accessHash: waiting.accessHash }),
    file: inputFile,
    data: new Uint8Array(56),
  });
  const { file } = (await came).message;
  const hex = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString('hex');
  return {
    id: String(file.id),
    accessHash: String(file.accessHash),
    dcId: file.dcId,
    keyFingerprint: file.keyFingerprint,
    stored: String(file.size),
    key: hex(key),
    iv: hex(iv),
    size,
  };
}
