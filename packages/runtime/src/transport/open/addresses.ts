import type { SocketFactory, SocketTarget } from '../../platform/sockets.js';
import { hostPort } from '../proxy/address.js';
import { TEST_OFFSET, TransportError, type Endpoint } from '../types.js';

const HTTP_PORT = 80;
const HTTPS_PORT = 443;

/** Where the web protocols go. */
export interface WebAddress {
  readonly target: SocketTarget;
  /** Host and, unless it is the usual one, port: as URLs and the `Host` header have it. */
  readonly authority: string;
  readonly path: string;
}

/** Address, TLS settings and path of an endpoint that speaks http or web sockets. */
export function webAddressOf(endpoint: Endpoint): WebAddress {
  const { host, port, protocol, tlsName, tlsCa } = endpoint;
  const encrypted = protocol === 'https' || protocol === 'websocket_tls';
  const name = tlsName ?? host;
  const usual = encrypted ? HTTPS_PORT : HTTP_PORT;
  const authority =
    port === usual ? hostPort(name, port).slice(0, -`:${port}`.length) : hostPort(name, port);
  const path = endpoint.path ?? usualPath(endpoint);
  if (!/^[\x21-\x7e]+$/.test(authority) || !/^\/[\x21-\x7e]*$/.test(path)) {
    throw new TransportError(
      'bad-settings',
      'Host name and path of an endpoint must be ASCII without spaces, and the path begins with /',
    );
  }
  const tls = encrypted ? { serverName: name, ca: tlsCa } : undefined;
  return { target: { host, port, tls }, authority, path };
}

/** See "MTProto transports", sections "HTTP" and "WebSocket". */
function usualPath({ protocol, dcId }: Endpoint): string {
  const test = Math.abs(dcId) > TEST_OFFSET;
  switch (protocol) {
    case 'http':
      return test ? '/api_test' : '/api';
    case 'https':
      return test ? '/apiw_test1' : '/apiw1';
    default:
      return test ? '/apiws_test' : '/apiws';
  }
}

/** A factory that connects to one target, whatever it is asked for: a URL's name is not its address. */
export function pinned(sockets: SocketFactory, target: SocketTarget): SocketFactory {
  return { connect: (_asked, options) => sockets.connect(target, options) };
}
