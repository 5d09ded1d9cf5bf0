import type { SocketFactory, SocketTarget } from '../../platform/sockets.js';
import { ByteBuffer } from '../framing/byte-buffer.js';
import { HeadReader } from '../http/head.js';
import type { Conversation } from '../socket/negotiate.js';
import { TransportError } from '../types.js';
import { hostPort } from './address.js';
import { proxyError, proxySockets, type ProxyHost, type ProxySettings } from './host.js';

const AUTHENTICATION_REQUIRED = 407;

/** Connections through an HTTP proxy by CONNECT (RFC 9110), with Basic credentials if there are any. */
export function httpConnectSockets(proxy: ProxySettings, host: ProxyHost): SocketFactory {
  return proxySockets('HTTP', proxy, host, (target) => new HttpConnectClient(proxy, target));
}

/** What a client of an HTTP proxy says, sans-IO. Host names are resolved by the proxy. */
export class HttpConnectClient implements Conversation {
  readonly name: string;
  readonly opening: Uint8Array;
  private readonly buffer = new ByteBuffer();
  private readonly head = new HeadReader();

  /** @throws TransportError `bad-settings` for a host name that no request line can carry. */
  constructor(
    private readonly proxy: ProxySettings,
    target: SocketTarget,
  ) {
    this.name = `Connecting through the HTTP proxy ${hostPort(proxy.host, proxy.port)}`;
    const authority = hostPort(target.host, target.port);
    if (!/^[\x21-\x7e]+$/.test(authority)) {
      throw new TransportError('bad-settings', 'The host name of the target is not ASCII');
    }
    this.opening = new TextEncoder().encode(
      `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${credentialsOf(proxy)}\r\n`,
    );
  }

  receive(chunk: Uint8Array): Uint8Array | null {
    this.buffer.push(chunk);
    const head = this.readHead();
    if (head === null) return null;
    const { status } = head;
    if (status === AUTHENTICATION_REQUIRED) {
      throw proxyError(
        'HTTP',
        this.proxy.username === undefined
          ? 'wants a user name and password (407)'
          : 'refused the user name and password (407)',
      );
    }
    if (status < 200 || status > 299) throw proxyError('HTTP', `refused with status ${status}`);
    return this.buffer.take(this.buffer.length);
  }

  closed(error?: Error): Error {
    return proxyError('HTTP', 'closed the connection before it was made', error);
  }

  private readHead(): { readonly status: number } | null {
    try {
      return this.head.read(this.buffer);
    } catch (error) {
      throw proxyError('HTTP', 'does not speak HTTP', error);
    }
  }
}

function credentialsOf({ username, password = '' }: ProxySettings): string {
  if (username === undefined) return '';
  let latin = '';
  for (const byte of new TextEncoder().encode(`${username}:${password}`)) {
    latin += String.fromCharCode(byte);
  }
  return `Proxy-Authorization: Basic ${btoa(latin)}\r\n`;
}
