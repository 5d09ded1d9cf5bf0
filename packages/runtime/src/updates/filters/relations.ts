import { Filter } from './filter.js';
import { newMessageOf, type FoundMessage } from './found.js';
import type { base } from '@tlgen/telegram';

/** A filter of new messages that have something. */
function having<Adds extends object>(
  find: (message: base.Message) => Adds | null,
): Filter<Adds & FoundMessage> {
  return new Filter((event) => {
    const inChat = newMessageOf(event);
    const found = inChat && find(inChat.message);
    return found && { ...found, ...inChat };
  });
}

/**
 * A new message that answers another one. Adds the id of that one, `replyTo`. Being in a topic is no answer.
 *
 * @example `filters.reply.and(filters.command('ban'))`
 */
export const reply = having<{ readonly replyTo: number }>(({ replyTo }) => {
  if (replyTo?._ !== 'messageReplyHeader' || replyTo.replyToMsgId === undefined) return null;
  const onlyTopic = replyTo.forumTopic === true && replyTo.replyToTopId === undefined;
  return onlyTopic ? null : { replyTo: replyTo.replyToMsgId };
});

/**
 * A new message that was forwarded. Adds whence, `forward`.
 *
 * @example `filters.forwarded.and(filters.private)`
 */
export const forwarded = having<{ readonly forward: base.MessageFwdHeader }>(({ fwdFrom }) =>
  fwdFrom ? { forward: fwdFrom } : null,
);

/**
 * A new message that mentions this account, or answers one of its messages.
 *
 * @example `filters.mentioned.and(filters.group)`
 */
export const mentioned = having<object>((message) => (message.mentioned === true ? {} : null));

/**
 * A new message that was sent by way of an inline bot. Adds its id, `viaBotId`.
 *
 * @example `filters.viaBot.where(({ viaBotId }) => viaBotId === bot)`
 */
export const viaBot = having<{ readonly viaBotId: bigint }>(({ viaBotId }) =>
  viaBotId === undefined ? null : { viaBotId },
);
