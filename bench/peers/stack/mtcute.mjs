import { connectTcp } from '@fuman/node';
import {
  IntermediatePacketCodec,
  MemoryStorage,
  MtClient,
  ObfuscatedPacketCodec,
  PaddedIntermediatePacketCodec,
} from '@mtcute/core';
import { addPublicKey } from '@mtcute/core/utils.js';
import Long from 'long';
import { MtcuteCrypto } from '../mtcute-crypto.mjs';

/**
 * @param {import('../../stack/worker.mjs').Address} dc
 * @param {import('../../stack/worker.mjs').TransportKind} transport
 * @returns {Promise<import('../../stack/worker.mjs').StackPeer>}
 */
export async function connect({ host, port, rsaKey }, transport) {
  const crypto = new MtcuteCrypto();
  crypto.initialize();
  addPublicKey(crypto, rsaKey);
  const address = { id: 2, ipAddress: host, port };
  const client = new MtClient({
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
      packetCodec: () =>
        transport === 'plain'
          ? new IntermediatePacketCodec()
          : new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec()),
    },
    defaultDcs: { main: address, media: address },
    logLevel: 0,
    onError: (/** @type {unknown} */ error) => {
      throw error;
    },
  });
  await client.connect();
  const call = (/** @type {any} */ request) => client.call(request);
  const location = {
    _: 'inputDocumentFileLocation',
    id: Long.ONE,
    accessHash: Long.ONE,
    fileReference: new Uint8Array(0),
    thumbSize: '',
  };
  return {
    nearest: async () => (await call({ _: 'help.getNearestDc' })).country,
    upload: (bytes) => call({ _: 'upload.saveFilePart', fileId: Long.ONE, filePart: 0, bytes }),
    download: async (limit) =>
      (await call({ _: 'upload.getFile', location, offset: 0, limit })).bytes,
    close: () => client.destroy(),
  };
}
