import type { Platform } from '../../platform/types.js';
import { fakeTlsSocket } from '../fake-tls/socket.js';
import { createCodec, type FramingName, type ObfuscatedFraming } from '../framing/create-codec.js';
import { parseMtproxySecret, type MtproxySecret } from '../mtproxy/secret.js';
import { ObfuscatedClient } from '../obfuscated/client.js';
import { TimeBudget, type Limits } from '../socket/limits.js';
import type { Endpoint, PacketCodec, Protocol, Transport } from '../types.js';
import { socketsOf, type Route } from './route.js';
import { StreamTransport } from './stream-transport.js';

const FRAMINGS: { readonly [protocol in Protocol]?: FramingName } = {
  tcp_full: 'full',
  tcp_abridged: 'abridged',
  tcp_intermediate: 'intermediate',
  tcp_padded_intermediate: 'padded',
  obfuscated2: 'padded',
};

/** Opens a TCP connection to the data center, or to the MTProxy before it. */
export async function openStream(
  endpoint: Endpoint,
  route: Route,
  platform: Platform,
  limits: Limits,
): Promise<Transport> {
  const sockets = socketsOf(route, endpoint);
  const budget = new TimeBudget(limits);
  const { mtproxy } = route;
  const secret = mtproxy?.secret ?? dataCenterSecret(endpoint);
  const codec = codecOf(endpoint, secret, platform);
  const { host, port } = mtproxy ?? endpoint;
  const socket = await sockets.connect({ host, port }, budget.rest());
  if (secret === null || secret.domain === null) {
    return new StreamTransport(endpoint, socket, codec);
  }
  const { key, domain } = secret;
  const inner = await fakeTlsSocket(socket, platform.crypto, { key, domain }, budget.rest());
  return new StreamTransport(endpoint, inner, codec);
}

function dataCenterSecret({ secret }: Endpoint): MtproxySecret | null {
  return secret === undefined ? null : parseMtproxySecret(secret);
}

function codecOf(
  endpoint: Endpoint,
  secret: MtproxySecret | null,
  { crypto }: Platform,
): PacketCodec {
  const wanted = FRAMINGS[endpoint.protocol] ?? 'padded';
  const obfuscated =
    endpoint.obfuscated === true || endpoint.protocol === 'obfuscated2' || secret !== null;
  if (!obfuscated) return createCodec(wanted, 'client', crypto);
  // The full framing has no tag that obfuscated2 could carry, and `dd` secrets demand padding.
  const framing: ObfuscatedFraming =
    wanted === 'full' || secret?.padded === true ? 'padded' : wanted;
  return new ObfuscatedClient({ crypto, framing, dcId: endpoint.dcId, secret: secret?.key });
}
