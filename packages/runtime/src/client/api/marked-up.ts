import type { ParseMode, TlObject } from '@tlgen/codec';
import type { FormattedText } from '../../text/types.js';
import type { ApiContext } from './context.js';
import type { Conversion, Fields } from './conversion.js';
import { ParameterError } from './errors.js';
import { Lookup } from './lookup.js';
import type { Plan } from './plan.js';
import { described } from './words.js';

/** The parameter that `client.api` adds to methods that send text. */
export const PARSE_MODE = 'parseMode';

const MODES: readonly ParseMode[] = ['html', 'markdown', 'markdownv2'];

/** A method's parameters once the markup of its text is read. */
export interface MarkedUp {
  readonly given: Fields;
  /** Null: there is no markup to read. */
  readonly formatted: FormattedText | null;
}

/**
 * Reads the markup of `message` as `parseMode` says; without it the text stays what it is.
 *
 * @throws ParameterError, TextError
 */
export function readMarkup(context: ApiContext, plan: Plan, given: Fields): MarkedUp {
  if (!Object.hasOwn(given, PARSE_MODE)) return { given, formatted: null };
  const { [PARSE_MODE]: mode, ...rest } = given;
  if (mode === undefined || mode === null) return { given: rest, formatted: null };
  const method = plan.one.tl;
  const parseMode = modeOf(mode, method);
  if (has(rest, 'entities')) {
    const reason = 'entities say what the text is already: give one of the two';
    throw new ParameterError(method, PARSE_MODE, reason);
  }
  const { message } = rest;
  // A text that is missing or no text is for the parameter's own check to tell.
  if (typeof message !== 'string') return { given: rest, formatted: null };
  const formatted = context.text.parse(message, parseMode);
  const replyMarkup = linkKeyboard(context, plan, rest, formatted);
  const markup = replyMarkup && { replyMarkup };
  return { given: { ...rest, message: formatted.text, ...markup }, formatted };
}

/** The entities of a text, put into the request before it is sent. */
export function addEntities(
  conversion: Conversion,
  request: TlObject,
  { entities }: FormattedText,
): void {
  if (entities.length === 0) return;
  const { text } = conversion.context;
  conversion.lookups.push(
    new Lookup((options) => text.entities(entities, options)).into(request, 'entities'),
  );
}

function linkKeyboard(
  context: ApiContext,
  plan: Plan,
  given: Fields,
  { buttons }: FormattedText,
): TlObject | undefined {
  if (!buttons || buttons.length === 0 || has(given, 'replyMarkup')) return undefined;
  if (!plan.fields.has('replyMarkup')) {
    const reason = 'the text asks for buttons, and this method sends none: leave them out';
    throw new ParameterError(plan.one.tl, 'message', reason);
  }
  return context.text.linkButtons(buttons);
}

const has = (given: Fields, name: string): boolean =>
  given[name] !== undefined && given[name] !== null;

/** The Bot API writes modes in its own case: `HTML`, `MarkdownV2`. */
function modeOf(given: unknown, method: string): ParseMode {
  const lower = typeof given === 'string' ? given.toLowerCase() : '';
  const mode = MODES.find((one) => one === lower);
  if (mode !== undefined) return mode;
  const got = typeof given === 'string' ? 'another word' : described(given);
  throw new ParameterError(method, PARSE_MODE, `expected ${MODES.join(', ')}, got ${got}`);
}
