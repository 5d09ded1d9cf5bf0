import * as tl from '@tlgen/telegram';
import { folders, messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { tell, updatesFor } from '../world/deliveries.js';
import { ARCHIVE } from '../world/dialogs.js';
import { badRequest } from '../world/fault.js';
import { boxOf, inputPeer, type Target } from '../world/input.js';
import { Mentioned, peerOf } from '../world/mentioned.js';
import { folderOf } from './dialogs.js';

/** Most pinned conversations in a folder. */
const PINNED_MAX = { main: 5, archive: 100 };

/** Conversations at the top, and in the archive. */
export const folderMethods: readonly BuiltIn[] = [
  method(messages.ToggleDialogPinRequest, togglePin),
  method(messages.ReorderPinnedDialogsRequest, reorder),
  method(folders.EditPeerFoldersRequest, editPeerFolders),
];

/** @throws RpcFault `PEER_ID_INVALID` */
function dialogTarget({ world, user }: RequestContext, input: tl.TypeInputDialogPeer): Target {
  if (!(input instanceof tl.InputDialogPeer)) throw badRequest('PEER_ID_INVALID');
  return inputPeer(world, user, input.peer);
}

function togglePin(
  { pinned = false, peer }: messages.ToggleDialogPinRequest,
  context: RequestContext,
): boolean {
  const { world, user, session } = context;
  const target = dialogTarget(context, peer);
  const { key } = target;
  if (boxOf(user, target).thread(key).size === 0) throw badRequest('PEER_HISTORY_EMPTY');
  const archived = user.archived.has(key);
  const same = user.pinned.filter((one) => user.archived.has(one) === archived && one !== key);
  if (pinned && same.length >= (archived ? PINNED_MAX.archive : PINNED_MAX.main))
    throw badRequest('PINNED_DIALOGS_TOO_MUCH');
  const at = user.pinned.indexOf(key);
  if (at >= 0) user.pinned.splice(at, 1);
  if (pinned) user.pinned.unshift(key);
  const update = new tl.UpdateDialogPinned({
    pinned,
    folderId: archived ? ARCHIVE : undefined,
    peer: new tl.DialogPeer({ peer: peerOf(key) }),
  });
  const mentioned = new Mentioned().key(key);
  tell(world, user, [update], { exceptSession: session.id, mentioned });
  return true;
}

function reorder(
  { force = false, folderId, order }: messages.ReorderPinnedDialogsRequest,
  context: RequestContext,
): boolean {
  const { world, user, session } = context;
  const inArchive = folderOf(folderId) === ARCHIVE;
  const wanted = order.map((one) => dialogTarget(context, one).key);
  const before = user.pinned.filter((key) => user.archived.has(key) === inArchive);
  const others = user.pinned.filter((key) => user.archived.has(key) !== inArchive);
  // Without `force`, those that are not named stay pinned below.
  const kept = force ? [] : before.filter((key) => !wanted.includes(key));
  user.pinned.splice(0, user.pinned.length, ...wanted, ...kept, ...others);
  const peers = [...wanted, ...kept].map((key) => new tl.DialogPeer({ peer: peerOf(key) }));
  const update = new tl.UpdatePinnedDialogs({ folderId: folderId || undefined, order: peers });
  tell(world, user, [update], { exceptSession: session.id });
  return true;
}

function editPeerFolders(
  { folderPeers }: folders.EditPeerFoldersRequest,
  context: RequestContext,
): tl.TypeUpdates {
  const { world, user, session } = context;
  const mentioned = new Mentioned();
  const moved = folderPeers.map(({ peer, folderId }) => {
    const { key } = inputPeer(world, user, peer);
    if (folderOf(folderId) === ARCHIVE) user.archived.add(key);
    else user.archived.delete(key);
    const at = user.pinned.indexOf(key);
    if (at >= 0) user.pinned.splice(at, 1);
    mentioned.key(key);
    return new tl.FolderPeer({ peer: peerOf(key), folderId });
  });
  const update = user.box.note(
    1,
    (pts) => new tl.UpdateFolderPeers({ folderPeers: moved, pts, ptsCount: 1 }),
  );
  tell(world, user, [update], { exceptSession: session.id, mentioned });
  return updatesFor(world, user, [update], { mentioned });
}
