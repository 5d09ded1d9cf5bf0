import {
  TlObject,
  type ApiSchema,
  type BotApiButton,
  type BotApiReplyMarkup,
  type ReplyMarkupLike,
} from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { KeyboardError } from '../errors.js';
import type { InputUserOf } from '../message-entities.js';
import type { LinkButton } from '../types.js';
import { inlineButton, replyButton, type ButtonContext } from './buttons.js';

const MARKUPS: readonly string[] = [
  'replyInlineMarkup',
  'replyKeyboardMarkup',
  'replyKeyboardHide',
  'replyKeyboardForceReply',
] satisfies base.TypeReplyMarkup['_'][];

/**
 * Makes TL's `ReplyMarkup` of a keyboard in the shape of the Bot API; one of TL stays as it is.
 *
 * @param inputUser - looks up the users of profile links and the bots of log-in buttons.
 * @throws KeyboardError for what is no keyboard, with row and column of the button.
 * @throws SchemaError when the schema has no such buttons (these are those of layer 229).
 */
export async function toReplyMarkup(
  schema: ApiSchema,
  like: ReplyMarkupLike,
  inputUser: InputUserOf,
): Promise<base.TypeReplyMarkup> {
  if (like instanceof TlObject) return asMarkup(like);
  const markup: BotApiReplyMarkup = like;
  const context = { schema, inputUser };
  if ('inline_keyboard' in markup) {
    const rows = await Promise.all(
      rowsOf<BotApiButton>(markup.inline_keyboard).map(async (buttons, row) =>
        constructObject<base.KeyboardInlineButtonRow>(schema, 'keyboardInlineButtonRow', {
          buttons: await Promise.all(
            buttons.map(async (one, column) => inlineButton({ ...context, row, column }, one)),
          ),
        }),
      ),
    );
    return constructObject<base.ReplyInlineMarkup>(schema, 'replyInlineMarkup', { rows });
  }
  const selective = 'selective' in markup ? markup.selective : undefined;
  if ('keyboard' in markup) {
    return constructObject<base.ReplyKeyboardMarkup>(schema, 'replyKeyboardMarkup', {
      rows: replyRows(context, markup.keyboard),
      resize: markup.resize_keyboard,
      singleUse: markup.one_time_keyboard,
      persistent: markup.is_persistent,
      placeholder: markup.input_field_placeholder,
      selective,
    });
  }
  if ('remove_keyboard' in markup) {
    return constructObject<base.ReplyKeyboardHide>(schema, 'replyKeyboardHide', { selective });
  }
  if ('force_reply' in markup) {
    return constructObject<base.ReplyKeyboardForceReply>(schema, 'replyKeyboardForceReply', {
      placeholder: markup.input_field_placeholder,
      selective,
    });
  }
  throw new KeyboardError(
    'This is no keyboard: give inline_keyboard, keyboard, remove_keyboard, force_reply, or an object of TL',
  );
}

/** The keyboard of link buttons below a message, as {@link FormattedText.buttons} has them. */
export function linkButtons(
  schema: ApiSchema,
  rows: readonly (readonly LinkButton[])[],
): base.ReplyInlineMarkup {
  const made = rows.map((row) =>
    constructObject<base.KeyboardInlineButtonRow>(schema, 'keyboardInlineButtonRow', {
      buttons: row.map(({ text, url }) => {
        const type = constructObject<base.InlineButtonTypeUrl>(schema, 'inlineButtonTypeUrl', {
          url,
        });
        const init = { text, type };
        return constructObject<base.KeyboardInlineButton>(schema, 'keyboardInlineButton', init);
      }),
    }),
  );
  return constructObject<base.ReplyInlineMarkup>(schema, 'replyInlineMarkup', { rows: made });
}

function asMarkup(object: TlObject): base.TypeReplyMarkup {
  if (MARKUPS.includes(object._)) return object as base.TypeReplyMarkup;
  throw new KeyboardError(`${object._} is no keyboard: give one of ${MARKUPS.join(', ')}`);
}

function replyRows(
  context: Pick<ButtonContext, 'schema' | 'inputUser'>,
  keyboard: readonly (readonly (BotApiButton | string)[])[],
): base.KeyboardButtonRow[] {
  return rowsOf<BotApiButton | string>(keyboard).map((buttons, row) =>
    constructObject<base.KeyboardButtonRow>(context.schema, 'keyboardButtonRow', {
      buttons: buttons.map((one, column) => replyButton({ ...context, row, column }, one)),
    }),
  );
}

/** Rows as they should be, whoever wrote them. */
function rowsOf<Button>(rows: readonly (readonly Button[])[]): readonly (readonly Button[])[] {
  if (!Array.isArray(rows))
    throw new KeyboardError('The keyboard has no rows: give an array of arrays');
  for (const [row, buttons] of rows.entries()) {
    if (!Array.isArray(buttons) || buttons.length === 0) {
      throw new KeyboardError('The row is no array of buttons: give it at least one', row);
    }
    for (const [column, one] of buttons.entries()) {
      if (typeof one !== 'string' && (typeof one !== 'object' || one === null)) {
        throw new KeyboardError('This is no button: give an object with a text', row, column);
      }
    }
  }
  return rows;
}
