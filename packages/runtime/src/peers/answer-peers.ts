import type { base } from '@tlgen/telegram';
import { chatMark, userMark } from './peer-mark.js';

/** The users of an answer by marked id. */
export const usersByMark = (users: readonly base.TypeUser[]): ReadonlyMap<bigint, base.TypeUser> =>
  byMark(users, ({ id }) => userMark(id));

/** The groups and channels of an answer by marked id. */
export const chatsByMark = (chats: readonly base.TypeChat[]): ReadonlyMap<bigint, base.TypeChat> =>
  byMark(chats, chatMark);

function byMark<T>(all: readonly T[], markOf: (one: T) => bigint | null): ReadonlyMap<bigint, T> {
  const found = new Map<bigint, T>();
  for (const one of all) {
    const mark = markOf(one);
    if (mark !== null) found.set(mark, one);
  }
  return found;
}

/** The user names of a user or channel as they are written, the main one first. */
export function usernamesOf(
  one: Pick<base.User | base.Channel, 'username' | 'usernames'>,
): readonly string[] {
  const more = one.usernames?.filter(({ active }) => active).map(({ username }) => username) ?? [];
  return [...new Set(one.username === undefined ? more : [one.username, ...more])];
}
