import { connectTcp } from '@fuman/node';
import { MemoryStorage, ObfuscatedPacketCodec, PaddedIntermediatePacketCodec } from '@mtcute/core';
import { addPublicKey } from '@mtcute/core/utils.js';
import { MtcuteCrypto } from './mtcute-crypto.mjs';

/**
 * What a client of mtcute is made with, so that it talks to one data center and says nothing.
 *
 * @param {{ readonly host: string, readonly port: number, readonly rsaKey: string }} place
 */
export function mtcuteOptions({ host, port, rsaKey }) {
  const crypto = new MtcuteCrypto();
  crypto.initialize();
  addPublicKey(crypto, rsaKey);
  const address = { id: 2, ipAddress: host, port };
  return {
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
  };
}
