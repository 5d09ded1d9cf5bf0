import type * as tl from '@tlgen/telegram';

/** What a message says, whoever's copy it is. */
export interface Content {
  readonly text: string;
  readonly entities?: readonly tl.TypeMessageEntity[] | undefined;
  readonly silent?: boolean | undefined;
  /** Message id in the sender's box. */
  readonly replyTo?: number | undefined;
  readonly action?: tl.TypeMessageAction | undefined;
  readonly replyMarkup?: tl.TypeReplyMarkup | undefined;
  readonly media?: tl.TypeMessageMedia | undefined;
  readonly fwdFrom?: tl.TypeMessageFwdHeader | undefined;
  /** Joins the messages of an album. */
  readonly groupedId?: bigint | undefined;
}

/** What a message says, as the fields of `message`: the same in every copy. */
export function saidBy(
  content: Content,
): Pick<tl.Message, 'message' | 'entities' | 'replyMarkup' | 'media' | 'fwdFrom' | 'groupedId'> {
  return {
    message: content.text,
    entities: content.entities ? [...content.entities] : undefined,
    replyMarkup: content.replyMarkup,
    media: content.media,
    fwdFrom: content.fwdFrom,
    groupedId: content.groupedId,
  };
}
