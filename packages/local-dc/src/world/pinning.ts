import * as tl from '@tlgen/telegram';
import { copiesOf, type Affected } from './changing.js';
import { tellMembers } from './channels/posting.js';
import { tell } from './deliveries.js';
import { boxOf, type Target } from './input.js';
import { peerOf } from './mentioned.js';
import type { Letter, User } from './types.js';
import type { World } from './world.js';

/** How messages are pinned, or unpinned. */
export interface Pinning {
  readonly pinned: boolean;
  /** Only for whoever does it: the others' copies stay as they are. */
  readonly oneSide?: boolean | undefined;
}

/** The pinned messages with a peer, newest first. */
export const pinnedWith = (viewer: User, target: Target): Letter[] =>
  boxOf(viewer, target)
    .with(target.key)
    .filter(({ message }) => message instanceof tl.Message && message.pinned);

/**
 * Pins or unpins messages of one conversation, and tells everybody in it.
 *
 * @returns the actor's own update; null when nothing changed for them.
 */
export function pin(
  world: World,
  actor: User,
  target: Target,
  letters: readonly Letter[],
  pinning: Pinning,
  session?: bigint,
): tl.UpdatePinnedMessages | tl.UpdatePinnedChannelMessages | null {
  if ('channel' in target) return pinPosts(world, actor, target, letters, pinning, session);
  let own: tl.UpdatePinnedMessages | null = null;
  const perUser = new Map<User, Letter[]>();
  for (const letter of letters) {
    const copies = pinning.oneSide ? [{ user: actor, letter }] : copiesOf(world, letter.uid);
    for (const copy of copies)
      perUser.set(copy.user, [...(perUser.get(copy.user) ?? []), copy.letter]);
  }
  for (const [user, copies] of perUser) {
    const changed = copies.flatMap((one) => repinned(one, pinning.pinned) ?? []);
    const [first] = changed;
    if (!first) continue;
    for (const one of changed) user.box.replace(one);
    const update = user.box.note(
      changed.length,
      (pts) =>
        new tl.UpdatePinnedMessages({
          pinned: pinning.pinned,
          peer: peerOf(first.peer),
          messages: changed.map(({ message }) => message.id),
          pts,
          ptsCount: changed.length,
        }),
    );
    if (user === actor) own = update;
    tell(world, user, [update], user === actor ? { exceptSession: session } : {});
  }
  return own;
}

function pinPosts(
  world: World,
  actor: User,
  { channel }: Extract<Target, { readonly channel: unknown }>,
  letters: readonly Letter[],
  { pinned }: Pinning,
  session: bigint | undefined,
): tl.UpdatePinnedChannelMessages | null {
  const changed = letters.flatMap((one) => repinned(one, pinned) ?? []);
  if (changed.length === 0) return null;
  for (const one of changed) channel.box.replace(one);
  const update = channel.box.note(
    changed.length,
    (pts) =>
      new tl.UpdatePinnedChannelMessages({
        pinned,
        channelId: channel.id,
        messages: changed.map(({ message }) => message.id),
        pts,
        ptsCount: changed.length,
      }),
  );
  tellMembers(world, channel, () => update, { userId: actor.id, session });
  return update;
}

/** A message with another state; null when it is in that state already, or cannot be pinned. */
function repinned(letter: Letter, pinned: boolean): Letter | null {
  const { message } = letter;
  if (!(message instanceof tl.Message) || Boolean(message.pinned) === pinned) return null;
  return { ...letter, message: new tl.Message({ ...message, pinned }) };
}

/** Unpins all messages of a conversation. @returns what it did to the pts of whoever did it. */
export function unpinAll(world: World, actor: User, target: Target, session?: bigint): Affected {
  const update = pin(world, actor, target, pinnedWith(actor, target), { pinned: false }, session);
  return { pts: boxOf(actor, target).pts, ptsCount: update?.ptsCount ?? 0 };
}
