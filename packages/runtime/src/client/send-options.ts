import type { ParseMode, ReplyMarkupLike } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { MediaContext, MediaOptions } from '../files/media/index.js';
import type { FormattedText } from '../text/types.js';
import type { ApiText } from './api/index.js';
import type { SentText } from '../text/sending.js';

/** A text below a file. */
export interface Caption {
  readonly caption?: string | FormattedText | undefined;
  /** The caption is marked up. Default: it is taken as it is. */
  readonly parseMode?: ParseMode | undefined;
}

/**
 * What several files may be sent with; the caption is that of the first. `timeout` and `signal` count for the uploads
 * and the messages together.
 */
export interface SendAlbumOptions extends MediaOptions, Caption {
  /** Id of the message that this one answers. */
  readonly replyTo?: number | undefined;
  /** Without a sound at the receivers. */
  readonly silent?: boolean | undefined;
  /** To be sent at that time. */
  readonly scheduleDate?: Date | undefined;
  /** Nobody can forward or save it. */
  readonly noforwards?: boolean | undefined;
}

/** What a file may be sent with. */
export interface SendMediaOptions extends SendAlbumOptions {
  /** A keyboard below it. */
  readonly replyMarkup?: ReplyMarkupLike | undefined;
}

/** A file that was sent. */
export interface SentFile extends SentText {
  /** What the server made of the file; null: it did not tell. */
  readonly media: base.TypeMessageMedia | null;
}

/** What sending files needs of the client. */
export interface SendMediaContext extends MediaContext {
  readonly text: ApiText;
  random(length: number): Uint8Array;
}
