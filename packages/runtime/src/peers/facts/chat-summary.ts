import type { CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { isRpcError } from '../../core/errors.js';
import { chatsByMark, usernamesOf, usersByMark } from '../answer-peers.js';
import type {
  ChatSummary,
  GroupSummary,
  ParticipantSummary,
  PersonSummary,
} from './chat-summary-types.js';
import type { PeerFull } from './full.js';
import type { AnyPeer } from '../needs.js';
import type { Pages } from '../lists/pages.js';
import type { ParticipantsFilter } from '../lists/participant-filters.js';
import type { Participant } from '../lists/participant.js';
import { chatMembers } from '../lists/participants.js';

/** How `chat` is asked. */
export interface ChatOptions extends CallOptions {
  /** Fetches the list of members as well. Default: the setting `peers.fullFetch`. */
  readonly participants?: boolean | undefined;
}

/** What the summary is made from. */
export interface ChatSource {
  full(peer: AnyPeer, options: CallOptions): Promise<PeerFull>;
  participants(
    peer: AnyPeer,
    options: CallOptions & { readonly filter: ParticipantsFilter },
  ): Pages<Participant>;
}

/** A user, group or channel in plain values, with its members if they are wanted. */
export async function chatSummary(
  source: ChatSource,
  peer: AnyPeer,
  withMembers: boolean,
  options: CallOptions,
): Promise<ChatSummary> {
  const full = await source.full(peer, options);
  switch (full.type) {
    case 'user':
    case 'bot':
      return { ...person(full), about: full.full.about };
    default:
      return groupSummary(source, full, withMembers, options);
  }
}

type FullGroup = Extract<PeerFull, { readonly type: 'group' | 'supergroup' | 'channel' }>;

async function groupSummary(
  source: ChatSource,
  group: FullGroup,
  withMembers: boolean,
  options: CallOptions,
): Promise<ChatSummary> {
  const { full, markedId } = group;
  const chat = chatsByMark(group.chats).get(markedId);
  const members = withMembers ? await membersOf(source, group, options) : undefined;
  return {
    ...((chat ? groupOf(chat, markedId) : null) ?? {
      type: group.type,
      id: markedId,
      title: group.name,
      usernames: 'usernames' in group ? group.usernames : [],
    }),
    about: full.about || undefined,
    inviteLink: linkOf(full.exportedInvite),
    participantsCount: countOf(full, chat),
    participants: members?.map(participantSummary),
  };
}

const linkOf = (invite: base.TypeExportedChatInvite | undefined): string | undefined =>
  invite?._ === 'chatInviteExported' ? invite.link : undefined;

function countOf(
  full: base.ChatFull | base.ChannelFull,
  chat: base.TypeChat | undefined,
): number | undefined {
  if (full._ === 'channelFull' && full.participantsCount !== undefined) {
    return full.participantsCount;
  }
  if (full._ === 'chatFull' && full.participants._ === 'chatParticipants') {
    return full.participants.participants.length;
  }
  return chat && 'participantsCount' in chat ? chat.participantsCount : undefined;
}

/** All whom this account may see; undefined when that is nobody. */
async function membersOf(
  source: ChatSource,
  group: FullGroup,
  options: CallOptions,
): Promise<readonly Participant[] | undefined> {
  const { full, markedId } = group;
  if (full._ === 'chatFull') {
    const closed = full.participants._ === 'chatParticipantsForbidden';
    return closed ? undefined : chatMembers(full, group);
  }
  if (!full.canViewParticipants) return undefined;
  const found = new Map<bigint, Participant>();
  for (const filter of filtersFor(full)) {
    const pages = source.participants(markedId, { ...options, filter });
    try {
      for await (const one of pages) if (!found.has(one.id)) found.set(one.id, one);
    } catch (error) {
      // The right may have gone since the full info was asked for.
      if (!isRpcError(error) || error.code !== 'CHAT_ADMIN_REQUIRED') throw error;
    }
  }
  return found.size > 0 ? [...found.values()] : undefined;
}

/** `recent` ends at about 10,000, and has nobody who was banned. Who may not see those is told no numbers of them. */
function filtersFor(full: base.ChannelFull): readonly ParticipantsFilter[] {
  const filters: ParticipantsFilter[] = ['recent'];
  if ((full.participantsCount ?? 0) > 200) filters.push('admins', 'bots');
  if (full.bannedCount) filters.push('banned');
  if (full.kickedCount) filters.push('kicked');
  return filters;
}

function participantSummary(one: Participant): ParticipantSummary {
  return {
    user: whoIs(one),
    role: one.role,
    date: one.date ?? undefined,
    inviterId: one.inviterId ?? undefined,
    rank: one.rank ?? undefined,
  };
}

function whoIs({ id, user, chat }: Participant): PersonSummary | GroupSummary {
  return (chat && groupOf(chat, id)) ?? personOf(user, id);
}

/** The user of a full answer, under the name that was learnt when the answer left the user out. */
function person({
  id,
  markedId,
  name,
  type,
  usernames,
  users,
}: Extract<PeerFull, { type: 'user' | 'bot' }>): PersonSummary {
  const user = usersByMark(users).get(markedId);
  if (user?._ === 'user') return personOf(user, markedId);
  return { type: type === 'bot' ? 'bot' : 'private', id, firstName: name, usernames };
}

function personOf(user: base.TypeUser | null, id: bigint): PersonSummary {
  if (user?._ !== 'user') return { type: 'private', id, firstName: '', usernames: [] };
  return {
    type: user.bot ? 'bot' : 'private',
    id,
    firstName: user.firstName ?? '',
    lastName: user.lastName,
    usernames: usernamesOf(user),
    phone: user.phone,
  };
}

/** null: it says nothing of itself. */
function groupOf(chat: base.TypeChat, id: bigint): GroupSummary | null {
  switch (chat._) {
    case 'channel':
      return {
        type: chat.megagroup ? 'supergroup' : 'channel',
        id,
        title: chat.title,
        usernames: usernamesOf(chat),
      };
    case 'channelForbidden':
      return {
        type: chat.megagroup ? 'supergroup' : 'channel',
        id,
        title: chat.title,
        usernames: [],
      };
    case 'chat':
    case 'chatForbidden':
      return { type: 'group', id, title: chat.title, usernames: [] };
    default:
      return null;
  }
}
