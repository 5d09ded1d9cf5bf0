import { concat } from '../../crypto/bytes.js';
import type { SocketFactory, SocketTarget } from '../../platform/sockets.js';
import { ByteBuffer } from '../framing/byte-buffer.js';
import type { Conversation } from '../socket/negotiate.js';
import { TransportError } from '../types.js';
import { hostPort, ipv4Bytes, ipv6Bytes } from './address.js';
import { proxyError, proxySockets, type ProxyHost, type ProxySettings } from './host.js';

const VERSION = 5;
const NO_AUTH = 0;
const PASSWORD = 2;
const IPV4 = 1;
const DOMAIN = 3;
const IPV6 = 4;

const REFUSALS: readonly string[] = [
  'succeeded',
  'failed',
  'does not allow the connection',
  'cannot reach the network of the target',
  'cannot reach the target',
  'was refused by the target',
  'ran out of time',
  'does not know how to connect',
  'does not know this kind of address',
];

/** Connections through a SOCKS5 proxy (RFC 1928), with a user name and password (RFC 1929) if there are any. */
export function socks5Sockets(proxy: ProxySettings, host: ProxyHost): SocketFactory {
  return proxySockets('SOCKS5', proxy, host, (target) => new Socks5Client(proxy, target));
}

/** What a client of SOCKS5 says, sans-IO. Host names are resolved by the proxy. */
export class Socks5Client implements Conversation {
  readonly name: string;
  readonly opening: Uint8Array;
  private readonly buffer = new ByteBuffer();
  private readonly request: Uint8Array;
  private readonly credentials: Uint8Array | null;
  private stage: 'method' | 'auth' | 'connect' = 'method';

  /** @throws TransportError `bad-settings` for credentials or addresses that SOCKS5 cannot carry. */
  constructor(proxy: ProxySettings, target: SocketTarget) {
    this.name = `Connecting through the SOCKS5 proxy ${hostPort(proxy.host, proxy.port)}`;
    this.request = concat(
      Uint8Array.of(VERSION, 1, 0),
      addressOf(target.host),
      Uint8Array.of(target.port >> 8, target.port & 0xff),
    );
    this.credentials =
      proxy.username === undefined
        ? null
        : concat(
            Uint8Array.of(1),
            shortText('user name', proxy.username),
            shortText('password', proxy.password ?? ''),
          );
    const methods = this.credentials === null ? [NO_AUTH] : [NO_AUTH, PASSWORD];
    this.opening = Uint8Array.of(VERSION, methods.length, ...methods);
  }

  receive(chunk: Uint8Array, say: (bytes: Uint8Array) => void): Uint8Array | null {
    this.buffer.push(chunk);
    for (;;) {
      if (this.stage === 'method') {
        if (this.buffer.length < 2) return null;
        this.chooseMethod(say);
      } else if (this.stage === 'auth') {
        if (this.buffer.length < 2) return null;
        const [, status] = this.buffer.take(2);
        if (status !== 0) throw proxyError('SOCKS5', 'refused the user name and password');
        this.stage = 'connect';
        say(this.request);
      } else {
        return this.connected();
      }
    }
  }

  closed(error?: Error): Error {
    return proxyError('SOCKS5', 'closed the connection before it was made', error);
  }

  private chooseMethod(say: (bytes: Uint8Array) => void): void {
    const [version, method] = this.buffer.take(2);
    if (version !== VERSION) throw proxyError('SOCKS5', 'does not speak SOCKS5');
    if (method === NO_AUTH) {
      this.stage = 'connect';
      say(this.request);
    } else if (method === PASSWORD && this.credentials !== null) {
      this.stage = 'auth';
      say(this.credentials);
    } else {
      const wanted =
        this.credentials === null
          ? 'wants a user name and password'
          : 'wants another way to sign in';
      throw proxyError('SOCKS5', wanted);
    }
  }

  private connected(): Uint8Array | null {
    const { buffer } = this;
    if (buffer.length < 5) return null;
    if (buffer.byte(0) !== VERSION) throw proxyError('SOCKS5', 'does not speak SOCKS5');
    const reply = buffer.byte(1);
    if (reply !== 0) {
      throw proxyError('SOCKS5', REFUSALS[reply] ?? `failed with code ${reply}`);
    }
    const address = boundAddressSize(buffer.byte(3), buffer.byte(4));
    if (buffer.length < 4 + address + 2) return null;
    buffer.skip(4 + address + 2);
    return buffer.take(buffer.length);
  }
}

/** Bytes of the address in the proxy's answer, behind its type. */
function boundAddressSize(type: number, first: number): number {
  if (type === IPV4) return 4;
  if (type === IPV6) return 16;
  if (type === DOMAIN) return 1 + first;
  throw proxyError('SOCKS5', `answered with an address of unknown type ${type}`);
}

function addressOf(host: string): Uint8Array {
  const v4 = ipv4Bytes(host);
  if (v4 !== null) return concat(Uint8Array.of(IPV4), v4);
  const v6 = ipv6Bytes(host);
  if (v6 !== null) return concat(Uint8Array.of(IPV6), v6);
  return concat(Uint8Array.of(DOMAIN), shortText('host name', host));
}

/** 1 … 255 bytes behind their length; an empty password is sent as it is, as proxies that ignore it expect. */
function shortText(what: string, text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length > 255 || (bytes.length === 0 && what !== 'password')) {
    throw new TransportError('bad-settings', `SOCKS5: the ${what} must have 1 to 255 bytes`);
  }
  return concat(Uint8Array.of(bytes.length), bytes);
}
