import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { badRequest } from '../world/fault.js';
import { boxOf, inputPeer } from '../world/input.js';
import { peerOf } from '../world/mentioned.js';
import { send } from '../world/outgoing.js';
import type { World } from '../world/world.js';
import { PAGE_MAX } from './limits.js';
import { takeRandomIds } from './albums.js';
import { answered, mayWrite } from './sending.js';

/** Messages that are sent on. */
export const forwardingMethods: readonly BuiltIn[] = [
  method(messages.ForwardMessagesRequest, forward),
];

function forward(
  request: messages.ForwardMessagesRequest,
  context: RequestContext,
): tl.TypeUpdates {
  const { world, user, session } = context;
  const { id: ids, randomId: randomIds, dropAuthor, dropMediaCaptions, silent } = request;
  const from = inputPeer(world, user, request.fromPeer);
  const to = inputPeer(world, user, request.toPeer);
  mayWrite(context, to);
  if (ids.length === 0 || ids.length > PAGE_MAX) throw badRequest('MESSAGE_IDS_EMPTY');
  if (ids.length !== randomIds.length) throw badRequest('RANDOM_ID_INVALID');
  if ('channel' in to && to.channel.slowMode > 0 && ids.length > 1)
    throw badRequest('SLOWMODE_MULTI_MSGS_DISABLED');
  const box = boxOf(user, from);
  const savedFrom = 'user' in to && to.user === user ? peerOf(from.key) : undefined;
  const found = ids.map((id) => {
    const letter = box.letters.get(id);
    if (letter?.peer !== from.key || !(letter.message instanceof tl.Message))
      throw badRequest('MESSAGE_ID_INVALID');
    return letter.message;
  });
  takeRandomIds(context, randomIds);
  const albums = albumsOf(world, found);
  const all = found.map((message) => {
    const { media, entities } = message;
    const groupedId = albums.get(message.groupedId ?? 0n);
    const text = media && dropMediaCaptions ? '' : message.message;
    const fwdFrom = dropAuthor ? undefined : headerOf(message, savedFrom);
    return send(world, user, to, { text, entities, media, fwdFrom, silent, groupedId }, session.id);
  });
  return answered(context, all, randomIds);
}

/** What is of an album stays together, under another id; one of it alone is of none. */
function albumsOf(world: World, all: readonly tl.Message[]): Map<bigint, bigint> {
  const albums = new Map<bigint, bigint>();
  const seen = new Set<bigint>();
  for (const { groupedId } of all) {
    if (groupedId === undefined) continue;
    if (seen.has(groupedId) && !albums.has(groupedId)) albums.set(groupedId, world.randomLong());
    seen.add(groupedId);
  }
  return albums;
}

/**
 * Who wrote it first, and where.
 *
 * @param savedFrom - where it is taken from, when it goes to the user's own chat.
 */
function headerOf(message: tl.Message, savedFrom: tl.TypePeer | undefined): tl.MessageFwdHeader {
  const { fwdFrom, fromId, peerId, id, date, post } = message;
  const header =
    fwdFrom ??
    (post
      ? new tl.MessageFwdHeader({ fromId: peerId, channelPost: id, date })
      : new tl.MessageFwdHeader({ fromId, date }));
  const saved = savedFrom && { savedFromPeer: savedFrom, savedFromMsgId: id };
  // Who forwards it from there later says nothing of it.
  const { savedFromPeer: _, savedFromMsgId: __, ...rest } = header;
  return new tl.MessageFwdHeader({ ...rest, ...saved });
}
