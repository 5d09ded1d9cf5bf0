import { CallOptionError } from '../../core/errors.js';
import type { SendTextOptions } from '../../text/sending.js';
import type { FormattedText } from '../../text/types.js';
import { Filter, isFilter } from '../filters/filter.js';
import { newMessageOf, type FoundMessage } from '../filters/found.js';
import type { UpdateEvent } from './event.js';
import type { WaitOptions } from './types.js';

/** What answers a question unless a filter says so: a message that is new, and not about the chat itself. */
export const NEXT_MESSAGE = new Filter<FoundMessage>(newMessageOf);

/**
 * Refuses what is no filter: the options where the filter goes, or its name. Nothing would ever be what it waits for.
 *
 * @throws CallOptionError.
 */
export function checkAwaited(filter: unknown, what: string): void {
  if (isFilter(filter)) return;
  const hint = typeof filter === 'object' && filter !== null ? '; options go behind it' : '';
  throw new CallOptionError(
    'filter',
    `${what}: what is awaited has to be a filter: filters.text()${hint}`,
  );
}

/**
 * Asks in the chat of an event, of which the chat is known. The wait begins before the question is sent, since the
 * answer may come together with the server's word that it was; it is given up when the question cannot be sent.
 */
export async function askBy<Adds extends object>(
  event: UpdateEvent,
  text: string | FormattedText,
  filter: Filter<Adds>,
  { from, ...options }: WaitOptions & SendTextOptions,
): Promise<UpdateEvent & Adds> {
  checkAwaited(filter, 'ask');
  const { signal, timeout } = options;
  const giveUp = new AbortController();
  const abort = (): void => giveUp.abort((signal as { readonly reason?: unknown }).reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  const answer = event.waitFor(filter, { from, timeout, signal: giveUp.signal });
  // told below, unless the question's own failure is
  answer.catch(() => undefined);
  try {
    await event.respond(text, options);
    return await answer;
  } catch (error) {
    giveUp.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
