import {
  startProxy,
  type Credentials,
  type ProxyRequest,
  type ProxyServer,
} from './proxy-server.js';

/** An HTTP proxy that knows CONNECT only; with credentials it takes nobody without them. */
export function startHttpProxy(
  options: { credentials?: Credentials; resolve?: (target: ProxyRequest) => ProxyRequest } = {},
): Promise<ProxyServer> {
  const { credentials } = options;
  return startProxy(
    async (reader, socket) => {
      const [method, authority = ''] = (await reader.line()).split(' ');
      let authorization = '';
      for (let line = await reader.line(); line !== ''; line = await reader.line()) {
        const [, value] = /^proxy-authorization: (.*)$/i.exec(line) ?? [];
        authorization = value ?? authorization;
      }
      const refuse = (status: string, headers = ''): null => {
        socket.write(`HTTP/1.1 ${status}\r\n${headers}Content-Length: 0\r\n\r\n`);
        return null;
      };
      if (method !== 'CONNECT') return refuse('405 Method Not Allowed');
      if (credentials !== undefined) {
        const { username, password } = credentials;
        const right = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
        if (authorization !== right) {
          return refuse('407 Proxy Authentication Required', 'Proxy-Authenticate: Basic\r\n');
        }
      }
      const match = /^(?:\[(.*)\]|([^:]*)):(\d+)$/.exec(authority);
      if (match === null) return refuse('400 Bad Request');
      return { host: match[1] ?? match[2] ?? '', port: Number(match[3]) };
    },
    (socket, connected) => {
      socket.write(
        `HTTP/1.1 ${connected ? '200 Connection established' : '502 Bad Gateway'}\r\n\r\n`,
      );
    },
    options.resolve,
  );
}
