import type { SocketFactory } from '../../platform/sockets.js';
import type { Platform } from '../../platform/types.js';
import { transportErrorOf, type Limits } from '../socket/limits.js';
import { TransportError, type Endpoint, type Proxy, type Transport } from '../types.js';
import { routeOf } from './route.js';
import { openStream } from './stream.js';
import { openHttp, openWebSocket } from './web.js';

/** How a connection is made. */
export interface OpenOptions {
  readonly proxy?: Proxy | undefined;
  /** Makes every connection in the host's place; also the one to a proxy. */
  readonly sockets?: SocketFactory | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole way, proxies and TLS included; 10 seconds when left out. */
  readonly timeout?: number | undefined;
}

const DEFAULT_TIMEOUT = 10_000;
const NEVER = new AbortController().signal;

/**
 * Opens a way to a data center. After a failure nothing stays open.
 *
 * @throws TransportError `connection`, `timeout`, `proxy`, `unsupported`, `bad-settings`; the signal's reason.
 */
export async function openTransport(
  endpoint: Endpoint,
  platform: Platform,
  options: OpenOptions = {},
): Promise<Transport> {
  const { proxy, sockets, signal = NEVER, timeout = DEFAULT_TIMEOUT } = options;
  if (signal.aborted) throw signal.reason;
  if (endpoint.protocol === 'udp') {
    throw new TransportError('unsupported', 'MTProto over udp is not supported: use tcp_full');
  }
  const limits: Limits = { clock: platform.clock, signal, timeout };
  try {
    const route = routeOf(platform, proxy, sockets);
    switch (endpoint.protocol) {
      case 'http':
      case 'https':
        return await openHttp(endpoint, route, platform, limits);
      case 'websocket':
      case 'websocket_tls':
        return await openWebSocket(endpoint, route, platform, limits);
      case 'tcp_full':
      case 'tcp_abridged':
      case 'tcp_intermediate':
      case 'tcp_padded_intermediate':
      case 'obfuscated2':
        return await openStream(endpoint, route, platform, limits);
      default:
        throw new TransportError(
          'bad-settings',
          `There is no protocol ${String(endpoint.protocol)}`,
        );
    }
  } catch (error) {
    throw transportErrorOf(error, signal);
  }
}
