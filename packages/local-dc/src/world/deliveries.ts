import * as tl from '@tlgen/telegram';
import { Mentioned } from './mentioned.js';
import type { User } from './types.js';
import type { World } from './world.js';

/** Options of {@link tell}. */
export interface TellOptions {
  /** A session that learns of it by its own answer. */
  readonly exceptSession?: bigint | undefined;
  /** Only that authorization. */
  readonly keyId?: bigint | undefined;
  readonly mentioned?: Mentioned | undefined;
}

/** Puts updates into a container for `user`, with whom they mention. */
export function updatesFor(
  world: World,
  user: User,
  updates: readonly tl.TypeUpdate[],
  options: {
    readonly mentioned?: Mentioned | undefined;
    readonly seq?: number;
    /** Strangers come in their short form. */
    readonly min?: boolean;
  } = {},
): tl.Updates {
  const mentioned = options.mentioned ?? new Mentioned();
  for (const update of updates) {
    if (update instanceof tl.UpdateNewMessage || update instanceof tl.UpdateEditMessage)
      mentioned.messages([update.message]);
    if (ofChannel(update)) mentioned.messages([update.message]);
    if ('channelId' in update && update.channelId) mentioned.channels.add(update.channelId);
    if (update instanceof tl.UpdateChatParticipants) {
      mentioned.chats.add(update.participants.chatId);
      if (update.participants instanceof tl.ChatParticipants)
        for (const one of update.participants.participants) mentioned.users.add(one.userId);
    }
  }
  return new tl.Updates({
    updates: [...updates],
    ...mentioned.for(world, user, options.min),
    date: world.now(),
    seq: options.seq ?? 0,
  });
}

/** Whether an update brings a message of a channel. */
const ofChannel = (
  update: tl.TypeUpdate,
): update is tl.UpdateNewChannelMessage | tl.UpdateEditChannelMessage =>
  update instanceof tl.UpdateNewChannelMessage || update instanceof tl.UpdateEditChannelMessage;

/** Whether an update is put in order by pts or qts rather than by seq. */
const isBoxed = (update: tl.TypeUpdate): boolean => 'pts' in update || 'qts' in update;

/** Sends updates to the sessions of a user. Containers without pts and qts are numbered by seq. */
export function tell(
  world: World,
  user: User,
  updates: readonly tl.TypeUpdate[],
  options: TellOptions = {},
): void {
  const numbered = options.exceptSession === undefined && !updates.some(isBoxed);
  world.deliver({
    userId: user.id,
    keyId: options.keyId,
    exceptSession: options.exceptSession,
    build: (authorization) => {
      const seq = numbered ? ++authorization.seq : 0;
      const min = updates.some(ofChannel);
      return updatesFor(world, user, updates, { mentioned: options.mentioned, seq, min });
    },
  });
}

/** Tells something that needs no order and is not kept: typing, online status. */
export function tellShort(world: World, user: User, update: tl.TypeUpdate, keyId?: bigint): void {
  const container = new tl.UpdateShort({ update, date: world.now() });
  world.deliver({ userId: user.id, keyId, build: () => container });
}
