import { messages, type TypeMessage } from '@tlgen/telegram';
import type { RequestContext } from '../dispatch/types.js';
import { messageFor } from '../world/channels/view.js';
import { boxOf, type Target } from '../world/input.js';
import { Mentioned } from '../world/mentioned.js';
import type { Letter } from '../world/types.js';
import { PAGE_DEFAULT, PAGE_MAX } from './limits.js';

/** How many items a request wants: 0 lets the server choose. */
export const limitOf = (limit: number): number =>
  limit <= 0 ? PAGE_DEFAULT : Math.min(limit, PAGE_MAX);

/** All messages with a peer, newest first. */
export const lettersWith = ({ user }: RequestContext, target: Target): Letter[] =>
  boxOf(user, target).with(target.key);

/** An answer that lists messages of one peer: with pts for channels, with a count unless these are all. */
export function listed(
  { world, user }: RequestContext,
  target: Target,
  page: readonly Letter[],
  count: number,
  skipped: number,
): messages.TypeMessages {
  const found: TypeMessage[] = page.map((letter) => messageFor(user, letter));
  const mentioned = new Mentioned().key(target.key).messages(found).for(world, user);
  const common = { messages: found, topics: [], ...mentioned };
  if ('channel' in target)
    return new messages.ChannelMessages({ ...common, pts: target.channel.box.pts, count });
  return page.length === count
    ? new messages.Messages(common)
    : new messages.MessagesSlice({ ...common, count, offsetIdOffset: skipped || undefined });
}
