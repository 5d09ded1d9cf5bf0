import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import {
  ARCHIVE,
  conversation,
  conversations,
  dialogsFor,
  type Conversation,
} from '../world/dialogs.js';
import { stateOf } from '../world/difference.js';
import { badRequest } from '../world/fault.js';
import { boxOf, inputPeer } from '../world/input.js';
import { limitOf } from './found.js';

/** Conversations. */
export const dialogMethods: readonly BuiltIn[] = [
  method(messages.GetDialogsRequest, getDialogs),
  method(messages.GetPeerDialogsRequest, getPeerDialogs),
  method(messages.GetPinnedDialogsRequest, getPinnedDialogs),
];

/** @throws RpcFault `FOLDER_ID_INVALID` */
export function folderOf<F extends number | undefined>(id: F): F {
  if (id !== undefined && id !== 0 && id !== ARCHIVE) throw badRequest('FOLDER_ID_INVALID');
  return id;
}

function getDialogs(
  request: messages.GetDialogsRequest,
  context: RequestContext,
): messages.TypeDialogs {
  const { world, user } = context;
  const folder = conversations(world, user, folderOf(request.folderId));
  const all = request.excludePinned
    ? folder.filter(({ key }) => !user.pinned.includes(key))
    : folder;
  const isAfter = after(request, context);
  // Pinned ones are at the top whatever their date: they come on the first page only.
  const rest = all.filter(
    (one) => isAfter === null || (isAfter(one) && !user.pinned.includes(one.key)),
  );
  const page = rest.slice(0, limitOf(request.limit));
  const common = dialogsFor(world, user, page);
  return page.length === all.length
    ? new messages.Dialogs(common)
    : new messages.DialogsSlice({ ...common, count: all.length });
}

/** Which conversations are on the page that follows the last one of the page before; null: the first page. */
function after(
  { offsetId, offsetDate, offsetPeer }: messages.GetDialogsRequest,
  { world, user }: RequestContext,
): ((one: Conversation) => boolean) | null {
  if (offsetId === 0 && offsetDate === 0) return null;
  if (!(offsetPeer instanceof tl.InputPeerEmpty)) {
    const target = inputPeer(world, user, offsetPeer);
    const last = boxOf(user, target).letters.get(offsetId);
    if (last?.peer === target.key) return ({ top }) => (top?.uid ?? 0) < last.uid;
  }
  return ({ key, top }) => {
    const { id, date } = top?.message ?? { id: 0, date: 0 };
    if (offsetDate !== 0 && date > offsetDate) return false;
    // Ids of channels are their own: among those of one second, only the others can be told apart by id.
    const own = key.startsWith('channel:');
    return offsetId === 0 || (own ? offsetDate === 0 || date < offsetDate : id < offsetId);
  };
}

function getPeerDialogs(
  { peers }: messages.GetPeerDialogsRequest,
  context: RequestContext,
): messages.TypePeerDialogs {
  const { world, user, authorization } = context;
  const list = peers.map((one) => {
    if (!(one instanceof tl.InputDialogPeer)) throw badRequest('PEER_ID_INVALID');
    return conversation(world, user, inputPeer(world, user, one.peer).key);
  });
  const state = stateOf(world, user, authorization);
  return new messages.PeerDialogs({ ...dialogsFor(world, user, list), state });
}

function getPinnedDialogs(
  { folderId }: messages.GetPinnedDialogsRequest,
  { world, user, authorization }: RequestContext,
): messages.TypePeerDialogs {
  const list = conversations(world, user, folderOf(folderId));
  const pinned = list.filter(({ key }) => user.pinned.includes(key));
  const state = stateOf(world, user, authorization);
  return new messages.PeerDialogs({ ...dialogsFor(world, user, pinned), state });
}
