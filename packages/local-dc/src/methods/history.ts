import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { inputPeer } from '../world/input.js';
import { stateOf } from '../world/difference.js';
import { badRequest } from '../world/fault.js';
import { Mentioned, peerOf } from '../world/mentioned.js';
import type { Letter, PeerKey, User } from '../world/types.js';
import { PAGE_MAX } from './limits.js';

/** Messages and conversations that are looked up. */
export const historyMethods: readonly BuiltIn[] = [
  method(messages.GetHistoryRequest, getHistory),
  method(messages.GetMessagesRequest, getMessages),
  method(messages.GetDialogsRequest, getDialogs),
  method(messages.GetPeerDialogsRequest, getPeerDialogs),
  method(messages.GetPinnedDialogsRequest, getPinnedDialogs),
];

function getHistory(
  request: messages.GetHistoryRequest,
  { world, user }: RequestContext,
): messages.TypeMessages {
  const { key } = inputPeer(world, user, request.peer);
  const { offsetId, offsetDate, addOffset, maxId, minId } = request;
  const all = user.box.with(key);
  const start = all.findIndex(
    ({ message: { id, date } }) =>
      (offsetId === 0 || id < offsetId) && (offsetDate === 0 || date < offsetDate),
  );
  const from = Math.max((start < 0 ? all.length : start) + addOffset, 0);
  const limit = Math.min(Math.max(request.limit, 0), PAGE_MAX);
  const page = all
    .slice(from, from + limit)
    .filter(({ message: { id } }) => (maxId === 0 || id < maxId) && id > minId)
    .map(({ message }) => message);
  const mentioned = new Mentioned().key(key).messages(page).for(world, user);
  const common = { messages: page, topics: [], ...mentioned };
  return page.length === all.length
    ? new messages.Messages(common)
    : new messages.MessagesSlice({ ...common, count: all.length });
}

function getMessages(
  { id }: messages.GetMessagesRequest,
  { world, user }: RequestContext,
): messages.TypeMessages {
  const found = id.map((input): tl.TypeMessage => {
    if (!('id' in input)) return new tl.MessageEmpty({ id: 0 });
    const message = user.box.letters.get(input.id)?.message;
    if (input instanceof tl.InputMessageReplyTo) {
      const replied =
        message?.replyTo instanceof tl.MessageReplyHeader
          ? message.replyTo.replyToMsgId
          : undefined;
      const original = replied === undefined ? undefined : user.box.letters.get(replied)?.message;
      return original ?? new tl.MessageEmpty({ id: input.id });
    }
    return message ?? new tl.MessageEmpty({ id: input.id });
  });
  const mentioned = new Mentioned().messages(found).for(world, user);
  return new messages.Messages({ messages: found, topics: [], ...mentioned });
}

/** A conversation and its newest message. */
function dialogOf(user: User, key: PeerKey): { dialog: tl.Dialog; top: Letter | undefined } {
  const [top] = user.box.with(key);
  const { inbox, outbox } = user.box.marks(key);
  const dialog = new tl.Dialog({
    peer: peerOf(key),
    topMessage: top?.message.id ?? 0,
    readInboxMaxId: inbox,
    readOutboxMaxId: outbox,
    unreadCount: user.box.unread(key),
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: new tl.PeerNotifySettings({}),
  });
  return { dialog, top };
}

function dialogs({ world, user }: RequestContext, keys: readonly PeerKey[]) {
  const found = keys.map((key) => dialogOf(user, key));
  const tops = found.flatMap(({ top }) => (top ? [top.message] : []));
  const mentioned = new Mentioned().messages(tops);
  for (const key of keys) mentioned.key(key);
  return {
    dialogs: found.map(({ dialog }) => dialog),
    messages: tops,
    ...mentioned.for(world, user),
  };
}

function getDialogs(
  request: messages.GetDialogsRequest,
  context: RequestContext,
): messages.TypeDialogs {
  const { user } = context;
  const { offsetId, offsetDate, folderId } = request;
  // Only the main folder has conversations.
  const all = folderId === undefined || folderId === 0 ? user.box.peers() : [];
  const rest = all.filter((key) => {
    const { id, date } = user.box.with(key)[0]?.message ?? { id: 0, date: 0 };
    return (offsetDate === 0 || date <= offsetDate) && (offsetId === 0 || id < offsetId);
  });
  const page = rest.slice(0, Math.min(Math.max(request.limit, 1), PAGE_MAX));
  const common = dialogs(context, page);
  return page.length === all.length
    ? new messages.Dialogs(common)
    : new messages.DialogsSlice({ ...common, count: all.length });
}

function getPeerDialogs(
  { peers }: messages.GetPeerDialogsRequest,
  context: RequestContext,
): messages.TypePeerDialogs {
  const { world, user, authorization } = context;
  const keys = peers.map((one) => {
    if (!(one instanceof tl.InputDialogPeer)) throw badRequest('PEER_ID_INVALID');
    return inputPeer(world, user, one.peer).key;
  });
  const state = stateOf(world, user, authorization);
  return new messages.PeerDialogs({ ...dialogs(context, keys), state });
}

function getPinnedDialogs(
  _: messages.GetPinnedDialogsRequest,
  context: RequestContext,
): messages.TypePeerDialogs {
  const state = stateOf(context.world, context.user, context.authorization);
  return new messages.PeerDialogs({ ...dialogs(context, []), state });
}
