import * as tl from '@tlgen/telegram';
import { tell } from './deliveries.js';
import type { Letter, PeerKey, User } from './types.js';
import type { World } from './world.js';

/** pts after a change, and how much of it the change took. */
export interface Affected {
  readonly pts: number;
  readonly ptsCount: number;
}

/** All copies of a message. */
export function copiesOf(world: World, uid: number): { user: User; letter: Letter }[] {
  const copies: { user: User; letter: Letter }[] = [];
  for (const user of world.users.values()) {
    const letter = user.box.byUid(uid);
    if (letter) copies.push({ user, letter });
  }
  return copies;
}

/**
 * Deletes messages from a user's box, and with `revoke` from everybody's.
 *
 * @returns what it did to the user's own pts.
 */
export function deleteMessages(
  world: World,
  user: User,
  ids: readonly number[],
  revoke: boolean,
  exceptSession?: bigint,
): Affected {
  const gone = new Map<User, number[]>([[user, []]]);
  for (const id of ids) {
    const own = user.box.letters.get(id);
    if (!own) continue;
    const copies = revoke ? copiesOf(world, own.uid) : [{ user, letter: own }];
    for (const copy of copies) {
      if (!copy.user.box.remove(copy.letter.message.id)) continue;
      const list = gone.get(copy.user) ?? [];
      list.push(copy.letter.message.id);
      gone.set(copy.user, list);
    }
  }
  for (const [owner, messages] of gone) {
    if (messages.length === 0) continue;
    const ptsCount = messages.length;
    const update = owner.box.note(
      ptsCount,
      (pts) => new tl.UpdateDeleteMessages({ messages, pts, ptsCount }),
    );
    tell(world, owner, [update], owner === user ? { exceptSession } : {});
  }
  return { pts: user.box.pts, ptsCount: gone.get(user)?.length ?? 0 };
}

/** Replaces what a message says, in every copy. @returns the editor's own update. */
export function editMessage(
  world: World,
  editor: User,
  letter: Letter,
  change: Pick<tl.Message, 'message' | 'entities' | 'replyMarkup'> &
    Partial<Pick<tl.Message, 'media'>>,
  exceptSession?: bigint,
): tl.UpdateEditMessage | null {
  let own: tl.UpdateEditMessage | null = null;
  for (const { user, letter: copy } of copiesOf(world, letter.uid)) {
    if (!(copy.message instanceof tl.Message)) continue;
    const message = new tl.Message({ ...copy.message, ...change, editDate: world.now() });
    user.box.replace({ ...copy, message });
    const update = user.box.note(
      1,
      (pts) => new tl.UpdateEditMessage({ message, pts, ptsCount: 1 }),
    );
    if (user === editor) own = update;
    tell(world, user, [update], user === editor ? { exceptSession } : {});
  }
  return own;
}

/** Marks a conversation read up to `maxId`, and tells the senders. */
export function readHistory(
  world: World,
  user: User,
  peer: PeerKey,
  maxId: number,
  exceptSession?: bigint,
): Affected {
  const marks = user.box.marks(peer);
  const inBox = user.box.with(peer).filter(({ message }) => !message.out);
  const newest = inBox.find(({ message }) => maxId === 0 || message.id <= maxId);
  if (!newest || newest.message.id <= marks.inbox) return { pts: user.box.pts, ptsCount: 0 };
  const before = marks.inbox;
  marks.inbox = newest.message.id;
  const { peerId } = newest.message;
  const update = user.box.note(
    1,
    (pts) =>
      new tl.UpdateReadHistoryInbox({
        peer: peerId,
        maxId: marks.inbox,
        stillUnreadCount: user.box.unread(peer),
        pts,
        ptsCount: 1,
      }),
  );
  tell(world, user, [update], { exceptSession });
  tellSenders(
    world,
    user,
    inBox.filter(({ message: { id } }) => id > before && id <= marks.inbox),
  );
  return { pts: user.box.pts, ptsCount: 1 };
}

/** The newest message that was read of each sender moves that sender's outbox mark. */
function tellSenders(world: World, reader: User, letters: readonly Letter[]): void {
  const told = new Set<bigint>();
  for (const { uid, message } of letters) {
    const from = message.fromId;
    if (!(from instanceof tl.PeerUser) || from.userId === reader.id || told.has(from.userId))
      continue;
    told.add(from.userId);
    const sender = world.user(from.userId);
    const copy = sender?.box.byUid(uid);
    if (!sender || !copy) continue;
    const marks = sender.box.marks(copy.peer);
    if (copy.message.id <= marks.outbox) continue;
    marks.outbox = copy.message.id;
    const update = sender.box.note(
      1,
      (pts) =>
        new tl.UpdateReadHistoryOutbox({
          peer: copy.message.peerId,
          maxId: marks.outbox,
          pts,
          ptsCount: 1,
        }),
    );
    tell(world, sender, [update]);
  }
}
