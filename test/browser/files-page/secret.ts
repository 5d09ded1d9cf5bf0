import type { EncryptedUpload, Client } from '@tlgen/runtime';
import type { TlObject } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import type { SchemaApi } from '@tlgen/telegram/api';

/** A public value that passes for one; nobody computes a key of it. */
const PUBLIC = new Uint8Array(256).fill(0x5a);

/** Updates of a client as they come, and a way to wait for one. */
export class Updates {
  private readonly seen: TlObject[] = [];
  private wake: () => void = () => undefined;

  constructor(client: Client<SchemaApi>) {
    client.on('raw-update', (update) => {
      this.seen.push(...flat(update));
      this.wake();
    });
  }

  /** The next one of that kind that has not been waited for. */
  async next<Name extends base.TypeUpdate['_']>(
    name: Name,
  ): Promise<Extract<base.TypeUpdate, { readonly _: Name }>> {
    for (;;) {
      const at = this.seen.findIndex((update) => update._ === name);
      if (at >= 0) return this.seen.splice(at, 1)[0] as never;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

function flat(update: TlObject): readonly TlObject[] {
  const inner = update as { readonly update?: TlObject; readonly updates?: readonly TlObject[] };
  return inner.updates ?? [inner.update ?? update];
}

/** Opens a secret chat. The files in it do not depend on its key. @returns the chat as its first side names it. */
export async function secretChat(
  ann: Client<SchemaApi>,
  bob: Client<SchemaApi>,
  toBob: Updates,
): Promise<base.InputEncryptedChat> {
  const made = await ann.api.messages.requestEncryption({ userId: '@bobby', gA: PUBLIC });
  if (made._ !== 'encryptedChatWaiting') throw new Error(`the chat is ${made._}`);
  const { chat } = await toBob.next('updateEncryption');
  if (chat._ !== 'encryptedChatRequested') throw new Error(`the chat is ${chat._}`);
  const { id: chatId, accessHash } = chat;
  const peer = new base.InputEncryptedChat({ chatId, accessHash });
  await bob.api.messages.acceptEncryption({ peer, gB: PUBLIC, keyFingerprint: 7n });
  return new base.InputEncryptedChat({ chatId, accessHash: made.accessHash });
}

/** Sends a file there. @returns it as the other side gets it. */
export async function toOtherSide(
  ann: Client<SchemaApi>,
  peer: base.InputEncryptedChat,
  file: EncryptedUpload,
  toBob: Updates,
): Promise<base.EncryptedFile> {
  const data = new Uint8Array(8 + 16 + 32);
  await ann.api.messages.sendEncryptedFile({ peer, file, data });
  const { message } = await toBob.next('updateNewEncryptedMessage');
  if (message._ !== 'encryptedMessage' || message.file._ !== 'encryptedFile') {
    throw new Error('the message has no file');
  }
  return message.file;
}
