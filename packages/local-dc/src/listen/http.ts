import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { MAX_PACKET_FROM_CLIENT } from '@tlgen/runtime/transport';
import type { ConnectionSink, ServerCore } from '../protocol/index.js';

/** What browsers need to be allowed to post from any page. */
const HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Methods': 'POST, OPTIONS',
  'Access-Control-Allow-Headers': 'origin, content-type',
  'Access-Control-Max-Age': '1728000',
  'Cache-Control': 'no-store',
};

/** One request: a packet comes with it, at most one leaves with the response. */
class HttpSink implements ConnectionSink {
  constructor(private readonly response: ServerResponse) {}

  packet(bytes: Uint8Array): void {
    this.#end(200, bytes);
  }

  /** HTTP carries no quick acknowledgements. */
  quickAck(): void {}

  error(code: number): void {
    const status = code <= -400 && code > -600 ? -code : 500;
    this.#end(status, new Uint8Array(Int32Array.of(code).buffer));
  }

  close(broken: boolean): void {
    if (broken) this.response.destroy();
    else this.#end(200, new Uint8Array(0));
  }

  #end(status: number, body: Uint8Array): void {
    const { response } = this;
    if (response.writableEnded || response.destroyed) return;
    const type = { 'Content-Type': 'application/octet-stream', 'Content-Length': body.length };
    response.writeHead(status, { ...HEADERS, ...type });
    response.end(body);
  }
}

/** Collects the body of a request. @returns null when it is longer than a packet may be. */
function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > MAX_PACKET_FROM_CLIENT) resolve(null);
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    request.on('error', reject);
    request.on('close', () => resolve(null));
  });
}

/**
 * An HTTP server that takes packets by POST at any path. It does not listen: connections are handed to it.
 *
 * @param dcId - the data center that it speaks for.
 */
export function httpServer(core: ServerCore, dcId: number): Server {
  const server = createServer((request, response) => {
    void serve(core, dcId, request, response).catch(() => response.destroy());
  });
  // A long poll may take its time, and so may a kept connection.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 120_000;
  return server;
}

async function serve(
  core: ServerCore,
  dcId: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    const status = request.method === 'OPTIONS' ? 204 : 405;
    response.writeHead(status, { ...HEADERS, Allow: 'POST, OPTIONS' }).end();
    return;
  }
  const body = await readBody(request);
  if (body === null) {
    if (!response.destroyed) response.writeHead(413, { ...HEADERS, Connection: 'close' }).end();
    return;
  }
  const connection = core.open({ dcId, polling: true }, new HttpSink(response));
  response.on('close', () => connection.lost());
  connection.receive(body);
}
