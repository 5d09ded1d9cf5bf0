import { TlgenError } from '@tlgen/codec';
import type { SocketAddress, SocketFactory } from '../platform/sockets.js';

/** What a framing yields: one packet of MTProto, or one of the two things that are shorter than a packet. */
export type Frame =
  | {
      readonly type: 'packet';
      readonly bytes: Uint8Array;
      /** At the server only: the client asks for a quick acknowledgement of this packet. */
      readonly quickAck?: true;
    }
  /** The server has received the packet with this token: unsigned, top bit set (see `quickAckToken`). */
  | { readonly type: 'quick-ack'; readonly token: number }
  /** A transport error, negative: -404 no such key or data center, -429 too many connections, -444 wrong data center. */
  | { readonly type: 'error'; readonly code: number };

/** One direction-aware framing of a byte stream, sans-IO: the same code runs at the client and at the server. */
export interface PacketCodec {
  /**
   * Frames a packet for the wire. The first call of a client also prepends what announces the framing.
   *
   * @param quickAck - asks the server for a quick acknowledgement; ignored by framings without one.
   * @throws TransportError `bad-packet` unless the length is a positive multiple of 4 within the limit.
   */
  encode(packet: Uint8Array, quickAck?: boolean): Uint8Array;
  /**
   * The server's quick acknowledgement; the top bit of the token is set whether or not it is given.
   *
   * @throws TransportError `bad-packet` where the framing has none (`full`).
   */
  encodeQuickAck(token: number): Uint8Array;
  /**
   * Takes the next bytes, however they are cut, and gives the frames they complete. The chunk belongs to the codec
   * from then on, because packets that lie in one chunk are views of it.
   *
   * @throws TransportError `bad-frame`: the stream cannot be trusted any more and has to be closed.
   */
  decode(chunk: Uint8Array): Frame[];
}

/** What went wrong below MTProto. */
export type TransportErrorCode =
  /** A packet that cannot be framed. */
  | 'bad-packet'
  /** Bytes that are no frame: length out of range, wrong checksum, wrong sequence number. */
  | 'bad-frame'
  /** The connection could not be made, or broke. */
  | 'connection'
  /** It took longer than it was given. */
  | 'timeout'
  /** The proxy refused: wrong credentials, unreachable target, not a proxy. */
  | 'proxy'
  /** A protocol this library knows and does not speak: `udp`. */
  | 'unsupported'
  /** Wrong settings: an unknown protocol, a broken MTProxy secret. */
  | 'bad-settings';

/** What goes wrong below MTProto. */
export class TransportError extends TlgenError {
  override readonly name = 'TransportError';

  constructor(
    readonly code: TransportErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Names as the settings spell them. */
export type Protocol =
  | 'tcp_full'
  | 'tcp_abridged'
  | 'tcp_intermediate'
  | 'tcp_padded_intermediate'
  /** Obfuscated padded intermediate over TCP. */
  | 'obfuscated2'
  | 'websocket'
  | 'websocket_tls'
  | 'http'
  | 'https'
  /** Refused with a clear error, as it always was. */
  | 'udp';

/** Ids of test data centers are this much higher, where an id is told to a server. */
export const TEST_OFFSET = 10_000;

/** Where a data center listens. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly ipv6?: boolean | undefined;
  /** Signed id that the obfuscated header carries: +10000 for test servers, negative for media. */
  readonly dcId: number;
  readonly protocol: Protocol;
  /**
   * Wraps a TCP framing in obfuscated2 (the server may demand it). `tcp_full` has no obfuscated form: padded
   * intermediate goes in its place.
   */
  readonly obfuscated?: boolean | undefined;
  /** Host name for TLS and the `Host` header; the address when left out. */
  readonly tlsName?: string | undefined;
  /** PEM of the authority to trust instead of the host's, for `https` and `websocket_tls`. */
  readonly tlsCa?: string | undefined;
  /** Path of `http`, `https` and web sockets; the protocol's usual one when left out. */
  readonly path?: string | undefined;
  /** Secret that a data center itself demands (`dcOption.secret`): 16 bytes, or one of MTProxy's longer forms. */
  readonly secret?: Uint8Array | undefined;
}

/** An open way to a data center that carries packets. */
export interface Transport {
  readonly endpoint: Endpoint;
  readonly remoteAddress: SocketAddress;
  /** Bytes sent that the host has not taken yet. */
  readonly buffered: number;
  /** Whether the server can only speak when it is spoken to (http): the session then sends `http_wait`. */
  readonly polling: boolean;
  /** Sends a packet; never throws: a broken connection is told by `onClose`. */
  send(packet: Uint8Array, quickAck?: boolean): void;
  listen(receiver: TransportReceiver): void;
  close(): void;
}

/** Who is told what a transport brings. */
export interface TransportReceiver {
  onFrame(frame: Frame): void;
  /** Polling transports only: no request is under way, so the server cannot say anything. */
  onIdle?(): void;
  onClose(error?: Error): void;
}

/** `{ type: 'socks5' … }`, `{ type: 'http' … }`, `{ type: 'mtproxy' … }`, or a factory of your own. */
export type Proxy =
  | {
      readonly type: 'socks5' | 'http';
      readonly host: string;
      readonly port: number;
      readonly username?: string | undefined;
      readonly password?: string | undefined;
    }
  | {
      readonly type: 'mtproxy';
      readonly host: string;
      readonly port: number;
      /** Hex or base64url: 16 bytes, `dd` + 16 bytes, or `ee` + 16 bytes + host name. */
      readonly secret: string | Uint8Array;
    }
  | SocketFactory;
