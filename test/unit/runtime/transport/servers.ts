import * as net from 'node:net';
import {
  FakeTlsServer,
  ObfuscatedServer,
  createCodec,
  detectFraming,
  type PacketCodec,
} from '../../../../packages/runtime/src/transport/index.js';
import { nodePlatform } from '../../../../packages/runtime/src/platform/node.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import type {
  DuplexSocket,
  SocketFactory,
  SocketTarget,
} from '../../../../packages/runtime/src/platform/sockets.js';
import type { Clock, Platform } from '../../../../packages/runtime/src/platform/types.js';
import type {
  Endpoint,
  Frame,
  Protocol,
  Transport,
} from '../../../../packages/runtime/src/transport/types.js';

/** A listener on loopback that ends everything when it is closed. */
export interface Listener {
  readonly port: number;
  readonly accepted: number;
  readonly open: number;
  close(): Promise<void>;
}

export async function listen(
  serve: (socket: net.Socket) => void,
  host = '127.0.0.1',
): Promise<Listener> {
  return track(net.createServer(serve), host);
}

/** Starts any server of Node and counts its connections. */
export async function track(server: net.Server, host = '127.0.0.1'): Promise<Listener> {
  const sockets = new Set<net.Socket>();
  let accepted = 0;
  server.on('connection', (socket: net.Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  });
  await new Promise<void>((done) => server.listen(0, host, done));
  return {
    port: (server.address() as net.AddressInfo).port,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => done());
      }),
  };
}

/** Returns every packet in reverse, after a quick ack if one was asked for; tells -404 for an empty unencrypted message. */
export function echo(socket: net.Socket, secret?: Uint8Array): void {
  let codec: PacketCodec | null = null;
  let tls: FakeTlsServer | null = null;
  let first = Buffer.alloc(0);
  const write = (bytes: Uint8Array): void => void socket.write(tls ? tls.wrap(bytes) : bytes);
  const inner = (bytes: Uint8Array): void => {
    if (codec === null) {
      first = Buffer.concat([first, bytes]);
      const found = detectFraming(first);
      if (found === null) return;
      const strip = found.type === 'framing' ? found.strip : 0;
      codec =
        found.type === 'framing'
          ? createCodec(found.framing, 'server', nodeCrypto)
          : new ObfuscatedServer({ crypto: nodeCrypto, secret });
      bytes = first.subarray(strip);
    }
    for (const frame of codec.decode(bytes)) answer(codec, frame, write);
  };
  socket.on('data', (bytes) => {
    try {
      if (codec === null && tls === null && detectFraming(bytes)?.type === 'tls') {
        tls = new FakeTlsServer({ crypto: nodeCrypto, secret: secret ?? new Uint8Array(16) });
      }
      if (tls === null) {
        inner(bytes);
        return;
      }
      const { send, data } = tls.receive(bytes, Date.now() / 1000);
      if (send !== null) socket.write(send);
      data.forEach(inner);
    } catch {
      socket.destroy();
    }
  });
}

export function answer(codec: PacketCodec, frame: Frame, write: (bytes: Uint8Array) => void): void {
  if (frame.type !== 'packet') return;
  if (frame.quickAck) write(codec.encodeQuickAck(7));
  if (frame.bytes.length === 20) {
    write(codec.encode(Uint8Array.from([0x6c, 0xfe, 0xff, 0xff])));
    return;
  }
  write(codec.encode(reversed(frame.bytes)));
}

/** A packet stays one in reverse: its first byte must not become zero. */
export function reversed(packet: Uint8Array): Uint8Array {
  return new Uint8Array(packet).reverse();
}

export function endpoint(protocol: Protocol, port: number, more: Partial<Endpoint> = {}): Endpoint {
  return { host: '127.0.0.1', port, dcId: 2, protocol, ...more };
}

/** Waits for the next frame, or for the end. */
export class Listening {
  readonly frames: Frame[] = [];
  idle = 0;
  closed: { error: Error | undefined } | null = null;
  private waiting: (() => void)[] = [];

  constructor(readonly transport: Transport) {
    transport.listen({
      onFrame: (frame) => {
        this.frames.push(frame);
        this.wake();
      },
      onIdle: () => {
        this.idle += 1;
        this.wake();
      },
      onClose: (error) => {
        if (this.closed !== null) throw new Error('closed twice');
        this.closed = { error };
        this.wake();
      },
    });
  }

  async until(met: () => boolean): Promise<void> {
    while (!met()) await new Promise<void>((done) => this.waiting.push(done));
  }

  async frame(): Promise<Frame | undefined> {
    await this.until(() => this.frames.length > 0 || this.closed !== null);
    return this.frames.shift();
  }

  private wake(): void {
    for (const done of this.waiting.splice(0)) done();
  }
}

/** Node's platform whose own sockets must not be used. */
export const isolated: Platform = {
  ...nodePlatform,
  sockets: {
    connect: ({ host, port }) => Promise.reject(new Error(`a way around to ${host}:${port}`)),
  },
};

/** Node's sockets behind a factory of the user's, which sees what is asked for. */
export class CustomSockets implements SocketFactory {
  readonly targets: SocketTarget[] = [];
  readonly sockets: DuplexSocket[] = [];

  async connect(
    target: SocketTarget,
    options: Parameters<SocketFactory['connect']>[1],
  ): Promise<DuplexSocket> {
    this.targets.push(target);
    const socket = await nodePlatform.sockets!.connect(target, options);
    this.sockets.push(socket);
    return socket;
  }
}

/** A clock that moves when it is told to, and counts the timers that are set. */
export class TestClock implements Clock {
  private steady = 1000;
  private readonly timers = new Set<{ at: number; callback: () => void }>();

  get pending(): number {
    return this.timers.size;
  }

  now(): { wall: number; steady: number } {
    return { wall: 1_800_000_000_000 + this.steady, steady: this.steady };
  }

  after(milliseconds: number, callback: () => void): { cancel(): void } {
    const timer = { at: this.steady + milliseconds, callback };
    this.timers.add(timer);
    return { cancel: () => void this.timers.delete(timer) };
  }

  advance(milliseconds: number): void {
    this.steady += milliseconds;
    for (const timer of [...this.timers].sort((a, b) => a.at - b.at)) {
      if (timer.at > this.steady || !this.timers.delete(timer)) continue;
      timer.callback();
    }
  }
}
