import { BaseTelegramClient, TelegramClient } from '@mtcute/core/client.js';
import { mtcuteOptions } from '../mtcute-options.mjs';

const LAYER = 227;

/**
 * Its updates manager brings updates in order in all cases. `all`: what `onRawUpdate` tells, plain TL objects with an
 * index of their peers, without the objects for users that a `TelegramClient` makes of each update (its handler for
 * those is left out). `messages`: `onNewMessage` of a whole `TelegramClient`.
 *
 * @param {import('../../updates/worker.mjs').Place} place
 * @param {import('../../updates/worker.mjs').How} how
 * @returns {import('../../updates/worker.mjs').UpdatesPeer}
 */
export function open(place, how) {
  const base = new BaseTelegramClient(mtcuteOptions(place));
  const client = new TelegramClient({ client: base, disableUpdates: how !== 'messages' });
  return {
    layer: LAYER,
    async signIn(phone, code) {
      await client.start({ phone, code, codeSentCallback: () => undefined });
    },
    listen(_, seen, cut) {
      client.onConnectionState.add(
        (state) => void ((state === 'offline' || state === 'connecting') && cut()),
      );
      if (how !== 'messages')
        return client.onRawUpdate.add((/** @type {any} */ { update }) => seen(update._, update));
      return client.onNewMessage.add((message) => {
        const isPost = message.raw.peerId._ === 'peerChannel';
        seen(isPost ? 'updateNewChannelMessage' : 'updateNewMessage', { message });
      });
    },
    close: () => client.destroy(),
  };
}
