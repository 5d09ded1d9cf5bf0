import { connectTcp, nodeReadableToFuman } from '@fuman/node';
import { MemoryStorage, ObfuscatedPacketCodec, PaddedIntermediatePacketCodec } from '@mtcute/core';
import { TelegramClient } from '@mtcute/core/client.js';
import { addPublicKey } from '@mtcute/core/utils.js';
import { createReadStream, statSync } from 'node:fs';
import { MtcuteCrypto } from '../mtcute-crypto.mjs';

/**
 * @param {import('../../files/worker.mjs').Place} place
 * @returns {import('../../files/worker.mjs').FilesPeer}
 */
export function open({ host, port, rsaKey, code }) {
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
      // As its package for Node does with a path.
      normalizeFile: async (/** @type {unknown} */ file) =>
        typeof file === 'string'
          ? { file: nodeReadableToFuman(createReadStream(file)), fileSize: statSync(file).size }
          : null,
    },
    transport: {
      connect: (/** @type {{ ipAddress: string, port: number }} */ dc) =>
        connectTcp({ address: dc.ipAddress, port: dc.port }),
      packetCodec: () => new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec()),
    },
    defaultDcs: { main: address, media: address },
    logLevel: 0,
  });
  return {
    async signIn(phone) {
      await client.start({ phone, code, codeSentCallback: () => undefined });
    },
    async received(from) {
      const messages = await client.getHistory(from, { limit: 100 });
      return messages.map(({ media }) => ({ size: media?.fileSize ?? 0, file: media }));
    },
    upload: (file) => client.uploadFile({ file }),
    uploadBytes: (file, fileName) => client.uploadFile({ file, fileName }),
    download: ({ file }) => client.downloadAsIterable(file),
    downloadBytes: ({ file }) => client.downloadAsBuffer(file),
    close: () => client.destroy(),
  };
}
