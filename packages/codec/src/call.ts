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

/** What `Api` methods resolve with: nothing when the call says `noResponse`. */
export type Answer<Result, Options> = Options extends { readonly noResponse: true } ? void : Result;

/** Options of a call as they were written, `O`, with nothing in them that `Options` does not know. */
export type KnownOptions<O, Options> = O & {
  readonly [Name in Exclude<keyof O, keyof Options>]: never;
};

/** A required parameter that goes by either of two names. */
export type EitherName<A extends string, B extends string, Type> =
  | ({ readonly [Name in A]: Type } & { readonly [Name in B]?: undefined })
  | ({ readonly [Name in B]: Type } & { readonly [Name in A]?: undefined });

/**
 * An `Api` that is still to be told its options: a generated package's `ApiTypes` extends it. {@link ApiOf} applies it.
 */
export interface ApiTypes {
  readonly options: CallOptions;
  readonly api: object;
}

/** The `Api` of a schema, with methods that take these options. */
export type ApiOf<Types extends ApiTypes, Options extends CallOptions> = (Types & {
  readonly options: Options;
})['api'];

/** Something that carries out method calls: the client, a test double, a worker's proxy. */
export interface Invoker<Options extends CallOptions = CallOptions> {
  /** Sends a request; resolves with the server's answer, typed by the request. */
  invoke<Result, Errors extends string>(
    request: TlMethod<Result, Errors>,
    options?: Options,
  ): Promise<Result>;
}

/** A user, chat or channel: `@name`, marked id, t.me link, phone, `me`, or an object that names one. */
export type PeerLike = string | number | bigint | TlObject | NamedPeer | PeerEvent;

/** What is known of a peer, as `client.peers.info` and the lists of `client.peers` tell it. */
export interface NamedPeer {
  /** What requests take for it: an object of type `InputPeer`. */
  readonly inputPeer: TlObject;
}

/** An event that tells of an update: its chat. */
export interface PeerEvent {
  readonly update: TlObject;
  /** Marked id; null: it tells none. */
  readonly chatId: bigint | null;
}

/** A secret chat: its id, an update or message of it, or `inputEncryptedChat`. */
export type SecretChatLike = number | TlObject;

/** A keyboard: an object of TL, or one in the shape of the Bot API (`{ inline_keyboard: [[…]] }`). */
export type ReplyMarkupLike = TlObject | BotApiReplyMarkup;

/** Keyboards as the Bot API writes them. */
export type BotApiReplyMarkup =
  | { readonly inline_keyboard: readonly (readonly BotApiButton[])[] }
  | {
      readonly keyboard: readonly (readonly (BotApiButton | string)[])[];
      readonly resize_keyboard?: boolean | undefined;
      readonly one_time_keyboard?: boolean | undefined;
      readonly is_persistent?: boolean | undefined;
      readonly input_field_placeholder?: string | undefined;
      readonly selective?: boolean | undefined;
    }
  | { readonly remove_keyboard: true; readonly selective?: boolean | undefined }
  | {
      readonly force_reply: true;
      readonly input_field_placeholder?: string | undefined;
      readonly selective?: boolean | undefined;
    };

/** A button as the Bot API writes it: its text, and what it does. */
export interface BotApiButton {
  readonly text: string;
  readonly url?: string | undefined;
  readonly callback_data?: string | Uint8Array | undefined;
  readonly switch_inline_query?: string | undefined;
  readonly switch_inline_query_current_chat?: string | undefined;
  readonly callback_game?: object | undefined;
  readonly pay?: boolean | undefined;
  readonly web_app?: { readonly url: string } | undefined;
  readonly copy_text?: { readonly text: string } | undefined;
  readonly login_url?:
    | {
        readonly url: string;
        readonly forward_text?: string | undefined;
        readonly bot_username?: string | undefined;
        readonly request_write_access?: boolean | undefined;
      }
    | undefined;
  readonly request_contact?: boolean | undefined;
  readonly request_location?: boolean | undefined;
  readonly request_poll?: { readonly type?: 'quiz' | 'regular' | undefined } | undefined;
}

/** How the text of a message is marked up. */
export type ParseMode = 'html' | 'markdown' | 'markdownv2';

/** The part of the platform's `Blob` and `File` that matters here. */
export interface BlobLike {
  /** Bytes. */
  readonly size: number;
  /** MIME type; may be empty. */
  readonly type: string;
  /** Of a `File`. */
  readonly name?: string | undefined;
  slice(start?: number, end?: number): BlobLike;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** The part of the platform's `ReadableStream` of bytes that matters here. */
export interface ReadableStreamLike {
  getReader(): {
    read(): Promise<
      | { readonly done: false; readonly value: Uint8Array }
      | { readonly done: true; readonly value?: unknown }
    >;
    cancel(reason?: unknown): Promise<void>;
    releaseLock(): void;
  };
}

/** The part of the platform's `URL` that matters here. */
export interface UrlLike {
  readonly href: string;
}

/** Bytes of a file to send: a path or URL, bytes, a `Blob`, a stream of the web or of Node, or any async iterable. */
export type FileSource =
  | string
  | UrlLike
  | Uint8Array
  | ArrayBuffer
  | BlobLike
  | ReadableStreamLike
  | AsyncIterable<Uint8Array>;

/** A file that was uploaded, or what requests take for one: an object of type `InputFile` or `InputEncryptedFile`. */
export interface UploadedLike {
  readonly inputFile: TlObject;
}

/**
 * A file: bytes to send ({@link FileSource}), one that was uploaded, a Bot API file id, or an object that has one: a
 * message, its media, a photo, a document.
 */
export type FileLike = FileSource | UploadedLike | TlObject;

/** A value that is sent as `dataJSON`. */
export type DataJsonLike = JsonValue | TlObject;
