import type { base } from '@tlgen/telegram';
import type { UpdateEvent } from '../event/event.js';
import { checkTexts } from './check.js';
import { FilterError } from './errors.js';
import { Filter, NOTHING } from './filter.js';
import type { InChat } from './found.js';

/** The updates with these names. */
export type UpdateNamed<Name extends base.TypeUpdate['_']> = Extract<
  base.TypeUpdate,
  { readonly _: Name }
>;

/** Someone is busy in a chat. */
type TypingUpdate = UpdateNamed<
  'updateUserTyping' | 'updateChatUserTyping' | 'updateChannelUserTyping'
>;

/**
 * Every update.
 *
 * @example `client.on(filters.all, (event) => console.log(event))`
 */
export const all: Filter = new Filter(() => NOTHING);

/**
 * Updates with these names; narrows `event.update`.
 *
 * @throws FilterError without any name.
 * @example `filters.update('updateUserStatus', 'updateUserName')`
 */
export function update<Name extends base.TypeUpdate['_']>(
  ...names: readonly Name[]
): Filter<{ readonly update: UpdateNamed<Name> }> {
  if (names.length === 0) throw new FilterError('update', 'name at least one update');
  checkTexts('update', names);
  const wanted: ReadonlySet<string> = new Set(names);
  return new Filter(({ update: one }) =>
    wanted.has(one._) ? { update: one as UpdateNamed<Name> } : null,
  );
}

/**
 * What the predicate says; a type guard narrows the handler's event.
 *
 * @example `filters.where((event) => event.text.length > 100)`
 */
export function where<Narrowed extends UpdateEvent>(
  predicate: (event: UpdateEvent) => event is Narrowed,
): Filter<Narrowed>;
export function where(predicate: (event: UpdateEvent) => boolean): Filter;
export function where(predicate: (event: UpdateEvent) => boolean): Filter {
  return all.where(predicate);
}

/**
 * Someone types, records or uploads in a chat; not that they stopped. Adds the `action`.
 *
 * @example `filters.typing.and(filters.private)`
 */
export const typing = new Filter<
  InChat & {
    readonly update: TypingUpdate;
    readonly action: Exclude<base.TypeSendMessageAction, base.SendMessageCancelAction>;
  }
>(({ update: one, chatId }) => {
  switch (one._) {
    case 'updateUserTyping':
    case 'updateChatUserTyping':
    case 'updateChannelUserTyping': {
      const { action } = one;
      if (!action || action._ === 'sendMessageCancelAction' || chatId === null) return null;
      return { update: one, chatId, action };
    }
    default:
      return null;
  }
});

/**
 * Someone came online or went. Adds the `status`.
 *
 * @example `filters.userStatus.and(filters.from('@name'))`
 */
export const userStatus = new Filter<{
  readonly update: base.UpdateUserStatus;
  readonly status: base.TypeUserStatus;
}>(({ update: one }) =>
  one._ === 'updateUserStatus' && one.status ? { update: one, status: one.status } : null,
);
