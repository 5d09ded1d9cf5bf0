import { createRequire } from 'node:module';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { addGramjsKey } from '../gramjs-key.mjs';

const require = createRequire(import.meta.url);
const { TelegramClient } = require('telegram');
const { CustomFile } = require('telegram/client/uploads');
const { StringSession } = require('telegram/sessions');
const { Logger } = require('telegram/extensions/Logger');
const { PromisedNetSockets } = require('telegram/extensions');
const { ConnectionTCPObfuscated } = require('telegram/network/connection');

/** Parts at one time; one by default. */
const WORKERS = 8;

/**
 * @param {import('../../files/worker.mjs').Place} place
 * @returns {import('../../files/worker.mjs').FilesPeer}
 */
export function open({ host, port, rsaKey, code }) {
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
  return {
    async signIn(phone) {
      await client.start({ phoneNumber: `+${phone}`, phoneCode: async () => code, onError: fail });
    },
    async received(from) {
      const messages = await client.getMessages(from, { limit: 100 });
      return messages.map((/** @type {any} */ message) => ({
        size: Number(message.media?.document?.size ?? 0),
        file: message,
      }));
    },
    upload(path) {
      const file = new CustomFile(basename(path), statSync(path).size, path);
      return client.uploadFile({ file, workers: WORKERS });
    },
    uploadBytes(bytes, name) {
      const file = new CustomFile(name, bytes.length, '', bytes);
      return client.uploadFile({ file, workers: 1 });
    },
    download: ({ file }) => client.iterDownload({ file: file.media }),
    downloadBytes: ({ file }) => client.downloadMedia(file, {}),
    close: () => client.destroy(),
  };
}
