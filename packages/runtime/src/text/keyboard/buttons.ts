import type { ApiSchema, BotApiButton } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { KeyboardError } from '../errors.js';
import { readLink } from '../links.js';
import type { InputUserOf } from '../message-entities.js';

/** What buttons are made with, and where the one at hand is. */
export interface ButtonContext {
  readonly schema: ApiSchema;
  readonly inputUser: InputUserOf;
  readonly row: number;
  readonly column: number;
}

const INLINE = [
  'url',
  'callback_data',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'callback_game',
  'pay',
  'web_app',
  'copy_text',
  'login_url',
] as const;
const REPLY = ['request_contact', 'request_location', 'request_poll', 'web_app'] as const;

type InlineAction = (typeof INLINE)[number];
type ReplyAction = (typeof REPLY)[number];

/** Bytes of `callback_data`, by the Bot API. */
const MAX_CALLBACK_DATA = 64;

/** A button below a message: its text, and exactly one thing that it does. */
export async function inlineButton(
  context: ButtonContext,
  button: BotApiButton,
): Promise<base.TypeKeyboardInlineButton> {
  const text = textOf(context, button);
  const given = actionsOf(button, INLINE);
  const [action] = given;
  if (action === undefined || given.length > 1) {
    fail(
      context,
      given.length > 1
        ? `The button has ${given.join(' and ')}: give it one of them`
        : `The button does nothing: give it one of ${INLINE.join(', ')}`,
    );
  }
  noneOf(context, button, ['request_contact', 'request_location', 'request_poll'], 'keyboard');
  const type = await inlineType(context, button, action);
  return make<base.KeyboardInlineButton>(context, 'keyboardInlineButton', { text, type });
}

/** A button in place of the keyboard: a text to send, or a request. */
export function replyButton(
  context: ButtonContext,
  like: BotApiButton | string,
): base.TypeKeyboardButton {
  const button = typeof like === 'string' ? { text: like } : like;
  const text = textOf(context, button);
  const others = INLINE.filter((one) => one !== 'web_app');
  noneOf(context, button, others, 'inline_keyboard');
  const given = actionsOf(button, REPLY);
  if (given.length > 1) {
    fail(context, `The button has ${given.join(' and ')}: give it one of them`);
  }
  const type = replyType(context, button, given[0]);
  return make<base.KeyboardButton>(context, 'keyboardButton', { text, type });
}

async function inlineType(
  context: ButtonContext,
  button: BotApiButton,
  action: InlineAction,
): Promise<base.TypeInlineButtonType> {
  switch (action) {
    case 'url':
      return urlType(context, filled(context, 'url', button.url));
    case 'callback_data': {
      const data = dataOf(context, button.callback_data ?? '');
      return make<base.InlineButtonTypeCallback>(context, 'inlineButtonTypeCallback', { data });
    }
    case 'switch_inline_query':
    case 'switch_inline_query_current_chat': {
      const samePeer = action === 'switch_inline_query_current_chat';
      const init = { samePeer, query: button[action] ?? '' };
      return make<base.InlineButtonTypeSwitchInline>(context, 'inlineButtonTypeSwitchInline', init);
    }
    case 'callback_game':
      return make<base.InlineButtonTypeGame>(context, 'inlineButtonTypeGame', {});
    case 'pay':
      return make<base.InlineButtonTypeBuy>(context, 'inlineButtonTypeBuy', {});
    case 'web_app': {
      const url = filled(context, 'web_app.url', button.web_app?.url);
      return make<base.InlineButtonTypeWebView>(context, 'inlineButtonTypeWebView', { url });
    }
    case 'copy_text': {
      const copyText = filled(context, 'copy_text.text', button.copy_text?.text);
      return make<base.InlineButtonTypeCopy>(context, 'inlineButtonTypeCopy', { copyText });
    }
    case 'login_url':
      return loginType(context, button.login_url ?? { url: '' });
  }
}

function replyType(
  context: ButtonContext,
  button: BotApiButton,
  action: ReplyAction | undefined,
): base.TypeButtonType {
  switch (action) {
    case undefined:
      return make<base.ButtonTypeDefault>(context, 'buttonTypeDefault', {});
    case 'request_contact':
      return make<base.ButtonTypeRequestPhone>(context, 'buttonTypeRequestPhone', {});
    case 'request_location':
      return make<base.ButtonTypeRequestGeoLocation>(context, 'buttonTypeRequestGeoLocation', {});
    case 'request_poll': {
      const type = button.request_poll?.type;
      const quiz = type === undefined ? undefined : type === 'quiz';
      return make<base.ButtonTypeRequestPoll>(context, 'buttonTypeRequestPoll', { quiz });
    }
    case 'web_app': {
      const url = filled(context, 'web_app.url', button.web_app?.url);
      return make<base.ButtonTypeSimpleWebView>(context, 'buttonTypeSimpleWebView', { url });
    }
  }
}

/** A link to a user opens the profile; all others are what they are. */
async function urlType(context: ButtonContext, url: string): Promise<base.TypeInlineButtonType> {
  const link = readLink(url);
  if (link?.type !== 'textMention') {
    return make<base.InlineButtonTypeUrl>(context, 'inlineButtonTypeUrl', { url });
  }
  const userId = await context.inputUser(link.user);
  const name = 'inputInlineButtonTypeUserProfile';
  return make<base.InputInlineButtonTypeUserProfile>(context, name, { userId });
}

async function loginType(
  context: ButtonContext,
  login: NonNullable<BotApiButton['login_url']>,
): Promise<base.TypeInlineButtonType> {
  const name = login.bot_username;
  const bot = name === undefined ? undefined : await context.inputUser(name);
  return make<base.InputInlineButtonTypeUrlAuth>(context, 'inputInlineButtonTypeUrlAuth', {
    url: filled(context, 'login_url.url', login.url),
    fwdText: login.forward_text,
    requestWriteAccess: login.request_write_access,
    bot,
  });
}

function make<
  T extends
    | base.TypeKeyboardButton
    | base.TypeKeyboardInlineButton
    | base.TypeInlineButtonType
    | base.TypeButtonType,
>(context: ButtonContext, name: T['_'], init: Parameters<typeof constructObject<T>>[2]): T {
  return constructObject<T>(context.schema, name, init);
}

function dataOf(context: ButtonContext, given: string | Uint8Array): Uint8Array {
  const data = typeof given === 'string' ? new TextEncoder().encode(given) : given;
  if (data.length > 0 && data.length <= MAX_CALLBACK_DATA) return data;
  return fail(
    context,
    `callback_data has ${data.length} bytes: give 1 to ${MAX_CALLBACK_DATA}, and keep the rest at your side`,
  );
}

function textOf(context: ButtonContext, button: BotApiButton): string {
  return filled(context, 'text', button.text);
}

function filled(context: ButtonContext, name: string, value: string | undefined): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  return fail(context, `${name} of the button is empty: give it a text`);
}

/** What a button is given to do; `false` and undefined say nothing. */
function actionsOf<Name extends keyof BotApiButton>(
  button: BotApiButton,
  names: readonly Name[],
): Name[] {
  return names.filter((one) => button[one] !== undefined && button[one] !== false);
}

function noneOf(
  context: ButtonContext,
  button: BotApiButton,
  names: readonly (keyof BotApiButton)[],
  where: string,
): void {
  const [found] = actionsOf(button, names);
  if (found !== undefined) fail(context, `A button with ${found} has its place in ${where} only`);
}

function fail({ row, column }: ButtonContext, reason: string): never {
  throw new KeyboardError(reason, row, column);
}
