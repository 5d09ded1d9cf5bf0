import type { base } from '@tlgen/telegram';
import type { UpdateEvent } from '../event/event.js';
import { Filter } from './filter.js';
import { newServiceOf, type InChat } from './found.js';

/** Who came or went. */
export interface FoundMembers extends InChat {
  /** Ids of users. */
  readonly members: readonly bigint[];
}

type Change = 'joined' | 'left';

/** What a participant update says: whether one was, and is, in the chat. */
function changeOf(
  before: base.TypeChatParticipant | base.TypeChannelParticipant | undefined,
  after: base.TypeChatParticipant | base.TypeChannelParticipant | undefined,
): Change | null {
  const [was, is] = [isMember(before), isMember(after)];
  if (was === is) return null;
  return is ? 'joined' : 'left';
}

function isMember(
  one: base.TypeChatParticipant | base.TypeChannelParticipant | undefined,
): boolean {
  if (!one || one._ === 'channelParticipantLeft') return false;
  return one._ !== 'channelParticipantBanned' || one.left !== true;
}

/** Who came or went, by an update that tells so by itself. */
function byUpdate(update: base.TypeUpdate): [Change, readonly bigint[]] | null {
  switch (update._) {
    case 'updateChatParticipantAdd':
      return ['joined', [update.userId]];
    case 'updateChatParticipantDelete':
      return ['left', [update.userId]];
    case 'updateChatParticipant':
    case 'updateChannelParticipant': {
      const change = changeOf(update.prevParticipant, update.newParticipant);
      return change && [change, [update.userId]];
    }
    default:
      return null;
  }
}

/** Who came or went, by the message that tells so in the chat. */
function byMessage(event: UpdateEvent): [Change, readonly bigint[]] | null {
  const action = newServiceOf(event)?.action;
  switch (action?._) {
    case 'messageActionChatAddUser':
      return ['joined', action.users ?? []];
    case 'messageActionChatJoinedByLink':
    case 'messageActionChatJoinedByRequest':
    case 'messageActionChatJoinedViaCommunity': {
      const { senderId } = event;
      return senderId !== null && senderId > 0n ? ['joined', [senderId]] : null;
    }
    case 'messageActionChatDeleteUser':
      return ['left', [action.userId]];
    default:
      return null;
  }
}

const changed = (wanted: Change): Filter<FoundMembers> =>
  new Filter((event) => {
    const found = byUpdate(event.update) ?? byMessage(event);
    if (found?.[0] !== wanted) return null;
    const { chatId } = event;
    return chatId === null ? null : { members: found[1], chatId };
  });

/**
 * Someone came into a group or channel. Adds who, `members`. The server may tell of one coming twice: with the message
 * in the chat, and with an update of its own for administrators who are bots.
 *
 * @example `filters.joined.and(filters.service())`
 */
export const joined = changed('joined');

/**
 * Someone left a group or channel, or was removed. Adds who, `members`. It may be told twice, as with `joined`.
 *
 * @example `filters.left.and(filters.chat('@name'))`
 */
export const left = changed('left');
