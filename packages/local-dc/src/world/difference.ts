import * as tl from '@tlgen/telegram';
import { changesOf } from './changes.js';
import { newsOf } from './channels/news.js';
import { badRequest } from './fault.js';
import { Mentioned } from './mentioned.js';
import type { Authorization, User } from './types.js';
import { sliceOf } from './update-settings.js';
import type { World } from './world.js';

/** Where a client stands. */
export interface Position {
  readonly pts: number;
  readonly qts: number;
  readonly date: number;
  /** Most of pts that the client wants to catch up with. */
  readonly total?: number | undefined;
  /** Most events in this answer. */
  readonly limit?: number | undefined;
  /** Most secret messages in this answer. */
  readonly secretLimit?: number | undefined;
}

/** Where the world stands, for one sign-in of a user. */
export function stateOf(world: World, user: User, authorization: Authorization): tl.updates.State {
  let unreadCount = 0;
  for (const peer of user.box.peers()) unreadCount += user.box.unread(peer);
  return new tl.updates.State({
    pts: user.box.pts,
    qts: authorization.encrypted.qts,
    date: world.now(),
    seq: authorization.seq,
    unreadCount,
  });
}

/**
 * What happened since `position`: messages, secret messages, other updates, and which channels have news. Asking
 * acknowledges secret messages up to the given qts (https://core.telegram.org/api/updates, "Recovering gaps").
 *
 * @throws RpcFault `PERSISTENT_TIMESTAMP_EMPTY`, `PERSISTENT_TIMESTAMP_INVALID`, `DATE_EMPTY`.
 */
export function differenceSince(
  world: World,
  user: User,
  authorization: Authorization,
  position: Position,
): tl.updates.TypeDifference {
  const { box } = user;
  const { encrypted } = authorization;
  if (position.pts <= 0) throw badRequest('PERSISTENT_TIMESTAMP_EMPTY');
  if (position.date <= 0) throw badRequest('DATE_EMPTY');
  if (position.pts > box.pts || position.qts < 0 || position.qts > encrypted.qts)
    throw badRequest('PERSISTENT_TIMESTAMP_INVALID');
  encrypted.acknowledge(position.qts);
  const { commonKept } = world.updates;
  if (
    box.pts - position.pts > (position.total ?? Infinity) ||
    box.countSince(position.pts) > commonKept
  )
    return new tl.updates.DifferenceTooLong({ pts: box.pts });

  const slice = box.since(position.pts, sliceOf(world.updates, position.limit));
  const secrets = encrypted.since(position.qts);
  const secretSlice = secrets.slice(0, sliceOf(world.updates, position.secretLimit));
  const last =
    (slice.at(-1)?.pts ?? position.pts) === box.pts && secretSlice.length === secrets.length;
  // What has no number comes with the last slice: only then does the date move on.
  const others = last
    ? [
        ...authorization.kept.since(position.date),
        ...newsOf(world, user, authorization, position.date),
      ]
    : [];
  const state = stateOf(world, user, authorization);
  if (slice.length + secretSlice.length + others.length === 0)
    return new tl.updates.DifferenceEmpty({ date: state.date, seq: state.seq });

  const { newMessages, otherUpdates: boxed } = changesOf(box, slice, ({ message }) => message);
  const mentioned = new Mentioned().messages(newMessages).updates(boxed).updates(others);
  const common = {
    newMessages,
    newEncryptedMessages: secretSlice.map(({ message }) => message),
    otherUpdates: [...boxed, ...others],
    ...mentioned.for(world, user),
  };
  if (last) return new tl.updates.Difference({ ...common, state });
  const intermediateState = new tl.updates.State({
    ...state,
    pts: slice.at(-1)?.pts ?? position.pts,
    qts: secretSlice.at(-1)?.qts ?? position.qts,
    date: position.date,
  });
  return new tl.updates.DifferenceSlice({ ...common, intermediateState });
}
