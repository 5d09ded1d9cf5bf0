import * as tl from '@tlgen/telegram';
import type { User } from '../types.js';
import type { World } from '../world.js';
import type { Channel } from './channel.js';
import { exit, noteAction } from './members.js';
import { tellChannel } from './posting.js';

/**
 * Kicks or restricts somebody, or takes that back; `viewMessages` among the rights that are taken means a kick.
 *
 * @returns the updates of the answer.
 */
export function ban(
  world: World,
  actor: User,
  channel: Channel,
  target: User,
  rights: tl.ChatBannedRights,
  exceptSession?: bigint,
): tl.TypeUpdate[] {
  const member = channel.members.get(target.id);
  const isAny = Object.values(rights).includes(true);
  if (!isAny) channel.bans.delete(target.id);
  else channel.bans.set(target.id, { userId: target.id, by: actor.id, date: world.now(), rights });
  let told: tl.TypeUpdate[] = [];
  if (rights.viewMessages && member) {
    const action = new tl.MessageActionChatDeleteUser({ userId: target.id });
    exit(channel, target);
    told = noteAction(world, actor, channel, action, exceptSession);
  } else if (member) member.admin = null;
  return [tellChannel(world, target, channel), ...told];
}
