import { connectTcp } from '@fuman/node';
import { MemoryStorage, ObfuscatedPacketCodec, PaddedIntermediatePacketCodec } from '@mtcute/core';
import { TelegramClient } from '@mtcute/core/client.js';
import { addPublicKey } from '@mtcute/core/utils.js';
import { MtcuteCrypto } from '../mtcute-crypto.mjs';

/**
 * @param {import('../../client/worker.mjs').Place} place
 * @returns {import('../../client/worker.mjs').ClientPeer}
 */
export function open({ host, port, rsaKey, phone, code, friend, friendId }) {
  const crypto = new MtcuteCrypto();
  crypto.initialize();
  addPublicKey(crypto, rsaKey);
  const address = { id: 2, ipAddress: host, port };
  const client = new TelegramClient({
    apiId: 1,
    apiHash: 'hash',
    storage: new MemoryStorage(),
    crypto,
    platform: {
      beforeExit: () => () => {},
      log() {},
      getDefaultLogLevel: () => null,
      getDeviceModel: () => 'bench',
    },
    transport: {
      connect: (/** @type {{ ipAddress: string, port: number }} */ dc) =>
        connectTcp({ address: dc.ipAddress, port: dc.port }),
      packetCodec: () => new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec()),
    },
    defaultDcs: { main: address, media: address },
    logLevel: 0,
  });
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
