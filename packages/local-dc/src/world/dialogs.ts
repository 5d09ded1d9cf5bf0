import * as tl from '@tlgen/telegram';
import { unreadIn } from './channels/changing.js';
import { messageFor } from './channels/view.js';
import { Mentioned, peerOf } from './mentioned.js';
import type { Letter, PeerKey, User } from './types.js';
import type { World } from './world.js';

/** Folder of the archive. */
export const ARCHIVE = 1;

/** A conversation and its newest message. */
export interface Conversation {
  readonly key: PeerKey;
  readonly top: Letter | undefined;
}

function topOf(world: World, user: User, key: PeerKey): Letter | undefined {
  const channel = key.startsWith('channel:') ? world.channels.get(BigInt(key.slice(8))) : undefined;
  return (channel?.box ?? user.box).thread(key).newest;
}

/**
 * Conversations of a folder: pinned ones as pinned, then the one with the newest message first.
 *
 * @param folderId - undefined: of all folders.
 */
export function conversations(
  world: World,
  user: User,
  folderId: number | undefined,
): Conversation[] {
  const keys = [...user.box.peers(), ...[...user.channels].map((id) => `channel:${id}` as const)];
  const own = keys
    .filter((key) => folderId === undefined || user.archived.has(key) === (folderId === ARCHIVE))
    .map((key) => ({ key, top: topOf(world, user, key) }));
  const place = ({ key }: Conversation): number => user.pinned.indexOf(key);
  // Numbers that join the copies of a message rise over all boxes, as dates do, but never are the same.
  const newer = (a: Conversation, b: Conversation): number => (b.top?.uid ?? 0) - (a.top?.uid ?? 0);
  const pinned = own.filter((one) => place(one) >= 0).sort((a, b) => place(a) - place(b));
  return [...pinned, ...own.filter((one) => place(one) < 0).sort(newer)];
}

/** One conversation as `messages.getDialogs` lists it. */
export function dialogFor(world: World, user: User, { key, top }: Conversation): tl.Dialog {
  const channel = key.startsWith('channel:') ? world.channels.get(BigInt(key.slice(8))) : undefined;
  const member = channel?.members.get(user.id);
  const { inbox, outbox } = channel
    ? { inbox: member?.readInbox ?? 0, outbox: member?.readOutbox ?? 0 }
    : user.box.marks(key);
  return new tl.Dialog({
    pinned: user.pinned.includes(key),
    folderId: user.archived.has(key) ? ARCHIVE : undefined,
    peer: peerOf(key),
    topMessage: top?.message.id ?? 0,
    readInboxMaxId: inbox,
    readOutboxMaxId: outbox,
    unreadCount: channel ? unreadIn(channel, user) : user.box.unread(key),
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: new tl.PeerNotifySettings({}),
    pts: channel?.box.pts,
  });
}

/** Conversations with their newest messages and whom those name. */
export function dialogsFor(world: World, user: User, list: readonly Conversation[]) {
  const tops = list.flatMap(({ top }) => (top ? [messageFor(user, top)] : []));
  const mentioned = new Mentioned().messages(tops);
  for (const { key } of list) mentioned.key(key);
  return {
    dialogs: list.map((one) => dialogFor(world, user, one)),
    messages: tops,
    ...mentioned.for(world, user),
  };
}

/** A conversation, whether there are messages or not. */
export const conversation = (world: World, user: User, key: PeerKey): Conversation => ({
  key,
  top: topOf(world, user, key),
});
