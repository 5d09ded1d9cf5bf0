import * as tl from '@tlgen/telegram';
import type { Affected } from '../changing.js';
import { tell } from '../deliveries.js';
import { badRequest, RpcFault } from '../fault.js';
import type { Letter, User } from '../types.js';
import type { World } from '../world.js';
import type { Channel } from './channel.js';
import { tellMembers } from './posting.js';
import { adminRights } from './rights.js';
import { messageFor } from './view.js';

/** Who must be spared an update: the session that made the change. */
type Session = bigint | undefined;

/** Deletes messages for everybody. @throws RpcFault `MESSAGE_DELETE_FORBIDDEN` (403) */
export function deletePosts(
  world: World,
  user: User,
  channel: Channel,
  ids: readonly number[],
  session?: Session,
): Affected {
  const { box, id: channelId } = channel;
  const may = adminRights(channel, user.id)?.deleteMessages;
  const there = ids.filter((id) => box.letters.has(id));
  for (const id of there)
    if (!may && box.letters.get(id)?.senderId !== user.id)
      throw new RpcFault(403, 'MESSAGE_DELETE_FORBIDDEN');
  const messages = there.filter((id) => box.remove(id));
  if (messages.length === 0) return { pts: box.pts, ptsCount: 0 };
  const ptsCount = messages.length;
  const update = box.note(
    ptsCount,
    (pts) => new tl.UpdateDeleteChannelMessages({ channelId, messages, pts, ptsCount }),
  );
  tellMembers(world, channel, () => update, { userId: user.id, session });
  return { pts: box.pts, ptsCount };
}

/** Replaces what a message says. @returns the editor's own update. */
export function editPost(
  world: World,
  editor: User,
  channel: Channel,
  letter: Letter,
  change: Partial<Pick<tl.Message, 'message' | 'entities' | 'replyMarkup' | 'media'>>,
  session?: Session,
): tl.UpdateEditChannelMessage {
  if (!(letter.message instanceof tl.Message)) throw badRequest('MESSAGE_ID_INVALID');
  const message = new tl.Message({ ...letter.message, ...change, editDate: world.now() });
  const edited: Letter = { ...letter, message };
  channel.box.replace(edited);
  const noted = channel.box.note(
    1,
    (pts) => new tl.UpdateEditChannelMessage({ message, pts, ptsCount: 1 }),
  );
  const make = (viewer: User) =>
    new tl.UpdateEditChannelMessage({ ...noted, message: messageFor(viewer, edited) });
  tellMembers(world, channel, make, { userId: editor.id, session });
  return make(editor);
}

/** How many messages of others a member has not read. */
export function unreadIn(channel: Channel, user: User): number {
  const read = channel.members.get(user.id)?.readInbox;
  if (read === undefined) return 0;
  let count = 0;
  for (const { message, senderId } of channel.box.thread(channel.key).back()) {
    if (message.id <= read) break;
    if (senderId !== user.id) count++;
  }
  return count;
}

/** Marks a channel read up to `maxId`, and tells those who wrote in a supergroup. */
export function readChannel(
  world: World,
  user: User,
  channel: Channel,
  maxId: number,
  session?: Session,
): void {
  const { box, id: channelId, key } = channel;
  const member = channel.members.get(user.id);
  const to = Math.min(maxId === 0 ? box.newestId : maxId, box.newestId);
  if (!member || to <= member.readInbox) return;
  const before = member.readInbox;
  member.readInbox = to;
  const stillUnreadCount = unreadIn(channel, user);
  const read = { channelId, maxId: to, stillUnreadCount, pts: box.pts };
  tell(world, user, [new tl.UpdateReadChannelInbox(read)], { exceptSession: session });
  if (!channel.megagroup) return;
  const newest = new Map<bigint, number>();
  for (const { message, senderId } of box.thread(key).back()) {
    if (message.id <= before) break;
    if (message.id > to || senderId === undefined || senderId === user.id) continue;
    if (!newest.has(senderId)) newest.set(senderId, message.id);
  }
  for (const [senderId, id] of newest) {
    const writer = channel.members.get(senderId);
    const sender = world.user(senderId);
    if (!writer || !sender || writer.readOutbox >= id) continue;
    writer.readOutbox = id;
    tell(world, sender, [new tl.UpdateReadChannelOutbox({ channelId, maxId: id })]);
  }
}
