import type { base } from '@tlgen/telegram';
import { Filter } from './filter.js';
import { finderOf, type FoundMatch } from './finder.js';
import type { UpdateNamed } from './updates.js';

/** Someone pressed a button: of a bot's message, of one sent by way of it, of one sent for a business. */
export type CallbackUpdate = UpdateNamed<
  | 'updateBotCallbackQuery'
  | 'updateInlineBotCallbackQuery'
  | 'updateBusinessBotCallbackQuery'
  | 'updateEphemeralBotCallbackQuery'
>;

/** Someone pressed a button of a bot. */
export interface FoundCallback<Data extends string = string> {
  readonly update: CallbackUpdate;
  readonly query: CallbackUpdate;
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
 * Someone pressed a button with callback data: any, these, or such that the expression finds something in them. Adds
 * `query`, `data`, and the `match` of an expression. Answer with `event.answer()`.
 *
 * @example `filters.callbackQuery(/^page:(\d+)$/)`
 */
export function callbackQuery(): Filter<FoundCallback>;
export function callbackQuery<const Data extends string>(data: Data): Filter<FoundCallback<Data>>;
export function callbackQuery(data: RegExp): Filter<FoundCallback & FoundMatch>;
export function callbackQuery(wanted?: string | RegExp): Filter<FoundCallback> {
  const find = finding(wanted);
  return new Filter(({ update }) => {
    switch (update._) {
      case 'updateBotCallbackQuery':
      case 'updateInlineBotCallbackQuery':
      case 'updateBusinessBotCallbackQuery':
      case 'updateEphemeralBotCallbackQuery': {
        const data = update.data ? utf8.decode(update.data) : '';
        const found = find(data);
        return found && { update, query: update, data, ...found };
      }
      default:
        return null;
    }
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
  const find = finding(wanted);
  return new Filter(({ update }) => {
    if (update._ !== 'updateBotInlineQuery') return null;
    const queryText = update.query ?? '';
    const found = find(queryText);
    return found && { update, query: update, queryText, ...found };
  });
}

/** Whether a text is wanted, and what an expression found in it. */
function finding(
  wanted: string | RegExp | undefined,
): (text: string) => Partial<FoundMatch> | null {
  if (wanted === undefined) return () => ({});
  if (typeof wanted === 'string') return (text) => (text === wanted ? {} : null);
  const find = finderOf(wanted);
  return (text) => {
    const match = find(text);
    return match && { match };
  };
}
