import type { CryptoProvider } from '../../crypto/provider/types.js';
import type { DuplexSocket, SocketAddress, SocketReceiver } from '../../platform/sockets.js';
import { proxyError } from '../proxy/host.js';
import type { Limits } from '../socket/limits.js';
import { negotiate } from '../socket/negotiate.js';
import { TransportError } from '../types.js';
import { FakeTlsClient } from './client.js';

/**
 * Opens MTProxy's imitation of TLS on a connected socket; on failure the socket is closed.
 *
 * @throws TransportError `proxy` when the server does not prove that it knows the secret; `timeout`.
 */
export async function fakeTlsSocket(
  socket: DuplexSocket,
  crypto: CryptoProvider,
  secret: { readonly key: Uint8Array; readonly domain: string },
  limits: Limits,
): Promise<DuplexSocket> {
  const client = new FakeTlsClient({
    crypto,
    secret: secret.key,
    domain: secret.domain,
    unixTime: Math.floor(limits.clock.now().wall / 1000),
  });
  let early: readonly Uint8Array[] = [];
  const inner = await negotiate(
    socket,
    {
      name: 'The handshake with the MTProxy',
      opening: client.hello,
      receive(chunk) {
        try {
          const { ready, data } = client.receive(chunk);
          if (!ready) return null;
          early = data;
          return new Uint8Array(0);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          throw proxyError('MTProto', `was not accepted: ${reason}`, error);
        }
      },
      closed: (error) => proxyError('MTProto', 'closed the connection in its handshake', error),
    },
    limits,
  );
  return new FakeTlsSocket(inner, client, early);
}

/** Bytes in application data records. `early`: what came with the end of the handshake, out of its records. */
class FakeTlsSocket implements DuplexSocket {
  constructor(
    private readonly inner: DuplexSocket,
    private readonly client: FakeTlsClient,
    private early: readonly Uint8Array[],
  ) {}

  get remoteAddress(): SocketAddress {
    return this.inner.remoteAddress;
  }

  get localAddress(): SocketAddress {
    return this.inner.localAddress;
  }

  get buffered(): number {
    return this.inner.buffered;
  }

  write(bytes: Uint8Array): void {
    this.inner.write(this.client.wrap(bytes));
  }

  listen(receiver: SocketReceiver): void {
    const { early } = this;
    this.early = [];
    for (const bytes of early) receiver.onData(bytes);
    let failure: Error | undefined;
    this.inner.listen({
      onData: (chunk) => {
        try {
          for (const bytes of this.client.receive(chunk).data) receiver.onData(bytes);
        } catch (error) {
          failure ??= error instanceof TransportError ? error : new Error(String(error));
          this.inner.close();
        }
      },
      onClose: (error) => receiver.onClose(failure ?? error),
    });
  }

  close(): void {
    this.inner.close();
  }
}
