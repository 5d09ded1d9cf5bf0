import { createRequire } from 'node:module';
import { addGramjsKey } from '../gramjs-key.mjs';

const require = createRequire(import.meta.url);
const { TelegramClient } = require('telegram');
const { NewMessage, Raw } = require('telegram/events');
const { StringSession } = require('telegram/sessions');
const { Logger } = require('telegram/extensions/Logger');
const { PromisedNetSockets } = require('telegram/extensions');
const { ConnectionTCPObfuscated } = require('telegram/network/connection');

const LAYER = 198;

/** Short forms come as they are: they stand for a new message. */
const nameOf = (/** @type {string} */ name) =>
  name === 'UpdateShortMessage' ? 'updateNewMessage' : `u${name.slice(1)}`;

/**
 * It knows neither gaps nor doubles: what comes is handed to the handlers as it is, one call after the other per update.
 *
 * @param {import('../../updates/worker.mjs').Place} place
 * @returns {import('../../updates/worker.mjs').UpdatesPeer}
 */
export function open({ host, port, rsaKey }) {
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
  const onError = (/** @type {Error} */ error) => {
    throw error;
  };
  return {
    layer: LAYER,
    async signIn(phone, code) {
      await client.start({ phoneNumber: `+${phone}`, phoneCode: async () => code, onError });
    },
    listen(how, seen) {
      if (how === 'messages') {
        client.addEventHandler(({ originalUpdate }) => {
          seen(nameOf(originalUpdate.className), originalUpdate);
        }, new NewMessage({}));
        return;
      }
      client.addEventHandler((/** @type {any} */ update) => {
        // It tells the state of its connection in the same way, also that a pong is late: no sign of a cut. After one,
        // updates are missing.
        if (update.className !== undefined) seen(nameOf(update.className), update);
      }, new Raw({}));
    },
    close: () => client.destroy(),
  };
}
