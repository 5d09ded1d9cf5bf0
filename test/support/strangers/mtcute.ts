import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withHttpProxy, withSocksProxy, WebSocketConnection } from '@fuman/net';
import { connectTcp } from '@fuman/node';
import {
  BaseMtProxyTransport,
  IntermediatePacketCodec,
  MemoryStorage,
  ObfuscatedPacketCodec,
  PaddedIntermediatePacketCodec,
  type IPacketCodec,
  type ITelegramConnection,
  type TelegramTransport,
} from '@mtcute/core';
import { TelegramClient } from '@mtcute/core/client.js';
import { parsePublicKey, type BasicDcOption } from '@mtcute/core/utils.js';
import { WebSocket } from 'ws';
import type { Place, ProxyAddress } from './gramjs.js';
import { findPackage } from '../../../schemas/rebuild/packages.mjs';
import { MtcuteCrypto } from './mtcute-crypto.js';

const { __publicKeyIndex } = (await import(
  pathToFileURL(join(findPackage('@mtcute/core') as string, 'tl/binary/rsa-keys.js')).href
)) as { __publicKeyIndex: Record<string, ReturnType<typeof parsePublicKey>> };

/** The transports mtcute has. */
export const MTCUTE_TRANSPORTS = [
  'intermediate',
  'padded',
  'obfuscated',
  'websocket',
  'mtproxy plain',
  'mtproxy dd',
  'mtproxy ee',
  'socks5',
  'http proxy',
] as const;
export type MtcuteTransport = (typeof MTCUTE_TRANSPORTS)[number];

export interface MtcuteOptions {
  readonly proxy?: ProxyAddress;
  readonly pfs?: boolean;
}

type Connect = (dc: BasicDcOption) => Promise<ITelegramConnection>;
const overTcp: Connect = (dc) => connectTcp({ address: dc.ipAddress, port: dc.port });

/** mtcute's own web transport needs a browser's `location`; this opens the same kind of socket. */
const overWebSocket: Connect = ({ ipAddress, port }) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${ipAddress}:${port}/apiws`, 'binary');
    socket.binaryType = 'arraybuffer';
    socket.once('error', reject);
    socket.once('open', () =>
      resolve(new WebSocketConnection(socket as unknown as globalThis.WebSocket)),
    );
  });

class MtProxyTransport extends BaseMtProxyTransport {
  override _connectTcp = connectTcp;
}

function transportOf(kind: MtcuteTransport, proxy: ProxyAddress | undefined): TelegramTransport {
  const make = (connect: Connect, packetCodec: () => IPacketCodec): TelegramTransport => ({
    connect,
    packetCodec,
  });
  const obfuscated = (): IPacketCodec =>
    new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec());
  if (kind === 'padded') return make(overTcp, () => new PaddedIntermediatePacketCodec());
  if (kind === 'obfuscated') return make(overTcp, obfuscated);
  if (kind === 'websocket') return make(overWebSocket, obfuscated);
  if (kind === 'intermediate') return make(overTcp, () => new IntermediatePacketCodec());
  if (proxy === undefined) throw new TypeError(`${kind} needs the address of a proxy`);
  const { host, port, username: user, password, secret = '' } = proxy;
  if (kind.startsWith('mtproxy')) return new MtProxyTransport({ host, port, secret });
  const account = user === undefined || password === undefined ? {} : { user, password };
  const wrapped =
    kind === 'socks5'
      ? withSocksProxy(connectTcp, { host, port, version: 5, ...account })
      : withHttpProxy(connectTcp, { host, port, ...account });
  return make(
    (dc) => wrapped({ address: dc.ipAddress, port: dc.port }),
    () => new IntermediatePacketCodec(),
  );
}

/**
 * Makes a key of the data center known. mtcute keeps fingerprints with their leading zeros and looks them up without
 * (one key in 16 has one), so its `addPublicKey` would not do: see strangers-defects.test.ts.
 */
function trust(crypto: MtcuteCrypto, pem: string): void {
  const parsed = parsePublicKey(crypto, pem);
  __publicKeyIndex[parsed.fingerprint.replace(/^0+/, '')] = parsed;
}

/** A client of mtcute that takes `dc` for Telegram. */
export function mtcuteClient(
  dc: Place,
  kind: MtcuteTransport,
  options: MtcuteOptions = {},
): TelegramClient {
  const crypto = new MtcuteCrypto();
  crypto.initialize();
  trust(crypto, dc.rsaKey);
  const { apiId, apiHash, dataCenters, homeDc } = dc.clientOptions;
  const home = dataCenters.find(({ id, ipv6 }) => id === homeDc && !ipv6);
  if (home === undefined) throw new TypeError(`data center ${homeDc} has no address`);
  const address = { id: homeDc, ipAddress: home.host, port: home.port };
  return new TelegramClient({
    apiId,
    apiHash,
    storage: new MemoryStorage(),
    crypto,
    platform: {
      beforeExit: () => () => {},
      log: () => {},
      getDefaultLogLevel: () => null,
      getDeviceModel: () => 'test',
    },
    transport: transportOf(kind, options.proxy),
    defaultDcs: { main: address, media: address },
    network: { usePfs: options.pfs ?? false },
    disableUpdates: false,
    logLevel: 0,
  });
}
