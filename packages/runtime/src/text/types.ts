import type { ParseMode } from '@tlgen/codec';

export type { ParseMode };

/** Kinds of entities that need nothing but a place. */
export type PlainEntityType =
  | 'bold'
  | 'italic'
  | 'underline'
  | 'strike'
  | 'spoiler'
  | 'code'
  | 'mention'
  | 'hashtag'
  | 'cashtag'
  | 'botCommand'
  | 'url'
  | 'email'
  | 'phone'
  | 'bankCard';

/** Where an entity stands, in UTF-16 code units of the text without markup. */
interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A part of a text that is more than its characters, whatever layer it will be written in. */
export type TextEntity = Place &
  (
    | { readonly type: PlainEntityType }
    /** A block of code; `language` is empty when none is named. */
    | { readonly type: 'pre'; readonly language: string }
    /** `collapsed`: shown in part until it is opened. */
    | { readonly type: 'blockquote'; readonly collapsed: boolean }
    | { readonly type: 'textUrl'; readonly url: string }
    /** A link to a user: an id, or a user name that is looked up when the text is sent. */
    | { readonly type: 'textMention'; readonly user: bigint | string }
    | { readonly type: 'customEmoji'; readonly customEmojiId: bigint }
  );

/** A text, and what its parts are. Entities are sorted by offset, the longer first. */
export interface FormattedText {
  readonly text: string;
  readonly entities: readonly TextEntity[];
  /** Rows of link buttons that `buttonurl:` links asked for; absent without any. */
  readonly buttons?: readonly (readonly LinkButton[])[] | undefined;
}

/** A button below a message that opens a link. */
export interface LinkButton {
  readonly text: string;
  readonly url: string;
}
