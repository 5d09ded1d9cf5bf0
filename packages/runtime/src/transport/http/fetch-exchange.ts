import { concat } from '../../crypto/bytes.js';
import type { SocketAddress } from '../../platform/sockets.js';
import type { HttpFetch } from '../../platform/types.js';
import { MAX_PACKET_FROM_SERVER } from '../framing/limits.js';
import { badFrame } from '../framing/payload.js';
import { transportErrorOf } from '../socket/limits.js';
import { TransportError } from '../types.js';
import type { HttpAnswer, HttpExchange } from './exchange.js';

/** Posts by the host's `fetch`, where there are no sockets. */
export class FetchExchange implements HttpExchange {
  /** What `fetch` has not sent cannot be known. */
  readonly buffered = 0;
  private readonly closing = new AbortController();

  constructor(
    private readonly fetch: HttpFetch,
    private readonly url: string,
    readonly remoteAddress: SocketAddress,
  ) {}

  async post(packet: Uint8Array): Promise<HttpAnswer> {
    try {
      const { signal } = this.closing;
      const { status, body } = await this.fetch(this.url, { method: 'POST', body: packet, signal });
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of body) {
        size += chunk.length;
        if (size > MAX_PACKET_FROM_SERVER) throw badFrame('an HTTP body that does not end');
        chunks.push(chunk);
      }
      return { status, body: concat(...chunks) };
    } catch (error) {
      throw transportErrorOf(error);
    }
  }

  close(): void {
    this.closing.abort(new TransportError('connection', 'The transport was closed'));
  }
}
