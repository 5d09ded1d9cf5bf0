import { createRequire } from 'node:module';
import { addGramjsKey } from '../gramjs-key.mjs';

const require = createRequire(import.meta.url);
const bigInt = require('big-integer');
const { TelegramClient, Api } = require('telegram');
const { StringSession } = require('telegram/sessions');
const { Logger } = require('telegram/extensions/Logger');
const { PromisedNetSockets } = require('telegram/extensions');
const { ConnectionTCPFull, ConnectionTCPObfuscated } = require('telegram/network/connection');

/**
 * @param {import('../../stack/worker.mjs').Address} dc
 * @param {import('../../stack/worker.mjs').TransportKind} transport
 * @returns {Promise<import('../../stack/worker.mjs').StackPeer>}
 */
export async function connect({ host, port, rsaKey }, transport) {
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
    connection: transport === 'plain' ? ConnectionTCPFull : ConnectionTCPObfuscated,
    networkSocket: Sockets,
    baseLogger: new Logger('none'),
    connectionRetries: 1,
  });
  await client.connect();
  const location = new Api.InputDocumentFileLocation({
    id: bigInt.one,
    accessHash: bigInt.one,
    fileReference: Buffer.alloc(0),
    thumbSize: '',
  });
  return {
    nearest: async () => (await client.invoke(new Api.help.GetNearestDc())).country,
    upload: (bytes) =>
      client.invoke(new Api.upload.SaveFilePart({ fileId: bigInt.one, filePart: 0, bytes })),
    async download(limit) {
      const request = { location, offset: bigInt.zero, limit };
      return (await client.invoke(new Api.upload.GetFile(request))).bytes;
    },
    close: () => client.destroy(),
  };
}
