import type { base } from '@tlgen/telegram';
import type { SendTextOptions } from '../../text/sending.js';
import type { FormattedText } from '../../text/types.js';
import { Filter } from '../filters/filter.js';
import type { UpdateEvent } from './event.js';
import type { WaitOptions } from './types.js';

/** What answers a question unless a filter says so: a message that is new, and not about the chat itself. */
export const NEXT_MESSAGE = new Filter<{ readonly message: base.Message }>(({ message, edited }) =>
  message?._ === 'message' && !edited ? { message } : null,
);

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
