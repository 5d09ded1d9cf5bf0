import { base, messages } from '@tlgen/telegram';
import { pushed, until, type Person } from '../people.js';

/** A public value that passes for one; nobody computes a key of it. */
const PUBLIC = new Uint8Array(256).fill(0x5a);

/** An open secret chat as its first side names it. The files do not depend on its key. */
export async function secretPair(ann: Person, bob: Person): Promise<base.InputEncryptedChat> {
  const chat = await ann.client.api.messages.requestEncryption({ userId: '@bobby', gA: PUBLIC });
  if (chat._ !== 'encryptedChatWaiting') throw new Error(`the chat is ${chat._}`);
  const { chat: requested } = await until(() =>
    pushed(bob, 'updateEncryption').find((update) => update.chat.id === chat.id),
  );
  if (requested._ !== 'encryptedChatRequested') throw new Error(`the chat is ${requested._}`);
  const { id: chatId, accessHash } = requested;
  await bob.client.invoke(
    new messages.AcceptEncryptionRequest({
      peer: new base.InputEncryptedChat({ chatId, accessHash }),
      gB: PUBLIC,
      keyFingerprint: 7n,
    }),
  );
  return new base.InputEncryptedChat({ chatId, accessHash: chat.accessHash });
}

/** An encrypted file as the other side of the chat gets it: with a message. */
export async function sendSecretly(
  chat: base.InputEncryptedChat,
  ann: Person,
  bob: Person,
  file: base.TypeInputEncryptedFile,
): Promise<base.EncryptedFile> {
  const before = pushed(bob, 'updateNewEncryptedMessage').length;
  await ann.client.api.messages.sendEncryptedFile({
    peer: chat,
    file,
    data: new Uint8Array(8 + 16 + 32),
  });
  const { message } = await until(() => pushed(bob, 'updateNewEncryptedMessage')[before]);
  if (message._ !== 'encryptedMessage' || message.file._ !== 'encryptedFile') {
    throw new Error('the message has no file');
  }
  return message.file;
}
