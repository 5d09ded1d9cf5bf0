import { describe, expect, it } from 'vitest';
import type {
  DuplexSocket,
  SocketReceiver,
} from '../../../../packages/runtime/src/platform/sockets.js';
import { HttpConnection } from '../../../../packages/runtime/src/transport/http/connection.js';

/** Tells its end while it is being closed, as a socket of the user's own may. */
class PromptSocket implements DuplexSocket {
  readonly remoteAddress = { host: 'x', port: 1 };
  readonly localAddress = { host: 'y', port: 2 };
  readonly buffered = 0;
  receiver: SocketReceiver | null = null;
  closed = 0;

  write(): void {}

  listen(receiver: SocketReceiver): void {
    this.receiver = receiver;
  }

  close(): void {
    if (this.closed++ === 0) this.receiver?.onClose();
  }
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function asked(): { socket: PromptSocket; answer: Promise<{ body: Uint8Array }> } {
  const socket = new PromptSocket();
  const connection = new HttpConnection(socket, () => undefined);
  return { socket, answer: connection.request(bytes('POST'), bytes('')) };
}

describe('a connection over a socket that tells its end at once', () => {
  it('ws-http/behaviour: a whole answer counts, though it is the last', async () => {
    const { socket, answer } = asked();
    socket.receiver?.onData(
      bytes('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi'),
    );
    expect((await answer).body).toEqual(bytes('hi'));
    expect(socket.closed).toBe(1);
  });

  it('ws-http/behaviour: what is broken is told as broken, not as an answer', async () => {
    const { socket, answer } = asked();
    socket.receiver?.onData(
      bytes('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\nzz\r\n'),
    );
    await expect(answer).rejects.toMatchObject({ code: 'bad-frame' });
    expect(socket.closed).toBe(1);
  });
});
