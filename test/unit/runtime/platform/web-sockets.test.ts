import { describe, expect, it } from 'vitest';
import {
  webSocketsOf,
  type WebSocketEvents,
  type WebSocketLike,
} from '../../../../packages/runtime/src/platform/web-sockets.js';

/** A web socket of a host that does what the test says. */
class FakeWebSocket implements WebSocketLike {
  binaryType = '';
  readyState = 0;
  bufferedAmount = 3;
  readonly sent: Uint8Array[] = [];
  closed = 0;
  private readonly listeners: { type: string; listener: (event: never) => void }[] = [];

  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {}

  addEventListener<K extends keyof WebSocketEvents>(
    type: K,
    listener: (event: WebSocketEvents[K]) => void,
  ): void {
    this.listeners.push({ type, listener });
  }

  tell<K extends keyof WebSocketEvents>(type: K, event: WebSocketEvents[K]): void {
    if (type === 'open') this.readyState = 1;
    if (type === 'close') this.readyState = 3;
    for (const one of this.listeners) if (one.type === type) one.listener(event as never);
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }

  close(): void {
    this.closed += 1;
  }
}

const URL_OF_DC = 'wss://venus.web.example.test/apiws';

function open(options: { signal?: AbortSignal; timeout?: number; sockets?: never } = {}) {
  const made: FakeWebSocket[] = [];
  const opener = webSocketsOf((url, protocol) => {
    const socket = new FakeWebSocket(url, protocol);
    made.push(socket);
    return socket;
  });
  const signal = options.signal ?? new AbortController().signal;
  const opening = opener.open(URL_OF_DC, { timeout: 60_000, ...options, signal });
  return { made, opening, socket: () => made[0]! };
}

describe('web sockets of a host', () => {
  it('carry bytes with subprotocol binary', async () => {
    const { opening, socket } = open();
    expect([socket().url, socket().protocol]).toEqual([URL_OF_DC, 'binary']);
    expect(socket().binaryType).toBe('arraybuffer');
    socket().tell('open', {});
    const duplex = await opening;
    expect(duplex.remoteAddress).toEqual({ host: 'venus.web.example.test', port: 443 });
    expect(duplex.buffered).toBe(3);
    duplex.write(Uint8Array.of(1, 2));
    expect(socket().sent).toEqual([Uint8Array.of(1, 2)]);
    socket().tell('message', { data: Uint8Array.of(7).buffer });
    socket().tell('message', { data: 'text is no data' });
    const log: unknown[] = [];
    duplex.listen({ onData: (bytes) => log.push([...bytes]), onClose: (error) => log.push(error) });
    socket().tell('message', { data: Uint8Array.of(8).buffer });
    socket().tell('close', { code: 1000, wasClean: true });
    expect(log).toEqual([[7], [8], undefined]);
    duplex.write(Uint8Array.of(3));
    expect(socket().sent).toHaveLength(1);
  });

  it('a broken one says so', async () => {
    const { opening, socket } = open();
    socket().tell('open', {});
    const duplex = await opening;
    const ends: unknown[] = [];
    duplex.listen({ onData: () => {}, onClose: (error) => ends.push(error) });
    socket().tell('error', {});
    socket().tell('close', { code: 1006, wasClean: false });
    duplex.close();
    expect(ends).toEqual([expect.objectContaining({ name: 'SocketError', code: 'connection' })]);
  });

  it('one that does not open, a signal and the time end it', async () => {
    const failing = open();
    failing.socket().tell('error', {});
    failing.socket().tell('close', { code: 1006, wasClean: false });
    await expect(failing.opening).rejects.toMatchObject({ code: 'connection' });

    const abort = new AbortController();
    const aborted = open({ signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(aborted.opening).rejects.toThrow('enough');
    expect(aborted.socket().closed).toBe(1);

    const late = open({ timeout: 0 });
    await expect(late.opening).rejects.toMatchObject({ code: 'timeout' });
    expect(late.socket().closed).toBe(1);

    const before = open({ signal: AbortSignal.abort(new Error('before')) });
    await expect(before.opening).rejects.toThrow('before');
    expect(before.made).toEqual([]);
  });

  it('a socket factory is refused, because the host connects by itself', async () => {
    const { opening, made } = open({ sockets: {} as never });
    await expect(opening).rejects.toMatchObject({ code: 'unsupported' });
    expect(made).toEqual([]);
  });
});
