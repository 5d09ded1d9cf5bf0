/** Framings, obfuscation, proxies and the ways to open a connection. See the README of the package. */
export * from './types.js';
export { createCodec, type FramingName, type ObfuscatedFraming } from './framing/create-codec.js';
export { detectFraming, type Detected } from './framing/detect.js';
export {
  MAX_PACKET_FROM_CLIENT,
  MAX_PACKET_FROM_SERVER,
  MAX_PADDING,
  type Side,
} from './framing/limits.js';
export { ObfuscatedClient, type ObfuscatedClientOptions } from './obfuscated/client.js';
export { ObfuscatedServer, type ObfuscatedSession } from './obfuscated/server.js';
export { parseMtproxySecret, type MtproxySecret } from './mtproxy/secret.js';
export { FakeTlsClient, type FakeTlsStep } from './fake-tls/client.js';
export { FakeTlsServer, type FakeTlsServerStep } from './fake-tls/server.js';
export { openTransport, type OpenOptions } from './open/open-transport.js';
export { interleave, raceTransports } from './open/race.js';
export { socks5Sockets } from './proxy/socks5.js';
export { httpConnectSockets } from './proxy/http-connect.js';
export type { ProxyHost, ProxySettings } from './proxy/host.js';
