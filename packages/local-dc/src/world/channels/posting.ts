import * as tl from '@tlgen/telegram';
import { saidBy, type Content } from '../content.js';
import { tell } from '../deliveries.js';
import type { Letter, User } from '../types.js';
import type { World } from '../world.js';
import type { Channel } from './channel.js';
import { messageFor } from './view.js';

/** A message in a channel, and pts after it. */
export interface Posted {
  readonly letter: Letter;
  readonly pts: number;
}

/** Puts a message into a channel; its writer has read everything by that. Nobody is told yet. */
export function post(world: World, sender: User, channel: Channel, content: Content): Posted {
  const { box, key, id: channelId, megagroup } = channel;
  const replied = content.replyTo === undefined ? undefined : box.letters.get(content.replyTo);
  const common = {
    id: box.nextId(),
    post: !megagroup,
    peerId: new tl.PeerChannel({ channelId }),
    fromId: megagroup ? new tl.PeerUser({ userId: sender.id }) : undefined,
    date: world.now(),
    silent: content.silent,
    replyTo: replied && new tl.MessageReplyHeader({ replyToMsgId: replied.message.id }),
  };
  const message = content.action
    ? new tl.MessageService({ ...common, action: content.action })
    : new tl.Message({
        ...common,
        ...saidBy(content),
        views: megagroup ? undefined : 1,
        forwards: megagroup ? undefined : 0,
      });
  const letter: Letter = { uid: world.nextUid(), peer: key, message, senderId: sender.id };
  const pts = box.add(letter);
  const member = channel.members.get(sender.id);
  if (member) member.readInbox = message.id;
  if (!content.action) channel.wroteAt.set(sender.id, world.now());
  return { letter, pts };
}

/** The update that brings a message to one member. */
export function newMessage(viewer: User, { letter, pts }: Posted): tl.UpdateNewChannelMessage {
  const message = messageFor(viewer, letter);
  return new tl.UpdateNewChannelMessage({ message, pts, ptsCount: 1 });
}

/** Tells all members about a message. */
export function announcePost(
  world: World,
  channel: Channel,
  posted: Posted,
  exceptSession?: bigint,
): void {
  tellMembers(world, channel, (member) => newMessage(member, posted), {
    userId: posted.letter.senderId,
    session: exceptSession,
  });
}

/** Tells all members something; one session of one of them knows it by its answer. */
export function tellMembers(
  world: World,
  channel: Channel,
  make: (member: User) => tl.TypeUpdate,
  except: { readonly userId?: bigint | undefined; readonly session?: bigint | undefined } = {},
): void {
  for (const id of channel.members.keys()) {
    const member = world.user(id);
    if (!member || world.homesOf(id).length === 0) continue;
    const exceptSession = id === except.userId ? except.session : undefined;
    tell(world, member, [make(member)], { exceptSession });
  }
}

/** Tells one user that a channel, or what they may do in it, is not as it was. */
export function tellChannel(
  world: World,
  user: User,
  { id }: Channel,
  exceptSession?: bigint,
): tl.UpdateChannel {
  const update = new tl.UpdateChannel({ channelId: id });
  tell(world, user, [update], { exceptSession });
  return update;
}
