import { isPeerId, markedId } from '../../peers/marked-id.js';
import type { Lost } from '../engine/index.js';
import type { UpdatesLost } from '../lost.js';

/** What the engine found lost, as users are told. */
export function tooLong({ box, from, to, messages, entities }: Lost): UpdatesLost {
  const chatId =
    typeof box === 'bigint' && isPeerId('channel', box) ? markedId('channel', box) : null;
  const { users, chats } = entities;
  // Numbers of secret messages are of another kind.
  const isPts = box !== 'qts';
  return {
    reason: 'too-long',
    chatId,
    from: isPts ? from : null,
    to: isPts ? to : null,
    count: null,
    messages,
    users,
    chats,
  };
}
