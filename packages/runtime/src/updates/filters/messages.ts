import type { base } from '@tlgen/telegram';
import { eventWith } from '../event/with.js';
import { Filter } from './filter.js';
import { newMessageOf, newServiceOf, type FoundMessage, type FoundService } from './found.js';

/**
 * A new message with text or media, not one about the chat itself.
 *
 * @example `client.on(filters.message, (event) => console.log(event.message.message))`
 */
export const message = new Filter<FoundMessage>((event) => {
  const found = newMessageOf(event);
  return found && { message: found };
});

/**
 * A message with text or media that has changed.
 *
 * @example `filters.edited.and(filters.private)`
 */
export const edited = new Filter<FoundMessage>(({ message: one, edited: old }) =>
  one?._ === 'message' && old ? { message: one } : null,
);

/**
 * A message that has changed, and that the filter would let pass if it were new. Filters about what a message is or
 * says see new messages only.
 *
 * @example `filters.editedTo(filters.command('start'))`
 */
export function editedTo<Adds extends object>(filter: Filter<Adds>): Filter<Adds> {
  return new Filter(
    (event) => (event.edited ? filter.match(eventWith(event, { edited: false })) : null),
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
  const wanted: ReadonlySet<string> = new Set(names);
  return new Filter((event) => {
    const found = newServiceOf(event);
    if (!found?.action || (wanted.size > 0 && !wanted.has(found.action._))) return null;
    return { message: found, action: found.action } as FoundService<Name>;
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
export const pinned = new Filter<{
  readonly update: base.UpdatePinnedMessages | base.UpdatePinnedChannelMessages;
  readonly messageIds: readonly number[];
}>(({ update }) =>
  (update._ === 'updatePinnedMessages' || update._ === 'updatePinnedChannelMessages') &&
  update.pinned === true
    ? { update, messageIds: update.messages ?? [] }
    : null,
);

/** A message of others, new or edited, about the chat too. */
type AnyMessage = base.Message | base.MessageService;

const byOut = (out: boolean): Filter<{ readonly message: AnyMessage }> =>
  new Filter(({ message: one }) =>
    one && one._ !== 'messageEmpty' && (one.out === true) === out ? { message: one } : null,
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
    return found && event.album ? { message: found, messages: event.album } : null;
  },
  true,
);
