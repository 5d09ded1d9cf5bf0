import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { messageFor } from '../world/channels/view.js';
import { conversations } from '../world/dialogs.js';
import { badRequest } from '../world/fault.js';
import { boxOf, inputPeer, targetOf } from '../world/input.js';
import { Mentioned, keyOf } from '../world/mentioned.js';
import { isBetween, pageOf } from '../world/paging.js';
import { matching } from '../world/search.js';
import type { Letter } from '../world/types.js';
import { folderOf } from './dialogs.js';
import { lettersWith, limitOf, listed } from './found.js';

/** Messages by what they say. */
export const searchMethods: readonly BuiltIn[] = [
  method(messages.SearchRequest, search),
  method(messages.SearchGlobalRequest, searchGlobal),
  method(messages.GetSearchCountersRequest, getSearchCounters),
];

function search(request: messages.SearchRequest, context: RequestContext): messages.TypeMessages {
  const { world, user } = context;
  const { peer, q, filter, fromId } = request;
  if (peer instanceof tl.InputPeerEmpty) return everywhere(context, request);
  const target = inputPeer(world, user, peer);
  const author = fromId && inputPeer(world, user, fromId).key;
  const from = ({ message }: Letter): boolean =>
    author === undefined || keyOf(message.fromId ?? message.peerId) === author;
  const all = matching(lettersWith(context, target), { q, filter, from });
  const { letters, skipped } = pageOf(all, { ...request, limit: limitOf(request.limit) });
  return listed(context, target, letters, all.length, skipped);
}

/** Without a peer: all private chats and basic groups, which share ids. */
function everywhere(
  context: RequestContext,
  request: messages.SearchRequest,
): messages.TypeMessages {
  const { world, user } = context;
  const all = matching([...user.box.letters.values()].reverse(), request);
  const { letters } = pageOf(all, { ...request, limit: limitOf(request.limit) });
  const found = letters.map(({ message }) => message);
  const common = {
    messages: found,
    topics: [],
    ...new Mentioned().messages(found).for(world, user),
  };
  return letters.length === all.length
    ? new messages.Messages(common)
    : new messages.MessagesSlice({ ...common, count: all.length });
}

/** The rate of a message, by which pages of a search everywhere are told apart, is its date. */
function searchGlobal(
  request: messages.SearchGlobalRequest,
  context: RequestContext,
): messages.TypeMessages {
  const { world, user } = context;
  const { q, filter, offsetRate, offsetId, offsetPeer, folderId } = request;
  if (q.trim() === '' && filter instanceof tl.InputMessagesFilterEmpty)
    throw badRequest('SEARCH_QUERY_EMPTY');
  const letters = conversations(world, user, folderOf(folderId))
    .map(({ key }) => targetOf(world, key))
    .filter((target) => {
      if (request.broadcastsOnly) return 'channel' in target && !target.channel.megagroup;
      if (request.groupsOnly)
        return 'chat' in target || ('channel' in target && target.channel.megagroup);
      return !request.usersOnly || 'user' in target;
    })
    .flatMap((target) => lettersWith(context, target))
    .sort((a, b) => b.uid - a.uid);
  const all = matching(letters, { q, filter });
  const last =
    offsetPeer instanceof tl.InputPeerEmpty
      ? undefined
      : boxOf(user, inputPeer(world, user, offsetPeer)).letters.get(offsetId);
  const rest = all.filter(({ uid, message: { date } }) => {
    if (last) return uid < last.uid;
    return offsetRate === 0 || date < offsetRate;
  });
  const { minDate, maxDate } = request;
  const page = rest
    .slice(0, limitOf(request.limit))
    .filter(({ message: { date } }) => isBetween(date, minDate, maxDate));
  const found = page.map((letter) => messageFor(user, letter));
  const mentioned = new Mentioned().messages(found).for(world, user);
  const common = { messages: found, topics: [], ...mentioned };
  if (rest.length === page.length && rest.length === all.length)
    return new messages.Messages(common);
  const nextRate = page.length < rest.length ? page.at(-1)?.message.date : undefined;
  return new messages.MessagesSlice({ ...common, count: all.length, nextRate });
}

function getSearchCounters(
  { peer, filters }: messages.GetSearchCountersRequest,
  context: RequestContext,
): messages.TypeSearchCounter[] {
  const all = lettersWith(context, inputPeer(context.world, context.user, peer));
  return filters.map((filter) => {
    const count = matching(all, { q: '', filter }).length;
    return new messages.SearchCounter({ filter, count });
  });
}
