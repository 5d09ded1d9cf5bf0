import * as tl from '@tlgen/telegram';
import { announcePost, newMessage, post } from './channels/posting.js';
import type { Target } from './input.js';
import type { Content } from './content.js';
import { announce, place } from './sending.js';
import type { Letter, User } from './types.js';
import type { World } from './world.js';

/** A message that was sent: the sender's copy, and what the sender is answered. */
export interface Sent {
  readonly letter: Letter;
  readonly pts: number;
  readonly updates: readonly tl.TypeUpdate[];
}

/** Sends a message wherever it goes, and tells everybody but the session that sent it. */
export function send(
  world: World,
  sender: User,
  target: Target,
  content: Content,
  exceptSession?: bigint,
): Sent {
  if ('channel' in target) {
    const { channel } = target;
    const posted = post(world, sender, channel, content);
    announcePost(world, channel, posted, exceptSession);
    const { letter, pts } = posted;
    const read = new tl.UpdateReadChannelInbox({
      channelId: channel.id,
      maxId: letter.message.id,
      stillUnreadCount: 0,
      pts,
    });
    return { letter, pts, updates: [read, newMessage(sender, posted)] };
  }
  const placed = place(world, sender, target, content);
  for (const one of placed) announce(world, one, one.user === sender ? exceptSession : undefined);
  const [own] = placed;
  if (!own) throw new TypeError('a message to a group that its sender is not in');
  const { letter, pts } = own;
  const update = new tl.UpdateNewMessage({ message: letter.message, pts, ptsCount: 1 });
  return { letter, pts, updates: [update] };
}
