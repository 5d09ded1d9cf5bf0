import type { JsonValue } from './json.js';
import type { TlMethod, TlObject } from './object.js';

/** What every call takes beside its parameters. */
export interface CallOptions {
  /** Gives the call up when it aborts. */
  readonly signal?: AbortSignalLike | undefined;
  /** Gives the call up after that many milliseconds. */
  readonly timeout?: number | undefined;
}

/** The part of the platform's `AbortSignal` that matters here. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Something that carries out method calls: the client, a test double, a worker's proxy. */
export interface Invoker<Options extends CallOptions = CallOptions> {
  /** Sends a request; resolves with the server's answer, typed by the request. */
  invoke<Result, Errors extends string>(
    request: TlMethod<Result, Errors>,
    options?: Options,
  ): Promise<Result>;
}

/** A user, chat or channel: `@name`, marked id, t.me link, phone, `me`, or an object that names one. */
export type PeerLike = string | number | bigint | TlObject;

/** A secret chat: its id, an update or message of it, or `inputEncryptedChat`. */
export type SecretChatLike = number | TlObject;

/** A file: a path or URL, bytes, a Bot API file id, or a media object that has one. */
export type FileLike = string | Uint8Array | TlObject;

/** A value that is sent as `dataJSON`. */
export type DataJsonLike = JsonValue | TlObject;
