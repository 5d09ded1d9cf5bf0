import * as tl from '@tlgen/telegram';
import { isUnboxed, subjectOf } from './kept-updates.js';
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
  const mentioned = (options.mentioned ?? new Mentioned()).updates(updates);
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

/**
 * Sends updates to the sessions of a user. Containers without pts and qts are numbered by seq, and come again in
 * differences.
 */
export function tell(
  world: World,
  user: User,
  updates: readonly tl.TypeUpdate[],
  options: TellOptions = {},
): void {
  const { keyId, exceptSession, mentioned } = options;
  const numbered = exceptSession === undefined && !updates.some(isBoxed);
  keep(world, user, updates.filter(isUnboxed), keyId);
  world.deliver({
    userId: user.id,
    keyId,
    exceptSession,
    about: updates,
    build: (authorization) => {
      const seq = numbered ? ++authorization.seq : 0;
      const min = updates.some(ofChannel);
      return updatesFor(world, user, updates, { mentioned, seq, min });
    },
  });
}

/** Notes what no box does, for the differences. */
function keep(
  world: World,
  user: User,
  updates: readonly tl.TypeUpdate[],
  keyId: bigint | undefined,
): void {
  if (updates.length === 0) return;
  for (const one of world.homesOf(user.id)) {
    if (keyId !== undefined && one.keyId !== keyId) continue;
    for (const update of updates)
      one.kept.keep(subjectOf(update) ?? `one:${world.nextUid()}`, world.now(), update);
  }
}

/** Tells something that needs no order and is not kept: typing, online status. */
export function tellShort(world: World, user: User, update: tl.TypeUpdate, keyId?: bigint): void {
  const container = new tl.UpdateShort({ update, date: world.now() });
  world.deliver({ userId: user.id, keyId, about: [update], build: () => container });
}

/** Tells a user's sessions that too much has happened to tell it. */
export function tellTooLong(world: World, user: User): void {
  world.deliver({ userId: user.id, about: [], build: () => new tl.UpdatesTooLong() });
}
