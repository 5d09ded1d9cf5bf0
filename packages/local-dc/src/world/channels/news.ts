import * as tl from '@tlgen/telegram';
import type { Authorization, User } from '../types.js';
import type { World } from '../world.js';

/** The channel that an update belongs to by its pts; null: none. */
export function channelOf(update: tl.TypeUpdate): bigint | null {
  if ('channelId' in update && update.channelId) return update.channelId;
  if (!(
    update instanceof tl.UpdateNewChannelMessage || update instanceof tl.UpdateEditChannelMessage
  ))
    return null;
  const { peerId } = update.message;
  return peerId instanceof tl.PeerChannel ? peerId.channelId : null;
}

/** Notes which channels' updates have not reached a sign-in. */
export function noteMissed({ missed }: Authorization, updates: readonly tl.TypeUpdate[]): void {
  for (const update of updates) {
    const id = channelOf(update);
    if (id === null || !('pts' in update) || update.pts === undefined) continue;
    missed.set(id, Math.max(missed.get(id) ?? 0, update.pts));
  }
}

/** The client asks from a pts: what it missed up to there it knows by now. */
export function noteKnown({ missed }: Authorization, channelId: bigint, pts: number): void {
  const until = missed.get(channelId);
  if (until !== undefined && until <= pts) missed.delete(channelId);
}

/**
 * What a common difference says of channels: those in which something happened since then, or of which something was
 * missed, each with its pts now. What happened is for `updates.getChannelDifference` to bring.
 *
 * @param date - what the client says it has seen until then: events of that second count as news.
 */
export function newsOf(
  world: World,
  user: User,
  { missed }: Authorization,
  date: number,
): tl.UpdateChannelTooLong[] {
  return [...user.channels].flatMap((channelId) => {
    const box = world.channels.get(channelId)?.box;
    const last = box?.lastEvent;
    if (!box || !last || (last.date < date && !missed.has(channelId))) return [];
    return [new tl.UpdateChannelTooLong({ channelId, pts: box.pts })];
  });
}
