import type { base, messages } from '@tlgen/telegram';
import { construct } from '../../network/construct.js';
import { messageId, seconds, type Moment } from './list-options.js';
import { messageReader, type AskMessages, type RealMessage } from './message-pages.js';
import type { AnyPeer, PeerLookup } from '../needs.js';
import { Pages, type PageOptions } from './pages.js';
import { askSearch } from './search.js';
import type { PeersContext } from '../types.js';

/** Which messages of a conversation are wanted, and in which order. */
export interface HistoryOptions extends PageOptions {
  /** Oldest first. Default: newest first. */
  readonly reverse?: boolean | undefined;
  /** Newest first: only those below this id; `reverse`: only those above it. */
  readonly offsetId?: number | undefined;
  /** Newest first: only those before this moment; `reverse`: only those from it on. Date, or seconds since 1970. */
  readonly offsetDate?: Moment | undefined;
  /** Only ids above it. */
  readonly minId?: number | undefined;
  /** Only ids below it. */
  readonly maxId?: number | undefined;
  /** Only what this user or channel sent. */
  readonly from?: AnyPeer | undefined;
}

/** The messages of a conversation, by `messages.getHistory`; with `from`, by `messages.search`. */
export function history(
  context: PeersContext,
  lookup: PeerLookup,
  peer: AnyPeer,
  options: HistoryOptions = {},
): Pages<RealMessage> {
  const { from, reverse = false } = options;
  const range = {
    reverse,
    offsetId: messageId('offsetId', options.offsetId),
    offsetDate: seconds('offsetDate', options.offsetDate),
    minId: messageId('minId', options.minId),
    maxId: messageId('maxId', options.maxId),
  };
  const { offsetDate } = range;
  const ask = (): AskMessages =>
    from === undefined
      ? askHistory(context, lookup, peer)
      : askSearch(context, lookup, {
          peer,
          from,
          // It has no offset by date, only bounds, and whether they count themselves is not said.
          minDate: reverse ? Math.max(offsetDate - 1, 0) : 0,
          maxDate: reverse ? 0 : offsetDate,
        });
  return new Pages(() => messageReader(range, ask()), options);
}

/** Finds the peer once, with the first page. */
function askHistory(context: PeersContext, lookup: PeerLookup, peer: AnyPeer): AskMessages {
  const { schema } = context;
  let input: base.TypeInputPeer | null = null;
  return async (window, options) => {
    input ??= await lookup.inputPeer(peer, options);
    const request = construct<messages.GetHistoryRequest>(schema, 'messages.getHistory', {
      ...window,
      peer: input,
      hash: 0n,
    });
    return context.invoke(request, options);
  };
}
