import type { ReadableStreamLike } from '@tlgen/codec';
import type { CryptoProvider } from '../crypto/provider/types.js';
import type { CryptoWorkers } from '../crypto/workers.js';
import type { FileSystem } from './file-system.js';
import type { ConnectOptions, DuplexSocket, SocketFactory, SocketTarget } from './sockets.js';

/** Readings of the two clocks, in milliseconds. */
export interface Now {
  /** Since 1970; may jump. */
  readonly wall: number;
  /** Since some moment; never goes back. Deadlines are readings of this clock. */
  readonly steady: number;
}

/** A timer that has been set. */
export interface Timer {
  cancel(): void;
}

/** The host's clocks and timers. */
export interface Clock {
  now(): Now;
  /** Calls back once, after that many milliseconds (0 or more). */
  after(milliseconds: number, callback: () => void): Timer;
}

/** One message-based connection: a web socket of the host. */
export interface WebSocketOpener {
  /** Opens a web socket with subprotocol `binary`; each message becomes data of the duplex socket. */
  open(
    url: string,
    options: {
      readonly signal: AbortSignal;
      readonly timeout: number;
      readonly sockets?: SocketFactory;
    },
  ): Promise<DuplexSocket>;
}

/** Speaks TLS over a socket that is open already: for targets behind a proxy. */
export type TlsUpgrade = (
  socket: DuplexSocket,
  tls: NonNullable<SocketTarget['tls']>,
  options: ConnectOptions,
) => Promise<DuplexSocket>;

/** The part of the standard `fetch` that carries packets over http where there are no sockets. */
export type HttpFetch = (
  url: string,
  request: { readonly method: 'POST'; readonly body: Uint8Array; readonly signal: AbortSignal },
) => Promise<{ readonly status: number; readonly body: AsyncIterable<Uint8Array> }>;

/** The part of the standard `fetch` that gets a file by its URL. */
export type FetchFile = (
  url: string,
  options: { readonly signal?: AbortSignal | undefined },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | ReadableStreamLike | null;
}>;

/** A file that lines are added to. A line that cannot be written is lost. */
export interface LineSink {
  write(line: string): void;
  /** Resolves when all lines are written. */
  close(): Promise<void>;
}

/** What `initConnection` tells about the host, and where its files are. */
export interface Device {
  readonly model: string;
  readonly system: string;
  readonly langCode: string;
  /** Where logs go that go to a file, unless told otherwise; empty where there are no files. */
  readonly logFile: string;
}

/** What differs by host. `#platform` is Node's or the web's, by the conditions of package.json. */
export interface Platform {
  readonly name: 'node' | 'web';
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  /** Absent where there are no TCP sockets. */
  readonly sockets?: SocketFactory | undefined;
  /** Absent where there is no TLS over sockets; then `https` behind a proxy needs a factory that does it. */
  readonly secure?: TlsUpgrade | undefined;
  /** Only where there are no sockets. */
  readonly fetch?: HttpFetch | undefined;
  readonly webSockets: WebSocketOpener;
  /** Compresses to the gzip format, at once; absent where the host has no such thing: nothing is compressed there. */
  readonly gzip?: ((data: Uint8Array) => Uint8Array) | undefined;
  /** Opens a file to add lines to; absent where there are no files. */
  readonly logFile?: ((path: string) => LineSink) | undefined;
  /** Absent where there are no files. */
  readonly fileSystem?: FileSystem | undefined;
  /** Gets files by URL; absent where there is no `fetch`. */
  readonly fetchFile?: FetchFile | undefined;
  /** Ciphers beside the main thread; absent where there is one core or no threads. */
  readonly workers?: CryptoWorkers | undefined;
  readonly device: Device;
}
