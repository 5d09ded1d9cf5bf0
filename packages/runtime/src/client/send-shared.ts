import type { ApiSchema, CallOptions, ParseMode, ReplyMarkupLike } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../network/construct.js';
import { parseText } from '../text/index.js';
import type { FormattedText } from '../text/types.js';
import type { ApiText } from './api/index.js';

/** A text as it was given: marked up, or in parts already. @throws TextError. */
export function formatted(
  text: string | FormattedText,
  mode: ParseMode | undefined,
): FormattedText {
  if (typeof text !== 'string') return text;
  return mode === undefined ? { text, entities: [] } : parseText(text, mode);
}

/** Whom a text mentions, as requests take it; absent without any. */
export async function entitiesOf(
  text: ApiText,
  { entities }: FormattedText,
  options: CallOptions,
): Promise<base.TypeMessageEntity[] | undefined> {
  const found = await text.entities(entities, options);
  return found.length > 0 ? [...found] : undefined;
}

/** What stands below a message: the keyboard that was given, or the link buttons its text asks for. */
export async function markupOf(
  text: ApiText,
  { buttons }: FormattedText,
  markup: ReplyMarkupLike | undefined,
  options: CallOptions,
): Promise<base.TypeReplyMarkup | undefined> {
  return markup ? text.replyMarkup(markup, options) : buttons && text.linkButtons(buttons);
}

/** The message that another one answers. */
export function replyToOf(
  schema: ApiSchema,
  replyTo: number | undefined,
): base.InputReplyToMessage | undefined {
  return replyTo === undefined
    ? undefined
    : constructObject<base.InputReplyToMessage>(schema, 'inputReplyToMessage', {
        replyToMsgId: replyTo,
      });
}

/** Unix time, seconds. */
export function secondsOf(date: Date | undefined): number | undefined {
  return date && Math.floor(date.getTime() / 1000);
}

/** Names a message of ours, so that the server takes it once. */
export function randomIdOf(random: (length: number) => Uint8Array): bigint {
  const bytes = random(8);
  return new DataView(bytes.buffer, bytes.byteOffset).getBigInt64(0);
}
