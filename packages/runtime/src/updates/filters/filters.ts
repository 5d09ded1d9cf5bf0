import * as chats from './chats.js';
import { and, not, or } from './combine.js';
import { command } from './command.js';
import * as media from './media.js';
import * as members from './members.js';
import * as messages from './messages.js';
import * as queries from './queries.js';
import * as relations from './relations.js';
import * as texts from './texts.js';
import * as updates from './updates.js';

/** All filters, and what makes them. */
export type Filters = Readonly<
  typeof updates &
    typeof chats &
    typeof messages &
    typeof texts & { command: typeof command } & typeof media &
    typeof relations &
    typeof queries &
    typeof members & { and: typeof and; or: typeof or; not: typeof not }
>;

/**
 * What updates a handler wants. Each says what it adds to the handler's event, and together they add all of it:
 * `filters.private.and(filters.command('start'))`.
 *
 * Filters about what a message is or says (`message`, `text`, `command`, `photo`, `reply` …) see new messages only;
 * `editedTo` turns them to messages that have changed. Those about where and by whom (`private`, `chat`, `from` …) see
 * every update of which that is known.
 */
export const filters: Filters = {
  ...updates,
  ...chats,
  ...messages,
  ...texts,
  command,
  ...media,
  ...relations,
  ...queries,
  ...members,
  and,
  or,
  not,
};
