import type { CallOptions } from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import { INT_MAX } from './list-options.js';
import type { PageReader } from './pages.js';

/** A message that is there: what `messageEmpty` stands for is not. */
export type RealMessage = Exclude<base.TypeMessage, base.MessageEmpty>;

/** The paging parameters that `messages.getHistory` and `messages.search` share. */
export interface MessageWindow {
  readonly offsetId: number;
  /** Only in the first request; `messages.search` has no such parameter. */
  readonly offsetDate: number;
  readonly addOffset: number;
  readonly limit: number;
  readonly minId: number;
  readonly maxId: number;
}

/** Which messages of a conversation are wanted; 0: no bound. */
export interface MessageRange {
  /** Newest first: those below it. Oldest first: those above it. */
  readonly offsetId: number;
  /** Newest first: those before it. Oldest first: those from it on. Seconds since 1970. */
  readonly offsetDate: number;
  /** Only ids above it. */
  readonly minId: number;
  /** Only ids below it. */
  readonly maxId: number;
  /** Oldest first. */
  readonly reverse: boolean;
}

/** Sends the request for one page. */
export type AskMessages = (
  window: MessageWindow,
  options: CallOptions,
) => Promise<messages.TypeMessages>;

/** What an answer holds, whichever constructor came. */
export function messagesOf(answer: messages.TypeMessages): {
  readonly found: readonly base.TypeMessage[];
  readonly total: number;
  /** It is the whole list, not a part of it. */
  readonly whole: boolean;
} {
  if (answer._ === 'messages.messagesNotModified') {
    return { found: [], total: answer.count, whole: true };
  }
  const { messages: found } = answer;
  return answer._ === 'messages.messages'
    ? { found, total: found.length, whole: true }
    : { found, total: answer.count, whole: false };
}

/**
 * Reads a conversation's messages by id. The position is an id that only ever moves one way, so nothing comes twice
 * and no server can keep the reader going round, whatever is written or deleted meanwhile.
 *
 * Offsets: https://core.telegram.org/api/offsets. A page begins `add_offset` places after the newest message that is
 * older than `offset_id`; minus the page's length gives those just above `offset_id`.
 */
export function messageReader(range: MessageRange, ask: AskMessages): PageReader<RealMessage> {
  return range.reverse ? oldestFirst(range, ask) : newestFirst(range, ask);
}

function newestFirst(range: MessageRange, ask: AskMessages): PageReader<RealMessage> {
  const { minId } = range;
  // Servers may apply `max_id` to a page that is cut already: one bound on top is the same, and misses nothing.
  let below = Math.min(range.offsetId || Infinity, range.maxId || Infinity);
  let offsetDate = range.offsetDate;
  return async (limit, options) => {
    const offsetId = below === Infinity ? 0 : below;
    const window = { offsetId, offsetDate, addOffset: 0, limit, minId, maxId: 0 };
    const { found, total, whole } = messagesOf(await ask(window, options));
    const items: RealMessage[] = [];
    for (const message of byId(found, -1)) {
      if (message.id >= below || message.id <= minId) continue;
      below = message.id;
      if (message._ === 'messageEmpty') continue;
      if (range.offsetDate === 0 || message.date < range.offsetDate) items.push(message);
    }
    offsetDate = 0;
    const moved = offsetId === 0 ? below < Infinity : below < offsetId;
    return { items, total, last: whole || !moved || below <= minId + 1 };
  };
}

function oldestFirst(range: MessageRange, ask: AskMessages): PageReader<RealMessage> {
  const { maxId } = range;
  let above = Math.max(range.offsetId, range.minId);
  let offsetDate = range.offsetDate;
  return async (limit, options) => {
    const from = above;
    const offsetId = from === 0 && offsetDate > 0 ? 0 : Math.min(from + 1, INT_MAX);
    const window = { offsetId, offsetDate, addOffset: -limit, limit, minId: 0, maxId };
    const { found, total, whole } = messagesOf(await ask(window, options));
    const items: RealMessage[] = [];
    for (const message of byId(found, 1)) {
      if (message.id <= above || (maxId > 0 && message.id >= maxId)) continue;
      above = message.id;
      if (message._ === 'messageEmpty') continue;
      if (range.offsetDate === 0 || message.date >= range.offsetDate) items.push(message);
    }
    offsetDate = 0;
    const end = maxId > 0 && above >= maxId - 1;
    return { items, total, last: whole || above === from || end };
  };
}

/** In one direction, whatever order a server chose. */
const byId = (found: readonly base.TypeMessage[], direction: 1 | -1): base.TypeMessage[] =>
  found.toSorted((a, b) => (a.id - b.id) * direction);
