import { TelegramClient } from '@mtcute/core/client.js';
import { mtcuteOptions } from '../mtcute-options.mjs';

/**
 * @param {import('../../client/worker.mjs').Place} place
 * @returns {import('../../client/worker.mjs').ClientPeer}
 */
export function open(place) {
  const { phone, code, friend, friendId } = place;
  const client = new TelegramClient(mtcuteOptions(place));
  const call = (/** @type {any} */ request) => client.call(request);
  const id = Number(friendId);
  return {
    async connect() {
      await client.connect();
      // It connects in the background: this waits for it, as connect() of the others does.
      await call({ _: 'help.getConfig' });
    },
    async signIn() {
      await client.start({ phone, code, codeSentCallback: () => undefined });
    },
    async meet() {
      await client.resolvePeer(friend);
    },
    async friend() {
      const [user] = await client.getUsers(id);
      return user?.firstName;
    },
    async newest() {
      const [message] = await client.getHistory(id, { limit: 1 });
      return message?.text;
    },
    async dialogs() {
      const dialogs = [];
      for await (const dialog of client.iterDialogs()) dialogs.push(dialog);
      return dialogs;
    },
    close: () => client.destroy(),
  };
}
