import * as tl from '@tlgen/telegram';
import type { UserLike } from './scene.js';
import type { Box } from './world/box.js';
import { isGone } from './world/changes.js';
import type { Channel } from './world/channels/channel.js';
import type { World } from './world/world.js';

/** Something that moved the pts of a box. */
export interface BoxHistoryEntry {
  /** The value of pts after it. */
  readonly pts: number;
  readonly ptsCount: number;
  /** Server time in seconds. */
  readonly date: number;
  /** What it was when it happened: a new message as it came, an edit, a deletion … */
  readonly update: tl.TypeUpdate;
  /** A message that came or was edited, and has been deleted since: differences do not bring that any more. */
  readonly gone: boolean;
}

/** The events of a box, oldest first. */
export function eventsOf(box: Box): BoxHistoryEntry[] {
  return box.since(0).map((event) => {
    const { pts, count: ptsCount, date, what } = event;
    const gone = isGone(box, event);
    if ('update' in what) return { pts, ptsCount, date, update: what.update, gone };
    const { message } = what;
    const inChannel = message.peerId instanceof tl.PeerChannel;
    const New = inChannel ? tl.UpdateNewChannelMessage : tl.UpdateNewMessage;
    const update = new New({ message, pts, ptsCount });
    return { pts, ptsCount, date, update, gone };
  });
}

/** @throws TypeError when there is no such channel. */
export function channelNamed(world: World, like: UserLike): Channel {
  const id = typeof like === 'bigint' ? like : like.id;
  const channel = world.channels.get(id);
  if (!channel) throw new TypeError(`there is no channel ${id}: make one with createChannel()`);
  return channel;
}
