import * as tl from '@tlgen/telegram';
import { RpcFault } from '../fault.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import type { Channel, ChannelBan, ChannelMember } from './channel.js';
import { adminRights, banOf, creatorRights } from './rights.js';

/** A member as `viewer` sees them. */
export function participantFor(
  viewer: User,
  channel: Channel,
  member: ChannelMember,
): tl.TypeChannelParticipant {
  const { userId, date, admin, inviterId } = member;
  const self = userId === viewer.id;
  if (userId === channel.creatorId)
    return new tl.ChannelParticipantCreator({ userId, adminRights: creatorRights() });
  if (admin)
    return new tl.ChannelParticipantAdmin({
      canEdit: channel.creatorId === viewer.id || admin.promotedBy === viewer.id,
      self,
      userId,
      inviterId: self ? (inviterId ?? undefined) : undefined,
      promotedBy: admin.promotedBy,
      date,
      adminRights: admin.rights,
      rank: admin.rank,
    });
  if (self) return new tl.ChannelParticipantSelf({ userId, inviterId: inviterId ?? userId, date });
  return new tl.ChannelParticipant({ userId, date });
}

/** Somebody who is kicked or restricted. */
export function bannedFor(channel: Channel, ban: ChannelBan): tl.ChannelParticipantBanned {
  const { userId, by, date, rights } = ban;
  return new tl.ChannelParticipantBanned({
    left: !channel.members.has(userId),
    peer: new tl.PeerUser({ userId }),
    kickedBy: by,
    date,
    bannedRights: rights,
  });
}

/** Who matches a filter, in the order of the answer: members newest first. */
export function participantsMatching(
  world: World,
  viewer: User,
  channel: Channel,
  filter: tl.TypeChannelParticipantsFilter,
): { userId: bigint; view: tl.TypeChannelParticipant }[] {
  const isAdmin = adminRights(channel, viewer.id) !== null;
  const banned =
    filter instanceof tl.ChannelParticipantsKicked ||
    filter instanceof tl.ChannelParticipantsBanned;
  // Only admins see who is in a channel, and who is banned anywhere.
  if (!isAdmin && (banned || !channel.megagroup)) throw new RpcFault(403, 'CHAT_ADMIN_REQUIRED');
  const q = 'q' in filter ? (filter.q ?? '').trim().toLowerCase() : '';
  const named = (id: bigint): boolean => q === '' || matches(world.user(id), q);
  if (banned) {
    const kicked = filter instanceof tl.ChannelParticipantsKicked;
    return [...channel.bans.values()]
      .filter((ban) => banOf(world, channel, ban.userId) === ban && named(ban.userId))
      .filter(({ rights }) => Boolean(rights.viewMessages) === kicked)
      .map((ban) => ({ userId: ban.userId, view: bannedFor(channel, ban) }));
  }
  const wanted = ({ userId, admin }: ChannelMember): boolean => {
    if (filter instanceof tl.ChannelParticipantsAdmins)
      return admin !== null || userId === channel.creatorId;
    if (filter instanceof tl.ChannelParticipantsBots) return world.user(userId)?.bot ?? false;
    if (filter instanceof tl.ChannelParticipantsContacts && !viewer.contacts.has(userId))
      return false;
    return named(userId);
  };
  return [...channel.members.values()]
    .reverse()
    .filter(wanted)
    .map((one) => ({ userId: one.userId, view: participantFor(viewer, channel, one) }));
}

/** Whether a word of a user's name, or the user name, begins with a text. */
export function matches(user: User | undefined, q: string): boolean {
  if (!user || user.deleted) return false;
  const full = `${user.firstName} ${user.lastName ?? ''}`.toLowerCase();
  return (
    full.startsWith(q) ||
    full.split(/\s+/).some((word) => word.startsWith(q)) ||
    (user.username?.toLowerCase().startsWith(q) ?? false)
  );
}
