import type {
  ApiSchema,
  CallOptions,
  ParseMode,
  ReplyMarkupLike,
  TlMethod,
  TlObject,
} from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { Log } from '../../core/logger.js';
import type { InvokeOptions } from '../../core/types.js';
import type { PeerInputs } from '../../peers/types.js';
import type { FormattedText, LinkButton, TextEntity } from '../../text/types.js';

/** What texts and keyboards of calls are made with. */
export interface ApiText {
  /** @throws TextError when the markup is not closed, or not known. */
  parse(text: string, mode: ParseMode): FormattedText;
  /** Looks up the users that the text mentions. */
  entities(
    entities: readonly TextEntity[],
    options?: CallOptions,
  ): Promise<readonly base.TypeMessageEntity[]>;
  /** The keyboard of the links that a text asked for. */
  linkButtons(rows: readonly (readonly LinkButton[])[]): base.TypeReplyMarkup;
  replyMarkup(like: ReplyMarkupLike, options?: CallOptions): Promise<base.TypeReplyMarkup>;
}

/** Turns a loose value into an object of the TL type (`InputMedia`) that the field has. */
export type Converter = (value: unknown, type: string, options: CallOptions) => Promise<TlObject>;

/** Loose values of parts that a client may lack: without a converter they are refused. */
export interface ApiConverters {
  /** `FileLike`: `InputFile`, `InputMedia`, `InputPhoto` … */
  readonly file?: Converter | undefined;
  /** `SecretChatLike`: `InputEncryptedChat`. */
  readonly secretChat?: Converter | undefined;
}

/** What `client.api` needs of the client. */
export interface ApiContext {
  readonly schema: ApiSchema;
  readonly log: Log;
  invoke<Result>(request: TlMethod<Result>, options?: InvokeOptions): Promise<Result>;
  /**
   * Runs work that the call's signal and timeout, and the client's `close()`, end, by the signal the work is given:
   * what has to be looked up and the call itself share one timeout.
   *
   * @param what - names the work in messages.
   */
  cancellable<T>(
    options: CallOptions,
    what: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
  /** So many bytes nobody can guess. */
  random(length: number): Uint8Array;
  /** Wall clock, milliseconds; the server's where it is known. */
  now(): number;
  /** What rules of the overlay fill in by name. */
  readonly settings: { readonly apiId: number; readonly apiHash: string };
  readonly peers: PeerInputs;
  readonly text: ApiText;
  readonly converters?: ApiConverters | undefined;
}
