import type { base } from '@tlgen/telegram';
import { peerMark, userMark } from '../peer-mark.js';

/** What a member is. `restricted`: may not do everything; `banned`: was removed and may not come back. */
export type ParticipantRole = 'creator' | 'admin' | 'member' | 'restricted' | 'left' | 'banned';

/** A member of a group or channel, or one who was. */
export interface Participant {
  /** Marked id. */
  readonly id: bigint;
  readonly role: ParticipantRole;
  /** null: it is a channel, or the server told nothing of the user. */
  readonly user: base.TypeUser | null;
  /** A channel or group that was banned or restricted; null: it is a user. */
  readonly chat: base.TypeChat | null;
  /** When they joined, or were restricted. Seconds since 1970; null: the server doesn't tell. */
  readonly date: number | null;
  /** Id of the user who invited them; null: nobody, or the server doesn't tell. */
  readonly inviterId: bigint | null;
  /** What is shown instead of "admin" or "owner". */
  readonly rank: string | null;
  readonly participant: base.TypeChannelParticipant | base.TypeChatParticipant;
}

type AnyParticipant = base.TypeChannelParticipant | base.TypeChatParticipant;

/** The marked id of whom it is about; null when nobody has such an id. */
export function participantMark(one: AnyParticipant): bigint | null {
  if ('peer' in one) return peerMark(one.peer);
  // Before layer 125, those who left or were banned were named by a user id as well.
  return userMark(one.userId);
}

/** What it says of whom, whichever constructor it is. */
export function readParticipant(
  id: bigint,
  one: AnyParticipant,
  users: ReadonlyMap<bigint, base.TypeUser>,
  chats: ReadonlyMap<bigint, base.TypeChat>,
): Participant {
  return {
    id,
    role: roleOf(one),
    user: users.get(id) ?? null,
    chat: chats.get(id) ?? null,
    date: 'date' in one ? one.date : null,
    inviterId: ('inviterId' in one ? one.inviterId : undefined) ?? null,
    rank: ('rank' in one ? one.rank : undefined) ?? null,
    participant: one,
  };
}

function roleOf(one: AnyParticipant): ParticipantRole {
  switch (one._) {
    case 'channelParticipantCreator':
    case 'chatParticipantCreator':
      return 'creator';
    case 'channelParticipantAdmin':
    case 'chatParticipantAdmin':
      return 'admin';
    case 'channelParticipantBanned':
      return one.bannedRights.viewMessages ? 'banned' : 'restricted';
    case 'channelParticipantLeft':
      return 'left';
    default:
      return 'member';
  }
}
