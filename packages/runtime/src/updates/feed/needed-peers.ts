import type { base } from '@tlgen/telegram';
import { peerMark, userMark } from '../../peers/peer-mark.js';

/** `full`: with an access hash that is good everywhere. `seen`: as much as a min constructor tells. */
export type Need = 'full' | 'seen';

/** Is told of a peer, by marked id, and what has to be known of it. @returns false: no more need be told. */
export type Visit = (marked: bigint, need: Need) => boolean;

type Short = base.UpdateShortMessage | base.UpdateShortChatMessage;

/**
 * Names the peers without which an update cannot be used ("Working with Updates"): of new and edited messages in private
 * chats and basic groups all that the message names; of those in channels the channel, and its sender as far as needed
 * to show it.
 *
 * @returns false when `visit` did.
 */
export function visitNeeded(update: base.TypeUpdate, visit: Visit): boolean {
  switch (update._) {
    case 'updateNewMessage':
    case 'updateEditMessage':
      return ofPrivate(update.message, visit);
    case 'updateNewChannelMessage':
    case 'updateEditChannelMessage':
      return ofChannel(update.message, visit);
    default:
      return true;
  }
}

/** The same of a message in its short form. */
export function visitNeededShort(short: Short, visit: Visit): boolean {
  const { fwdFrom, viaBotId, entities } = short;
  const there =
    short._ === 'updateShortMessage'
      ? user(short.userId, visit)
      : user(short.fromId, visit) && chat(short.chatId, visit);
  return there && parts({ fwdFrom, viaBotId, entities }, visit);
}

function ofPrivate(message: base.TypeMessage, visit: Visit): boolean {
  if (!peer(message.peerId, visit)) return false;
  if (message._ === 'messageEmpty') return true;
  if (!peer(message.fromId, visit)) return false;
  if (message._ === 'messageService') return ofAction(message.action, visit);
  return parts(message, visit);
}

function ofChannel(message: base.TypeMessage, visit: Visit): boolean {
  if (!peer(message.peerId, visit)) return false;
  if (message._ === 'messageEmpty' || message.fromId === undefined) return true;
  const marked = peerMark(message.fromId);
  return marked === null || visit(marked, 'seen');
}

function ofAction(action: base.TypeMessageAction, visit: Visit): boolean {
  switch (action._) {
    case 'messageActionChatCreate':
    case 'messageActionChatAddUser':
    case 'messageActionInviteToGroupCall':
      return action.users.every((id) => user(id, visit));
    case 'messageActionChatDeleteUser':
      return user(action.userId, visit);
    case 'messageActionChatJoinedByLink':
      return user(action.inviterId, visit);
    default:
      return true;
  }
}

function parts(
  { fwdFrom, viaBotId, entities }: Pick<base.Message, 'fwdFrom' | 'viaBotId' | 'entities'>,
  visit: Visit,
): boolean {
  if (!peer(fwdFrom?.fromId, visit)) return false;
  if (viaBotId !== undefined && !user(viaBotId, visit)) return false;
  for (const entity of entities ?? []) {
    if (entity._ === 'messageEntityMentionName' && !user(entity.userId, visit)) return false;
  }
  return true;
}

function peer(one: base.TypePeer | undefined, visit: Visit): boolean {
  if (one === undefined) return true;
  const marked = peerMark(one);
  // whoever cannot exist will not be learned from a difference either
  return marked === null || visit(marked, one._ === 'peerChat' ? 'seen' : 'full');
}

function user(id: bigint, visit: Visit): boolean {
  const marked = userMark(id);
  return marked === null || visit(marked, 'full');
}

function chat(chatId: bigint, visit: Visit): boolean {
  return visit(-chatId, 'seen');
}
