import type { Platform } from '../../platform/types.js';
import { SocketExchange, type HttpExchange } from '../http/exchange.js';
import { FetchExchange } from '../http/fetch-exchange.js';
import { PollingTransport } from '../http/polling-transport.js';
import { parseMtproxySecret } from '../mtproxy/secret.js';
import { ObfuscatedClient } from '../obfuscated/client.js';
import type { Limits } from '../socket/limits.js';
import { TransportError, type Endpoint, type Transport } from '../types.js';
import { pinned, webAddressOf } from './addresses.js';
import { socketsOf, type Route } from './route.js';
import { StreamTransport } from './stream-transport.js';

/** Opens a web socket, which Telegram's servers take with obfuscated2 only. */
export async function openWebSocket(
  endpoint: Endpoint,
  route: Route,
  platform: Platform,
  limits: Limits,
): Promise<Transport> {
  refuseMtproxy(endpoint, route);
  const { target, authority, path } = webAddressOf(endpoint);
  const secret = endpoint.secret === undefined ? undefined : parseMtproxySecret(endpoint.secret);
  const codec = new ObfuscatedClient({
    crypto: platform.crypto,
    framing: secret?.padded === true ? 'padded' : 'intermediate',
    dcId: endpoint.dcId,
    secret: secret?.key,
  });
  // A host that connects by itself is given a factory only to refuse it.
  const given = platform.sockets !== undefined || route.chosen;
  const socket = await platform.webSockets.open(
    `${target.tls === undefined ? 'ws' : 'wss'}://${authority}${path}`,
    {
      signal: limits.signal,
      timeout: limits.timeout,
      ...(given ? { sockets: pinned(socketsOf(route, endpoint), target) } : {}),
    },
  );
  return new StreamTransport(endpoint, socket, codec);
}

/** Posts packets over http, by sockets or, where there are none, by `fetch`. */
export async function openHttp(
  endpoint: Endpoint,
  route: Route,
  platform: Platform,
  limits: Limits,
): Promise<Transport> {
  refuseMtproxy(endpoint, route);
  const { target, authority, path } = webAddressOf(endpoint);
  let exchange: HttpExchange;
  if (route.sockets === undefined && platform.fetch !== undefined) {
    const url = `${target.tls === undefined ? 'http' : 'https'}://${authority}${path}`;
    const { host, port } = target;
    exchange = new FetchExchange(platform.fetch, url, { host, port });
  } else {
    exchange = await SocketExchange.open(
      {
        sockets: socketsOf(route, endpoint),
        target,
        hostHeader: authority,
        path,
        connectTimeout: limits.timeout,
      },
      limits.signal,
      limits.timeout,
    );
  }
  return new PollingTransport(endpoint, exchange, platform.clock);
}

function refuseMtproxy({ protocol }: Endpoint, { mtproxy }: Route): void {
  if (mtproxy === null) return;
  throw new TransportError(
    'bad-settings',
    `An MTProxy does not carry ${protocol}: use tcp_padded_intermediate or another TCP protocol`,
  );
}
