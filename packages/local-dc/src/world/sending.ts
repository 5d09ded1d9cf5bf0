import * as tl from '@tlgen/telegram';
import { saidBy, type Content } from './content.js';
import { tell } from './deliveries.js';
import { Mentioned, peerOf } from './mentioned.js';
import type { Target } from './input.js';
import type { Letter, PeerKey, User } from './types.js';
import type { World } from './world.js';

/** A user, or a basic group: each member has a copy. */
export type BoxedTarget = Exclude<Target, { readonly channel: unknown }>;

/** A copy in somebody's box, and pts after it. */
export interface Placed {
  readonly user: User;
  readonly letter: Letter;
  readonly pts: number;
}

/** Whose boxes get a copy, and under which peer each files it. */
export function recipients(world: World, sender: User, target: BoxedTarget): [User, PeerKey][] {
  if ('chat' in target) {
    const members = [...target.chat.members.keys()].map((id) => world.user(id));
    return members.flatMap((user) => (user ? [[user, target.key] as [User, PeerKey]] : []));
  }
  if (target.user.id === sender.id) return [[sender, target.key]];
  return [
    [sender, target.key],
    [target.user, `user:${sender.id}`],
  ];
}

/**
 * Puts a message into every box it belongs to.
 *
 * @returns the sender's copy first.
 */
export function place(world: World, sender: User, target: BoxedTarget, content: Content): Placed[] {
  const uid = world.nextUid();
  const date = world.now();
  const replied =
    content.replyTo === undefined ? undefined : sender.box.letters.get(content.replyTo);
  const boxes = recipients(world, sender, target).sort(
    ([a], [b]) => Number(b === sender) - Number(a === sender),
  );
  return boxes.map(([user, peer]) => {
    const reply = replied ? user.box.byUid(replied.uid)?.message.id : undefined;
    const common = {
      id: user.box.nextId(),
      out: user === sender,
      peerId: peerOf(peer),
      fromId: new tl.PeerUser({ userId: sender.id }),
      date,
      silent: content.silent,
      replyTo: reply === undefined ? undefined : new tl.MessageReplyHeader({ replyToMsgId: reply }),
    };
    const message = content.action
      ? new tl.MessageService({ ...common, action: content.action })
      : new tl.Message({
          ...common,
          ...saidBy(content),
        });
    const letter: Letter = { uid, peer, message };
    return { user, letter, pts: user.box.add(letter) };
  });
}

/** Tells everybody about a placed message: short forms where they say enough. */
export function announce(world: World, placed: Placed, exceptSession?: bigint): void {
  const { user, letter, pts } = placed;
  const short = world.updates.shortForms ? shortForm(placed) : null;
  const update = new tl.UpdateNewMessage({ message: letter.message, pts, ptsCount: 1 });
  if (short && isKnown(user, letter)) {
    world.deliver({ userId: user.id, exceptSession, about: [update], build: () => short });
  } else {
    tell(world, user, [update], { exceptSession, mentioned: new Mentioned().key(letter.peer) });
  }
}

/** Whether the receiver has met everybody in the message before, so that it may come without users and groups. */
function isKnown(user: User, letter: Letter): boolean {
  const { fromId, id } = letter.message;
  for (const other of user.box.thread(letter.peer).back()) {
    if (other.message.id === id) continue;
    const from = other.message.fromId;
    if (
      from instanceof tl.PeerUser &&
      fromId instanceof tl.PeerUser &&
      from.userId === fromId.userId
    )
      return true;
  }
  return false;
}

function shortForm({ letter, pts }: Placed): tl.TypeUpdates | null {
  const { message } = letter;
  if (!(message instanceof tl.Message) || message.media || message.replyMarkup) return null;
  if (message.fwdFrom) return null;
  const { id, out, silent, date, replyTo, entities, fromId, peerId } = message;
  if (entities?.some((one) => one instanceof tl.MessageEntityMentionName)) return null;
  const common = {
    id,
    out,
    silent,
    message: message.message,
    pts,
    ptsCount: 1,
    date,
    replyTo,
    entities,
  };
  if (peerId instanceof tl.PeerUser)
    return new tl.UpdateShortMessage({ ...common, userId: peerId.userId });
  if (peerId instanceof tl.PeerChat && fromId instanceof tl.PeerUser)
    return new tl.UpdateShortChatMessage({
      ...common,
      chatId: peerId.chatId,
      fromId: fromId.userId,
    });
  return null;
}
