import type { CallOptions } from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import { construct, constructObject } from '../../network/construct.js';
import { PeerError } from '../errors.js';
import { messagesOf, type RealMessage } from './message-pages.js';
import type { PeerLookup } from '../needs.js';
import type { PageReader } from './pages.js';
import { peerMark } from '../peer-mark.js';
import { Seen } from './seen.js';
import type { PeersContext } from '../types.js';

/** What is looked for in all conversations; 0: no bound. */
export interface SearchEverywhere {
  readonly query: string;
  readonly filter: base.TypeMessagesFilter;
  readonly minDate: number;
  readonly maxDate: number;
}

/**
 * Reads `messages.searchGlobal`: the next page is named by the rate that the server tells, else by the date of the last
 * message, and by that message's conversation and id.
 */
export function globalReader(
  context: PeersContext,
  lookup: PeerLookup,
  { query, filter, minDate, maxDate }: SearchEverywhere,
): PageReader<RealMessage> {
  const { schema } = context;
  const seen = new Seen();
  let after: { readonly message: RealMessage; readonly rate: number } | null = null;
  return async (limit, options) => {
    const before = after;
    const request = construct<messages.SearchGlobalRequest>(schema, 'messages.searchGlobal', {
      q: query,
      filter,
      minDate,
      maxDate,
      offsetRate: before?.rate ?? 0,
      offsetPeer: await offsetPeer(context, lookup, before?.message, options),
      offsetId: before?.message.id ?? 0,
      limit,
    });
    const answer = await context.invoke(request, options);
    const { found, total, whole } = messagesOf(answer);
    const real = found.filter((message) => message._ !== 'messageEmpty');
    const items = seen.fresh(real, keyOf);
    const end = real.at(-1);
    if (whole || end === undefined || seen.exhausted) return { items, total, last: true };
    const next = answer._ === 'messages.messagesSlice' ? answer.nextRate : undefined;
    after = { message: end, rate: next ?? end.date };
    const stays = before?.rate === after.rate && keyOf(before.message) === keyOf(end);
    return { items, total, last: stays };
  };
}

/** The conversation of the last message; nobody, when it cannot be named. */
async function offsetPeer(
  { schema }: PeersContext,
  lookup: PeerLookup,
  message: RealMessage | undefined,
  options: CallOptions,
): Promise<base.TypeInputPeer> {
  try {
    const mark = message ? peerMark(message.peerId) : null;
    if (mark !== null) return await lookup.inputPeer(mark, options);
  } catch (error) {
    if (!(error instanceof PeerError)) throw error;
  }
  return constructObject<base.InputPeerEmpty>(schema, 'inputPeerEmpty', {});
}

/** Ids of messages count in each channel by itself. */
const keyOf = (message: RealMessage): string => `${peerMark(message.peerId)}:${message.id}`;
