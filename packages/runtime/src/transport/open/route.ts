import type { SocketFactory } from '../../platform/sockets.js';
import type { Platform } from '../../platform/types.js';
import { parseMtproxySecret, type MtproxySecret } from '../mtproxy/secret.js';
import { httpConnectSockets } from '../proxy/http-connect.js';
import { socks5Sockets } from '../proxy/socks5.js';
import { TransportError, type Endpoint, type Proxy } from '../types.js';
import { customSockets } from './custom-sockets.js';

/** How connections of a client leave the host. */
export interface Route {
  /** Absent where the host has no sockets and nobody gave any. */
  readonly sockets: SocketFactory | undefined;
  /** Whether settings chose the sockets, so that a connection that cannot use them must fail. */
  readonly chosen: boolean;
  /** Where TCP goes instead of the data center. */
  readonly mtproxy: {
    readonly host: string;
    readonly port: number;
    readonly secret: MtproxySecret;
  } | null;
}

/**
 * Works out the route from the settings. A proxy that cannot be used is an error: there is never a direct
 * connection in its place.
 *
 * @throws TransportError `bad-settings` or `unsupported`.
 */
export function routeOf(
  platform: Platform,
  proxy: Proxy | undefined,
  sockets: SocketFactory | undefined,
): Route {
  const { clock } = platform;
  const chosen = sockets !== undefined;
  const base = chosen ? customSockets(sockets, clock) : platform.sockets;
  if (proxy === undefined) return { sockets: base, chosen, mtproxy: null };
  if ('connect' in proxy) {
    return { sockets: customSockets(proxy, clock), chosen: true, mtproxy: null };
  }
  if (base === undefined) {
    throw new TransportError('unsupported', `This host has no sockets for a ${proxy.type} proxy`);
  }
  const host = { sockets: base, clock, secure: platform.secure };
  switch (proxy.type) {
    case 'socks5':
      return { sockets: socks5Sockets(proxy, host), chosen: true, mtproxy: null };
    case 'http':
      return { sockets: httpConnectSockets(proxy, host), chosen: true, mtproxy: null };
    case 'mtproxy':
      return {
        sockets: base,
        chosen: true,
        mtproxy: {
          host: proxy.host,
          port: proxy.port,
          secret: parseMtproxySecret(proxy.secret),
        },
      };
    default:
      throw new TransportError(
        'bad-settings',
        'The proxy must be of type socks5, http or mtproxy, or have a method connect',
      );
  }
}

/** The sockets of a route, for protocols that need them. */
export function socketsOf(route: Route, endpoint: Endpoint): SocketFactory {
  if (route.sockets !== undefined) return route.sockets;
  throw new TransportError(
    'unsupported',
    `This host has no sockets for ${endpoint.protocol}: use websocket_tls or https`,
  );
}
