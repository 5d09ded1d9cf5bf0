import * as tl from '@tlgen/telegram';
import { changesOf } from '../changes.js';
import { conversation, dialogFor } from '../dialogs.js';
import { badRequest } from '../fault.js';
import { Mentioned } from '../mentioned.js';
import type { User } from '../types.js';
import { sliceOf } from '../update-settings.js';
import type { World } from '../world.js';
import type { Channel } from './channel.js';
import { messageFor } from './view.js';

/**
 * What happened in a channel since `pts`; of one that is too far behind, how the channel is now
 * (https://core.telegram.org/method/updates.getChannelDifference).
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
  const { channelKept, channelTimeout: timeout } = world.updates;
  const size = sliceOf(world.updates, limit, viewer.bot ? 'channel-of-bot' : 'channel');
  if (box.countSince(pts) > channelKept) return tooLong(world, viewer, channel, size);
  const slice = box.since(pts, size);
  if (slice.length === 0)
    return new tl.updates.ChannelDifferenceEmpty({ final: true, pts: box.pts, timeout });
  const { newMessages, otherUpdates } = changesOf(box, slice, (one) => messageFor(viewer, one));
  const mentioned = new Mentioned().key(channel.key).messages(newMessages).updates(otherUpdates);
  return new tl.updates.ChannelDifference({
    final: slice.at(-1)?.pts === box.pts,
    pts: slice.at(-1)?.pts ?? box.pts,
    timeout,
    newMessages,
    otherUpdates,
    ...mentioned.for(world, viewer, true),
  });
}

/** The conversation and its latest messages, newest first: what is between is not told. */
function tooLong(
  world: World,
  viewer: User,
  { key, box }: Channel,
  size: number,
): tl.updates.ChannelDifferenceTooLong {
  const latest = [];
  for (const letter of box.thread(key).back()) {
    if (latest.length >= size) break;
    latest.push(messageFor(viewer, letter));
  }
  return new tl.updates.ChannelDifferenceTooLong({
    final: true,
    timeout: world.updates.channelTimeout,
    dialog: dialogFor(world, viewer, conversation(world, viewer, key)),
    messages: latest,
    ...new Mentioned().key(key).messages(latest).for(world, viewer),
  });
}
