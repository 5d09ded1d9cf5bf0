import type { base } from '@tlgen/telegram';

/**
 * Where secret messages are kept before the server is told that they arrived ("Working with Updates": `qts`). Until
 * {@link SecretJournal.store} has resolved, the server keeps a message and sends it again.
 */
export interface SecretJournal {
  /**
   * Resolves when the message would survive the death of the process. The same message may come again: `key` names it.
   * What it rejects with is told as the event `error`, and the message is not confirmed.
   */
  store(update: base.UpdateNewEncryptedMessage, key: string): Promise<void>;
}
