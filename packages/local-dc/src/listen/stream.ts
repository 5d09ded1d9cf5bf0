import type { CryptoProvider } from '@tlgen/runtime/crypto';
import {
  createCodec,
  detectFraming,
  FakeTlsServer,
  TransportError,
  type MtproxySecret,
  type PacketCodec,
} from '@tlgen/runtime/transport';
import type { ConnectionSink, ServerConnection, ServerCore } from '../protocol/index.js';
import { openObfuscated } from './obfuscated.js';

/** Bytes of an obfuscated2 header. */
const INIT_SIZE = 64;

/** A byte stream to a client: a TCP socket, or the messages of a web socket. */
export interface ByteSink {
  write(bytes: Uint8Array): void;
  /** Closes the stream once everything is written. */
  close(): void;
}

/** What a stream needs to know of its listener. */
export interface StreamContext {
  readonly core: ServerCore;
  readonly crypto: CryptoProvider;
  readonly dcId: number;
  readonly secrets: readonly MtproxySecret[];
  /** Server time, seconds. */
  readonly now: () => number;
}

/** Turns the bytes of one client into packets of a connection and back; finds out by itself how they are framed. */
export class StreamPeer implements ConnectionSink {
  #head: Uint8Array = new Uint8Array(0);
  #codec: PacketCodec | null = null;
  #connection: ServerConnection | null = null;
  #fakeTls: FakeTlsServer | null = null;
  #fakeSecrets: MtproxySecret[] | null = null;
  #closed = false;

  /** @param obfuscatedOnly - web sockets carry nothing else. */
  constructor(
    private readonly context: StreamContext,
    private readonly out: ByteSink,
    private readonly obfuscatedOnly = false,
  ) {}

  /** Takes the next bytes of the client. Never throws for what is in them. */
  receive(chunk: Uint8Array): void {
    if (this.#closed) return;
    try {
      this.#outer(chunk);
    } catch (thrown) {
      if (!(thrown instanceof TransportError)) throw thrown;
      this.#refuse('frame', null, thrown.message);
      this.close();
    }
  }

  /** The client has closed the stream, or it broke. */
  lost(): void {
    this.#closed = true;
    this.#connection?.lost();
  }

  packet(bytes: Uint8Array): void {
    if (this.#codec) this.#write(this.#codec.encode(bytes));
  }

  quickAck(token: number): void {
    if (!this.#codec) return;
    try {
      this.#write(this.#codec.encodeQuickAck(token));
    } catch (thrown) {
      // `full` has none; a client of it cannot ask, but one behind a fault hook might.
      if (!(thrown instanceof TransportError)) throw thrown;
    }
  }

  error(code: number): void {
    const bytes = new Uint8Array(Int32Array.of(code).buffer);
    if (this.#codec) this.#write(this.#codec.encode(bytes));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection?.lost();
    this.out.close();
  }

  /** MTProxy's imitation of TLS, if it is there; the stream within goes on. */
  #outer(chunk: Uint8Array): void {
    if (this.#codec === null && this.#fakeTls === null && this.#fakeSecrets === null) {
      this.#head = join(this.#head, chunk);
      const detected = this.obfuscatedOnly
        ? ({ type: 'obfuscated' } as const)
        : detectFraming(this.#head);
      if (detected === null) return;
      if (detected.type === 'tls') {
        this.#fakeSecrets = this.context.secrets.filter((one) => one.domain !== null);
        if (this.#fakeSecrets.length === 0)
          throw new TransportError('bad-frame', 'TLS on the port without TLS');
        const head = this.#head;
        this.#head = new Uint8Array(0);
        this.#tls(head);
        return;
      }
      this.#begin(detected);
      return;
    }
    if (this.#fakeSecrets !== null || this.#fakeTls !== null) this.#tls(chunk);
    else this.#inner(chunk);
  }

  /** The ClientHello is tried with each secret, since only the right one opens it. */
  #tls(chunk: Uint8Array): void {
    const now = this.context.now();
    if (this.#fakeTls === null) {
      this.#head = join(this.#head, chunk);
      const length = 5 + (((this.#head[3] ?? 0) << 8) | (this.#head[4] ?? 0));
      if (this.#head.length < 5 || this.#head.length < length) return;
      const { tls, step } = this.#openTls(now);
      this.#fakeTls = tls;
      this.#fakeSecrets = null;
      this.#head = new Uint8Array(0);
      if (step.send) this.out.write(step.send);
      for (const data of step.data) this.#inner(data);
      return;
    }
    const step = this.#fakeTls.receive(chunk, now);
    for (const data of step.data) this.#inner(data);
  }

  #openTls(now: number) {
    let failure: unknown = null;
    for (const { key } of this.#fakeSecrets ?? []) {
      try {
        const tls = new FakeTlsServer({ crypto: this.context.crypto, secret: key });
        return { tls, step: tls.receive(this.#head.slice(), now) };
      } catch (thrown) {
        failure = thrown;
      }
    }
    throw failure;
  }

  #inner(chunk: Uint8Array): void {
    if (this.#closed) return;
    if (this.#codec === null) {
      this.#head = join(this.#head, chunk);
      // Inside the imitation of TLS there is nothing but obfuscated2.
      this.#begin({ type: 'obfuscated' });
      return;
    }
    this.#frames(this.#codec, chunk);
  }

  #begin(detected: NonNullable<ReturnType<typeof detectFraming>>): void {
    const { context } = this;
    if (detected.type === 'framing') {
      this.#codec = createCodec(detected.framing, 'server', context.crypto);
      this.#open(context.dcId, false);
      this.#rest(this.#codec, detected.strip);
      return;
    }
    if (detected.type !== 'obfuscated')
      throw new TransportError('bad-frame', 'a request of HTTP where none can be');
    if (this.#head.length < INIT_SIZE) return;
    const header = this.#head.slice(0, INIT_SIZE);
    const { codec, dcId } = openObfuscated(context.crypto, context.secrets, header);
    this.#codec = codec;
    const asked = dcId ?? context.dcId;
    if (Math.abs(asked) % 10_000 !== context.dcId || Math.abs(asked) >= 20_000) {
      this.#refuse('wrong-dc', -444, `the header names data center ${asked}`);
      this.error(-444);
      this.close();
      return;
    }
    this.#open(context.dcId, asked < 0);
    this.#rest(codec, INIT_SIZE);
  }

  #open(dcId: number, media: boolean): void {
    this.#connection = this.context.core.open({ dcId, media }, this);
  }

  #rest(codec: PacketCodec, from: number): void {
    const rest = this.#head.slice(from);
    this.#head = new Uint8Array(0);
    if (rest.length > 0) this.#frames(codec, rest);
  }

  #frames(codec: PacketCodec, chunk: Uint8Array): void {
    for (const frame of codec.decode(chunk)) {
      if (frame.type === 'packet') this.#connection?.receive(frame.bytes, frame.quickAck === true);
      if (this.#closed) return;
    }
  }

  #write(bytes: Uint8Array): void {
    if (!this.#closed) this.out.write(this.#fakeTls ? this.#fakeTls.wrap(bytes) : bytes);
  }

  #refuse(kind: 'frame' | 'wrong-dc', code: number | null, detail: string): void {
    const { core, dcId } = this.context;
    const connection = this.#connection?.id ?? 0;
    core.refuse({ kind, code, dcId, connection, sessionId: null, msgId: null, detail });
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
