import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SiteError } from '../site-error.js';
import { contentType } from './content-types.js';
import { requestPath } from './request-path.js';

/** Answers for a path below the site; null: there is nothing. */
export type Source = (path: string) => Promise<string | Uint8Array | null>;

export interface RunningServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export interface ServerOptions {
  readonly source: Source;
  /** 0: any free one. */
  readonly port: number;
  /** Takes a request before the source does: true when it answered. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Serves a site on this machine only. What is missing is answered with the site's 404.html. */
export async function startServer({
  source,
  port,
  intercept,
}: ServerOptions): Promise<RunningServer> {
  const server = createServer((request, response) => {
    if (intercept?.(request, response)) return;
    answer(request, response, source).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      send(request, response, 500, '.txt', why);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new SiteError(`port ${port} is taken: choose another with --port`)
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${taken}/`, close };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  source: Source,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    send(request, response, 405, '.txt', 'Only GET and HEAD are answered.\n');
    return;
  }
  const path = requestPath(request.url ?? '/');
  const content = path === null ? null : await source(path);
  if (path !== null && content !== null) send(request, response, 200, path, content);
  else send(request, response, 404, '.html', (await source('404.html')) ?? 'Not found\n');
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  path: string,
  content: string | Uint8Array,
): void {
  response.writeHead(status, {
    'Content-Type': contentType(path),
    'Content-Length': Buffer.byteLength(content),
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : content);
}
