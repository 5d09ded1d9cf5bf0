import type { CallOptions, ParseMode, ReplyMarkupLike } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';

/** What a text message may be sent with. `timeout` counts for each request by itself. */
export interface SendTextOptions extends CallOptions {
  /** The text is marked up. Default: it is taken as it is. */
  readonly parseMode?: ParseMode | undefined;
  /** Id of the message that this one answers; the first of several does. */
  readonly replyTo?: number | undefined;
  /** Below the last of several. */
  readonly replyMarkup?: ReplyMarkupLike | undefined;
  /** Without a sound at the receivers. */
  readonly silent?: boolean | undefined;
  /** Without a preview of links. */
  readonly noWebpage?: boolean | undefined;
  /** To be sent at that time. */
  readonly scheduleDate?: Date | undefined;
}

/** A message that was sent. */
export interface SentText {
  /** 0: the server did not tell. */
  readonly id: number;
  /** Unix time, seconds; 0: the server did not tell. */
  readonly date: number;
  /** What the server answered. */
  readonly updates: base.TypeUpdates;
}
