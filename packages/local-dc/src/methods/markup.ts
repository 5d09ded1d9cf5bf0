import * as tl from '@tlgen/telegram';
import { badRequest } from '../world/fault.js';

/** Most bytes in a button's data. */
const DATA_MAX = 64;
/** Most buttons of a keyboard. */
const BUTTONS_MAX = 300;

/**
 * @throws RpcFault `REPLY_MARKUP_INVALID` for empty keyboards, rows and buttons, `REPLY_MARKUP_TOO_LONG`,
 * `BUTTON_DATA_INVALID`, `BUTTON_URL_INVALID`.
 */
export function checkMarkup(markup: tl.TypeReplyMarkup | undefined): void {
  if (markup === undefined || !('rows' in markup)) return;
  let count = 0;
  for (const { buttons } of markup.rows) {
    if (buttons.length === 0) throw badRequest('REPLY_MARKUP_INVALID');
    for (const { text, type } of buttons) {
      count++;
      if (text === '') throw badRequest('REPLY_MARKUP_INVALID');
      checkType(type);
    }
  }
  if (count === 0) throw badRequest('REPLY_MARKUP_INVALID');
  if (count > BUTTONS_MAX) throw badRequest('REPLY_MARKUP_TOO_LONG');
}

function checkType(type: tl.TypeButtonType | tl.TypeInlineButtonType): void {
  if (type instanceof tl.InlineButtonTypeCallback) {
    const { length } = type.data;
    if (length === 0 || length > DATA_MAX) throw badRequest('BUTTON_DATA_INVALID');
  }
  const link = /^(https?|tg|ton):\/\/\S+$|^[\w-]+(\.[\w-]+)+(\/\S*)?$/i;
  if (type instanceof tl.InlineButtonTypeUrl && !link.test(type.url))
    throw badRequest('BUTTON_URL_INVALID');
}
