import { createRequire } from 'node:module';
import { addGramjsKey } from '../gramjs-key.mjs';

const require = createRequire(import.meta.url);
const { TelegramClient, Api } = require('telegram');
const { StringSession } = require('telegram/sessions');
const { Logger } = require('telegram/extensions/Logger');
const { PromisedNetSockets } = require('telegram/extensions');
const { ConnectionTCPObfuscated } = require('telegram/network/connection');

/**
 * @param {import('../../client/worker.mjs').Place} place
 * @returns {import('../../client/worker.mjs').ClientPeer}
 */
export function open({ host, port, rsaKey, phone, code, friend, friendId }) {
  addGramjsKey(rsaKey);
  const session = new StringSession('');
  session.setDC(2, host, 80);
  // It dials port 80 whatever the session says.
  class Sockets extends PromisedNetSockets {
    connect(/** @type {number} */ _port, /** @type {string} */ ip) {
      return super.connect(port, ip);
    }
  }
  const client = new TelegramClient(session, 1, 'hash', {
    connection: ConnectionTCPObfuscated,
    networkSocket: Sockets,
    baseLogger: new Logger('none'),
    connectionRetries: 1,
  });
  const fail = (/** @type {Error} */ error) => {
    throw error;
  };
  const id = [Number(friendId)];
  return {
    connect: () => client.connect(),
    signIn: () =>
      client.start({ phoneNumber: `+${phone}`, phoneCode: async () => code, onError: fail }),
    meet: () => client.getInputEntity(friend),
    async friend() {
      const [user] = await client.invoke(new Api.users.GetUsers({ id }));
      return user.firstName;
    },
    async newest() {
      const [message] = await client.getMessages(id[0], { limit: 1 });
      return message.message;
    },
    dialogs: () => client.getDialogs({}),
    close: () => client.destroy(),
  };
}
