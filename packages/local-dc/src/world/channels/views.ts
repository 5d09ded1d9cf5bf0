import * as tl from '@tlgen/telegram';
import type { Letter, User } from '../types.js';
import type { Channel } from './channel.js';

/** Who has seen which post: whoever wrote it has. */
const viewers = new WeakMap<Channel, Map<number, Set<bigint>>>();

/** Counts a post as seen by a user, the first time. Supergroups count nothing. */
export function seen(channel: Channel, viewer: User, letter: Letter): void {
  const { message, senderId } = letter;
  if (!(message instanceof tl.Message) || message.views === undefined) return;
  const posts = viewers.get(channel) ?? new Map<number, Set<bigint>>();
  viewers.set(channel, posts);
  const by = posts.get(message.id) ?? new Set(senderId === undefined ? [] : [senderId]);
  posts.set(message.id, by);
  if (by.has(viewer.id)) return;
  by.add(viewer.id);
  const views = message.views + 1;
  channel.box.replace({ ...letter, message: new tl.Message({ ...message, views }) });
}
