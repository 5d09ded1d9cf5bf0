import * as tl from '@tlgen/telegram';
import { chatPhotoOf } from '../files/chat-photos.js';
import type { Letter, User } from '../types.js';
import type { World } from '../world.js';
import type { Channel } from './channel.js';
import { adminRights, banOf, creatorRights, maySee } from './rights.js';

/** A channel as `viewer` sees it; `channelForbidden` for who may not look into it. */
export function channelFor(world: World, viewer: User, channel: Channel): tl.TypeChat {
  const { id, title, megagroup, creatorId } = channel;
  const accessHash = world.accessHash(viewer.id, channel.key);
  const kind = { megagroup, broadcast: !megagroup };
  if (!maySee(world, channel, viewer.id)) {
    const until = banOf(world, channel, viewer.id)?.rights.untilDate || undefined;
    return new tl.ChannelForbidden({ id, accessHash, title, ...kind, untilDate: until });
  }
  const member = channel.members.get(viewer.id);
  return new tl.Channel({
    ...kind,
    id,
    accessHash,
    title,
    username: channel.username ?? undefined,
    photo: chatPhotoOf(world, channel),
    date: member?.date ?? channel.date,
    creator: creatorId === viewer.id,
    left: member === undefined,
    slowmodeEnabled: channel.slowMode > 0,
    adminRights:
      member && creatorId === viewer.id
        ? creatorRights()
        : (adminRights(channel, viewer.id) ?? undefined),
    bannedRights: banOf(world, channel, viewer.id)?.rights,
    defaultBannedRights: megagroup ? new tl.ChatBannedRights({ untilDate: 0 }) : undefined,
    participantsCount: channel.members.size,
  });
}

/** The short form: who wants to name the channel has to say in which message it was seen. */
function minChannelFor(world: World, viewer: User, channel: Channel): tl.Channel {
  const { id, title, megagroup, date } = channel;
  return new tl.Channel({
    id,
    min: true,
    megagroup,
    broadcast: !megagroup,
    accessHash: world.accessHash(viewer.id, channel.key, 'min'),
    title,
    username: channel.username ?? undefined,
    photo: chatPhotoOf(world, channel),
    date,
  });
}

/** Channels as `viewer` sees them; ids that are none are left out. */
export function channelsFor(
  world: World,
  viewer: User,
  ids: Iterable<bigint>,
  min = false,
): tl.TypeChat[] {
  const channels: tl.TypeChat[] = [];
  for (const id of new Set(ids)) {
    const channel = world.channels.get(id);
    if (!channel) continue;
    const short = min && !channel.members.has(viewer.id) && maySee(world, channel, viewer.id);
    channels.push((short ? minChannelFor : channelFor)(world, viewer, channel));
  }
  return channels;
}

/** A message as `viewer` sees it: in channels, all share one copy, and it is outgoing for who wrote it. */
export function messageFor(viewer: User, letter: Letter): tl.Message | tl.MessageService {
  const { message, senderId } = letter;
  if (senderId !== viewer.id) return message;
  return message instanceof tl.Message
    ? new tl.Message({ ...message, out: true })
    : new tl.MessageService({ ...message, out: true });
}
