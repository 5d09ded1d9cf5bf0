import type { base, messages } from '@tlgen/telegram';
import { construct } from '../../network/construct.js';
import { globalReader } from './global-search.js';
import { ListOptionError } from './list-errors.js';
import { messageId, seconds, type Moment } from './list-options.js';
import { messageReader, type AskMessages, type RealMessage } from './message-pages.js';
import type { AnyPeer, PeerLookup } from '../needs.js';
import { Pages, type PageOptions } from './pages.js';
import { messagesFilter, type SearchFilter } from './search-filters.js';
import type { PeersContext } from '../types.js';

/** What `search` looks for. */
export interface SearchOptions extends PageOptions {
  /** Words of the message. Default: any. */
  readonly query?: string | undefined;
  /** Kind of message: a name, or an object of TL. Default: any. */
  readonly filter?: SearchFilter | base.TypeMessagesFilter | undefined;
  /** Only what this user or channel sent. In one conversation only. */
  readonly from?: AnyPeer | undefined;
  /** Only after it: date, or seconds since 1970. */
  readonly minDate?: Moment | undefined;
  /** Only before it: date, or seconds since 1970. */
  readonly maxDate?: Moment | undefined;
  /** Newest first: only those below this id; `reverse`: only those above it. In one conversation only. */
  readonly offsetId?: number | undefined;
  /** Only ids above it. In one conversation only. */
  readonly minId?: number | undefined;
  /** Only ids below it. In one conversation only. */
  readonly maxId?: number | undefined;
  /** Oldest first. In one conversation only. */
  readonly reverse?: boolean | undefined;
}

/** Options that only a search in one conversation has. */
const LOCAL = ['from', 'offsetId', 'minId', 'maxId', 'reverse'] as const;

/** Messages of one conversation by `messages.search`, or of all by `messages.searchGlobal`. */
export function search(
  context: PeersContext,
  lookup: PeerLookup,
  peer: AnyPeer | null,
  options: SearchOptions = {},
): Pages<RealMessage> {
  const { query = '', from, reverse = false } = options;
  const filter = messagesFilter(context.schema, options.filter);
  const minDate = seconds('minDate', options.minDate);
  const maxDate = seconds('maxDate', options.maxDate);
  if (peer === null) {
    const wrong = LOCAL.find((name) => options[name] !== undefined);
    if (wrong) throw new ListOptionError(wrong, 'works in one conversation: name it, not null');
    const what = { query, filter, minDate, maxDate };
    return new Pages(() => globalReader(context, lookup, what), options);
  }
  const range = {
    reverse,
    offsetId: messageId('offsetId', options.offsetId),
    offsetDate: 0,
    minId: messageId('minId', options.minId),
    maxId: messageId('maxId', options.maxId),
  };
  const what = { peer, query, filter, from, minDate, maxDate };
  return new Pages(() => messageReader(range, askSearch(context, lookup, what)), options);
}

/** What `messages.search` looks for, beside its paging. */
export interface SearchIn {
  readonly peer: AnyPeer;
  readonly query?: string;
  readonly filter?: base.TypeMessagesFilter;
  readonly from?: AnyPeer | undefined;
  /** Seconds since 1970, 0: no bound. */
  readonly minDate: number;
  readonly maxDate: number;
}

/** Finds the peers once, with the first page. */
export function askSearch(
  context: PeersContext,
  lookup: PeerLookup,
  { peer, query = '', filter, from, minDate, maxDate }: SearchIn,
): AskMessages {
  const { schema } = context;
  let input: base.TypeInputPeer | null = null;
  let fromId: base.TypeInputPeer | undefined;
  return async (window, options) => {
    input ??= await lookup.inputPeer(peer, options);
    if (from !== undefined) fromId ??= await lookup.inputPeer(from, options);
    const request = construct<messages.SearchRequest>(schema, 'messages.search', {
      ...window,
      peer: input,
      fromId,
      q: query,
      filter: filter ?? messagesFilter(schema),
      minDate,
      maxDate,
      hash: 0n,
    });
    return context.invoke(request, options);
  };
}
