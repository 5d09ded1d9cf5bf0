import type { base } from '@tlgen/telegram';
import { Filter } from './filter.js';
import { finderOf, type FoundMatch } from './finder.js';
import type { InChat } from './found.js';

/** Someone pressed a button of a message that a bot sent. */
export interface FoundCallback<Data extends string = string> extends InChat {
  readonly update: base.UpdateBotCallbackQuery;
  readonly query: base.UpdateBotCallbackQuery;
  /** The button's data as UTF-8; empty for that of a game. */
  readonly data: Data;
}

/** Someone pressed a button of a message that was sent by way of a bot: nobody tells in which chat. */
export interface FoundInlineCallback<Data extends string = string> {
  readonly update: base.UpdateInlineBotCallbackQuery;
  readonly query: base.UpdateInlineBotCallbackQuery;
  /** The button's data as UTF-8; empty for that of a game. */
  readonly data: Data;
}

/** Someone asks a bot from the input field of another chat. */
export interface FoundInline<Text extends string = string> {
  readonly update: base.UpdateBotInlineQuery;
  readonly query: base.UpdateBotInlineQuery;
  /** What was typed after the bot's name. */
  readonly queryText: Text;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Someone pressed a button with callback data in a chat of the bot: any, these, or such that the expression finds
 * something in them. Adds `query`, `data`, `chatId`, and the `match` of an expression. Answer with `event.answer()`.
 *
 * Presses in messages sent by way of the bot are `inlineCallbackQuery`; those for a business, and those of ephemeral
 * messages, `update('updateBusinessBotCallbackQuery', 'updateEphemeralBotCallbackQuery')`.
 *
 * @throws FilterError for what is neither a string nor a regular expression.
 * @example `filters.callbackQuery(/^page:(\d+)$/)`
 */
export function callbackQuery(): Filter<FoundCallback>;
export function callbackQuery<const Data extends string>(data: Data): Filter<FoundCallback<Data>>;
export function callbackQuery(data: RegExp): Filter<FoundCallback & FoundMatch>;
export function callbackQuery(wanted?: string | RegExp): Filter<FoundCallback> {
  const find = finding('callbackQuery', wanted);
  return new Filter(({ update, chatId }) => {
    if (update._ !== 'updateBotCallbackQuery' || chatId === null) return null;
    const data = dataOf(update.data);
    const found = find(data);
    return found && { update, query: update, chatId, data, ...found };
  });
}

/**
 * Someone pressed a button of a message that was sent by way of the bot, in whatever chat: `query.msgId` is what
 * edits it. Data as of `callbackQuery`. Adds `query`, `data`, and the `match` of an expression.
 *
 * @throws FilterError for what is neither a string nor a regular expression.
 * @example `filters.inlineCallbackQuery('vote')`
 */
export function inlineCallbackQuery(): Filter<FoundInlineCallback>;
export function inlineCallbackQuery<const Data extends string>(
  data: Data,
): Filter<FoundInlineCallback<Data>>;
export function inlineCallbackQuery(data: RegExp): Filter<FoundInlineCallback & FoundMatch>;
export function inlineCallbackQuery(wanted?: string | RegExp): Filter<FoundInlineCallback> {
  const find = finding('inlineCallbackQuery', wanted);
  return new Filter(({ update }) => {
    if (update._ !== 'updateInlineBotCallbackQuery') return null;
    const data = dataOf(update.data);
    const found = find(data);
    return found && { update, query: update, data, ...found };
  });
}

/**
 * Someone asks a bot inline: anything, this, or what the expression finds something in. Adds `query`, `queryText`, and
 * the `match` of an expression.
 *
 * @example `filters.inlineQuery(/^weather (.+)$/i)`
 */
export function inlineQuery(): Filter<FoundInline>;
export function inlineQuery<const Text extends string>(text: Text): Filter<FoundInline<Text>>;
export function inlineQuery(text: RegExp): Filter<FoundInline & FoundMatch>;
export function inlineQuery(wanted?: string | RegExp): Filter<FoundInline> {
  const find = finding('inlineQuery', wanted);
  return new Filter(({ update }) => {
    if (update._ !== 'updateBotInlineQuery') return null;
    const queryText = update.query ?? '';
    const found = find(queryText);
    return found && { update, query: update, queryText, ...found };
  });
}

const dataOf = (data: Uint8Array | undefined): string => (data ? utf8.decode(data) : '');

/** Whether a text is wanted, and what an expression found in it. */
function finding(
  filter: string,
  wanted: string | RegExp | undefined,
): (text: string) => Partial<FoundMatch> | null {
  if (wanted === undefined) return () => ({});
  if (typeof wanted === 'string') return (text) => (text === wanted ? {} : null);
  const find = finderOf(filter, wanted, 'a string for a text as it is');
  return (text) => {
    const match = find(text);
    return match && { match };
  };
}
