import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize, sep } from 'node:path';
import { DIST } from '../docs/content.js';

/** Where in the server the site stands, so that an absolute link would lead out of it. */
export const SUB_PATH = '/some/where/';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The built site behind HTTP. */
export interface SiteServer {
  readonly port: number;
  /** Address of the site's root, ending in `/`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Serves the built site below a path, as a plain file server does that knows where 404.html is. */
export async function serveSite(path: string): Promise<SiteServer> {
  const server = createServer((request, response) => {
    void answer(path, request.url ?? '/').then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'max-age=600' });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, url: `http://127.0.0.1:${port}${path}`, close: () => closeServer(server) };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Uint8Array | string;
}

async function answer(root: string, url: string): Promise<Answer> {
  const path = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  if (!path.startsWith(root)) return { status: 404, type: 'text/plain', body: 'not the site' };
  const below = path.slice(root.length);
  const found = await read(below === '' || below.endsWith('/') ? `${below}index.html` : below);
  return found ?? { status: 404, type: TYPES['html']!, body: (await read('404.html'))!.body };
}

async function read(path: string): Promise<Answer | null> {
  const file = normalize(join(DIST, path));
  if (!file.startsWith(normalize(DIST + sep))) return null;
  const type = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain; charset=utf-8';
  const body = await readFile(file).catch(() => null);
  return body === null ? null : { status: 200, type, body };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
