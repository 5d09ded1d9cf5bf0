import type { base } from '@tlgen/telegram';
import { isPeerId } from '../../peers/marked-id.js';
import { chatMark } from '../../peers/peer-mark.js';

/** Users by their ids; those that no user can have are left out. */
export function usersById(users: readonly base.TypeUser[]): ReadonlyMap<bigint, base.TypeUser> {
  return mapOf(users, ({ id }) => (typeof id === 'bigint' && isPeerId('user', id) ? id : null));
}

/** Groups and channels by their marked ids; what is neither is left out. */
export function chatsById(chats: readonly base.TypeChat[]): ReadonlyMap<bigint, base.TypeChat> {
  return mapOf(chats, (chat) => (typeof chat.id === 'bigint' ? chatMark(chat) : null));
}

function mapOf<Entity>(
  entities: readonly Entity[],
  idOf: (entity: Entity) => bigint | null,
): ReadonlyMap<bigint, Entity> {
  const map = new Map<bigint, Entity>();
  for (const entity of entities) {
    const id = idOf(entity);
    if (id !== null) map.set(id, entity);
  }
  return map;
}

/** Names of a user or channel, as they are written, without @; of others none. */
export function usernamesOf(entity: base.TypeUser | base.TypeChat | null): readonly string[] {
  if (entity?._ !== 'user' && entity?._ !== 'channel') return [];
  const names = (entity.usernames ?? []).filter(({ active }) => active).map((one) => one.username);
  return entity.username === undefined ? names : [entity.username, ...names];
}
