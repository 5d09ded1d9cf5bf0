import * as tl from '@tlgen/telegram';
import { badRequest } from '../fault.js';
import { Mentioned } from '../mentioned.js';
import type { User } from '../types.js';
import type { World } from '../world.js';
import type { Channel } from './channel.js';
import { messageFor } from './view.js';

/** Most events in one answer: bots may ask for more. */
const SLICE = 100;
const SLICE_OF_BOTS = 100_000;

/**
 * What happened in a channel since `pts`.
 *
 * @throws RpcFault `PERSISTENT_TIMESTAMP_EMPTY`, `PERSISTENT_TIMESTAMP_INVALID`.
 */
export function channelDifference(
  world: World,
  viewer: User,
  channel: Channel,
  { pts, limit }: { readonly pts: number; readonly limit: number },
): tl.updates.TypeChannelDifference {
  const { box } = channel;
  if (pts <= 0) throw badRequest('PERSISTENT_TIMESTAMP_EMPTY');
  if (pts > box.pts) throw badRequest('PERSISTENT_TIMESTAMP_INVALID');
  const events = box.since(pts);
  if (events.length === 0)
    return new tl.updates.ChannelDifferenceEmpty({ final: true, pts: box.pts, timeout: 30 });
  const size = Math.min(Math.max(limit, 1), viewer.bot ? SLICE_OF_BOTS : SLICE);
  const slice = events.slice(0, size);
  const seen = (id: number) => {
    const letter = box.letters.get(id);
    return letter ? [messageFor(viewer, letter)] : [];
  };
  const newMessages = slice.flatMap(({ what }) =>
    'messageId' in what ? seen(what.messageId) : [],
  );
  const otherUpdates = slice.flatMap(({ what }): tl.TypeUpdate[] => {
    if (!('update' in what)) return [];
    const { update } = what;
    if (!(update instanceof tl.UpdateEditChannelMessage)) return [update];
    // As it is now: an edit that another one followed, or that is deleted, says nothing.
    return seen(update.message.id).map(
      (message) => new tl.UpdateEditChannelMessage({ ...update, message }),
    );
  });
  const mentioned = new Mentioned().key(channel.key).messages(newMessages);
  for (const one of otherUpdates)
    if (one instanceof tl.UpdateEditChannelMessage) mentioned.messages([one.message]);
  return new tl.updates.ChannelDifference({
    final: slice.length === events.length,
    pts: slice.at(-1)?.pts ?? box.pts,
    timeout: 30,
    newMessages,
    otherUpdates,
    ...mentioned.for(world, viewer, true),
  });
}
