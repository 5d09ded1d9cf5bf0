import type { base } from '@tlgen/telegram';
import { eventWith } from '../event/with.js';
import { checkFilters, checkTexts } from './check.js';
import { Filter } from './filter.js';
import {
  newMessageOf,
  newServiceOf,
  type FoundMessage,
  type FoundService,
  type InChat,
} from './found.js';
import { run } from './run.js';

/**
 * A new message with text or media, not one about the chat itself.
 *
 * @example `client.on(filters.message, (event) => console.log(event.message.message))`
 */
export const message = new Filter<FoundMessage>(newMessageOf);

/**
 * A message with text or media that has changed.
 *
 * @example `filters.edited.and(filters.private)`
 */
export const edited = new Filter<FoundMessage>(({ message: one, edited: old, chatId }) =>
  one?._ === 'message' && old && chatId !== null ? { message: one, chatId } : null,
);

/**
 * A message that has changed, and that the filter would let pass if it were new. Filters about what a message is or
 * says see new messages only.
 *
 * @throws FilterError for what is no filter.
 * @example `filters.editedTo(filters.command('start'))`
 */
export function editedTo<Adds extends object>(filter: Filter<Adds>): Filter<Adds> {
  checkFilters('editedTo', [filter]);
  return new Filter(
    (event) => (event.edited ? run(filter, eventWith(event, { edited: false })) : null),
    filter.albums,
  );
}

/**
 * A new message about what happened to its chat: one of these actions, or any. Adds the `action`.
 *
 * @example `filters.service('messageActionPinMessage')`
 */
export function service<Name extends base.TypeMessageAction['_'] = base.TypeMessageAction['_']>(
  ...names: readonly Name[]
): Filter<FoundService<Name>> {
  checkTexts('service', names);
  const wanted: ReadonlySet<string> = new Set(names);
  return new Filter((event) => {
    const found = newServiceOf(event);
    if (!found?.action || (wanted.size > 0 && !wanted.has(found.action._))) return null;
    const { chatId } = event;
    if (chatId === null) return null;
    return { message: found, chatId, action: found.action } as FoundService<Name>;
  });
}

/**
 * Messages were deleted. Adds their ids. Outside of channels nobody tells in which chat they were.
 *
 * @example `client.on(filters.deleted, (event) => console.log(event.messageIds))`
 */
export const deleted = new Filter<{
  readonly update: base.UpdateDeleteMessages | base.UpdateDeleteChannelMessages;
  readonly messageIds: readonly number[];
}>(({ update }) =>
  update._ === 'updateDeleteMessages' || update._ === 'updateDeleteChannelMessages'
    ? { update, messageIds: update.messages ?? [] }
    : null,
);

/**
 * Messages were pinned. Adds their ids. Of the message that tells so in the chat,
 * `service('messageActionPinMessage')` knows.
 *
 * @example `filters.pinned.and(filters.chat('@name'))`
 */
export const pinned = new Filter<
  InChat & {
    readonly update: base.UpdatePinnedMessages | base.UpdatePinnedChannelMessages;
    readonly messageIds: readonly number[];
  }
>(({ update, chatId }) =>
  (update._ === 'updatePinnedMessages' || update._ === 'updatePinnedChannelMessages') &&
  update.pinned === true &&
  chatId !== null
    ? { update, chatId, messageIds: update.messages ?? [] }
    : null,
);

/** A message of others, new or edited, about the chat too. */
type AnyMessage = base.Message | base.MessageService;

const byOut = (out: boolean): Filter<InChat & { readonly message: AnyMessage }> =>
  new Filter(({ message: one, chatId }) =>
    one && one._ !== 'messageEmpty' && (one.out === true) === out && chatId !== null
      ? { message: one, chatId }
      : null,
  );

/**
 * A message, new or edited, that this account did not send.
 *
 * @example `filters.incoming.and(filters.text())`
 */
export const incoming = byOut(false);

/**
 * A message, new or edited, that this account sent, here or by another program. Handlers see them with `own` only.
 *
 * @example `client.on(filters.outgoing, handler, { own: true })`
 */
export const outgoing = byOut(true);

/**
 * Messages that were sent as one album. Adds all of them, the first one's event stands for them.
 *
 * @example `client.on(filters.album, (event) => console.log(event.messages.length))`
 */
export const album = new Filter<FoundMessage & { readonly messages: readonly base.Message[] }>(
  (event) => {
    const found = newMessageOf(event);
    return found && event.album ? { ...found, messages: event.album } : null;
  },
  true,
);
