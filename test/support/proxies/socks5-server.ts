import {
  startProxy,
  type Credentials,
  type ProxyRequest,
  type ProxyServer,
} from './proxy-server.js';

const NO_AUTH = 0;
const PASSWORD = 2;
const NONE = 0xff;

/** Bound addresses as answers have them: `abc:80` and `0.0.0.0:80`. */
const BOUND = { domain: [3, 3, 0x61, 0x62, 0x63, 0, 80], ipv4: [1, 0, 0, 0, 0, 0, 80] } as const;

/**
 * A SOCKS5 proxy (RFC 1928, 1929); with credentials it takes nobody without them.
 *
 * @param options - `bound`: kind of the bound address in its answers; a host name shows whether its length is read.
 */
export function startSocks5(
  options: {
    credentials?: Credentials;
    resolve?: (target: ProxyRequest) => ProxyRequest;
    bound?: keyof typeof BOUND;
  } = {},
): Promise<ProxyServer> {
  const { credentials, bound = 'domain' } = options;
  return startProxy(
    async (reader, socket) => {
      const [version, count = 0] = await reader.take(2);
      if (version !== 5) return null;
      const methods = await reader.take(count);
      const method = credentials === undefined ? NO_AUTH : PASSWORD;
      if (!methods.includes(method)) {
        socket.write(Uint8Array.of(5, NONE));
        return null;
      }
      socket.write(Uint8Array.of(5, method));
      if (credentials !== undefined) {
        const [, nameSize = 0] = await reader.take(2);
        const username = (await reader.take(nameSize)).toString();
        const [size = 0] = await reader.take(1);
        const password = (await reader.take(size)).toString();
        const right = username === credentials.username && password === credentials.password;
        socket.write(Uint8Array.of(1, right ? 0 : 1));
        if (!right) return null;
      }
      const [, command, , type] = await reader.take(4);
      let host: string;
      if (type === 1) {
        host = [...(await reader.take(4))].join('.');
      } else if (type === 4) {
        const bytes = await reader.take(16);
        host = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16)).join(
          ':',
        );
      } else {
        const [size = 0] = await reader.take(1);
        host = (await reader.take(size)).toString();
      }
      const port = (await reader.take(2)).readUInt16BE();
      if (command !== 1) {
        socket.write(Uint8Array.of(5, 7, 0, 1, 0, 0, 0, 0, 0, 0));
        return null;
      }
      return { host, port };
    },
    (socket, connected) => {
      if (connected) socket.write(Uint8Array.of(5, 0, 0, ...BOUND[bound]));
      else socket.write(Uint8Array.of(5, 5, 0, 1, 0, 0, 0, 0, 0, 0));
    },
    options.resolve,
  );
}
