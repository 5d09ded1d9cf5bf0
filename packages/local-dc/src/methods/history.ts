import * as tl from '@tlgen/telegram';
import { channels, messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import type { Box } from '../world/box.js';
import { messageFor } from '../world/channels/view.js';
import { seen } from '../world/channels/views.js';
import { badRequest } from '../world/fault.js';
import { boxOf, inputChannel, inputPeer } from '../world/input.js';
import { Mentioned } from '../world/mentioned.js';
import { pageOf } from '../world/paging.js';
import { lettersWith, limitOf, listed } from './found.js';

/** Messages that are looked up. */
export const historyMethods: readonly BuiltIn[] = [
  method(messages.GetHistoryRequest, getHistory),
  method(messages.GetMessagesRequest, getMessages),
  method(channels.GetMessagesRequest, getChannelMessages),
  method(messages.GetMessagesViewsRequest, getMessagesViews),
];

function getHistory(
  request: messages.GetHistoryRequest,
  context: RequestContext,
): messages.TypeMessages {
  const target = inputPeer(context.world, context.user, request.peer);
  const all = lettersWith(context, target);
  const { letters, skipped } = pageOf(all, { ...request, limit: limitOf(request.limit) });
  return listed(context, target, letters, all.length, skipped);
}

/** Messages of a box by id, or those they reply to; `messageEmpty` for what is not there. */
function byIds(
  { user }: RequestContext,
  box: Box,
  ids: readonly tl.TypeInputMessage[],
): tl.TypeMessage[] {
  const find = (id: number | undefined) => {
    const letter = id === undefined ? undefined : box.letters.get(id);
    return letter && messageFor(user, letter);
  };
  return ids.map((input) => {
    if (!('id' in input)) return new tl.MessageEmpty({ id: 0 });
    const message = find(input.id);
    if (!(input instanceof tl.InputMessageReplyTo))
      return message ?? new tl.MessageEmpty({ id: input.id });
    const { replyTo } = message ?? {};
    const original = find(
      replyTo instanceof tl.MessageReplyHeader ? replyTo.replyToMsgId : undefined,
    );
    return original ?? new tl.MessageEmpty({ id: input.id });
  });
}

function getMessages(
  { id }: messages.GetMessagesRequest,
  context: RequestContext,
): messages.TypeMessages {
  const found = byIds(context, context.user.box, id);
  const mentioned = new Mentioned().messages(found).for(context.world, context.user);
  return new messages.Messages({ messages: found, topics: [], ...mentioned });
}

function getChannelMessages(
  { channel: input, id }: channels.GetMessagesRequest,
  context: RequestContext,
): messages.TypeMessages {
  const { world, user } = context;
  const channel = inputChannel(world, user, input);
  if (id.length === 0) throw badRequest('MESSAGE_IDS_EMPTY');
  const found = byIds(context, channel.box, id);
  const mentioned = new Mentioned().key(channel.key).messages(found).for(world, user);
  const { pts } = channel.box;
  return new messages.ChannelMessages({
    messages: found,
    topics: [],
    pts,
    count: found.length,
    ...mentioned,
  });
}

/** How often posts were seen; asking may count as seeing, once for each viewer. */
function getMessagesViews(
  { peer, id: ids, increment }: messages.GetMessagesViewsRequest,
  context: RequestContext,
): messages.TypeMessageViews {
  const { world, user } = context;
  const target = inputPeer(world, user, peer);
  const box = boxOf(user, target);
  const views = ids.map((id) => {
    const letter = box.letters.get(id);
    if (letter?.peer !== target.key || !(letter.message instanceof tl.Message))
      return new tl.MessageViews({});
    if (increment && 'channel' in target) seen(target.channel, user, letter);
    const { message } = box.letters.get(id) ?? letter;
    if (!(message instanceof tl.Message)) return new tl.MessageViews({});
    return new tl.MessageViews({ views: message.views, forwards: message.forwards });
  });
  const mentioned = new Mentioned().key(target.key).for(world, user);
  return new messages.MessageViews({ views, ...mentioned });
}
