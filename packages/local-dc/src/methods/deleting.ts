import { account, channels, messages, type TypeUpdates } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { deleteMessages } from '../world/changing.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { inputChannel, inputPeer } from '../world/input.js';
import { isBetween } from '../world/paging.js';
import { closeChannel, deleteAccount } from '../world/removing.js';
import { mustKnowPassword, owner } from './password.js';

/** Seconds until an account is deleted whose password was not given. */
const CONFIRM_WAIT = 7 * 86_400;

/** Conversations, channels and accounts that go for good. */
export const deletingMethods: readonly BuiltIn[] = [
  method(messages.DeleteHistoryRequest, deleteHistory),
  method(channels.DeleteChannelRequest, deleteChannel),
  method(account.DeleteAccountRequest, deleteOwnAccount, { anonymous: true }),
];

/** Private chats and basic groups only: in channels, messages are deleted by id. */
function deleteHistory(
  request: messages.DeleteHistoryRequest,
  { world, user, session }: RequestContext,
): messages.TypeAffectedHistory {
  const { maxId, minDate, maxDate, revoke = false } = request;
  const target = inputPeer(world, user, request.peer);
  if ('channel' in target) throw badRequest('PEER_ID_INVALID');
  if (revoke && 'chat' in target && target.chat.creatorId !== user.id)
    throw badRequest('CHAT_ADMIN_REQUIRED');
  const ids = user.box
    .with(target.key)
    .filter(({ message: { id } }) => maxId <= 0 || id <= maxId)
    .filter(({ message: { date } }) => isBetween(date, minDate, maxDate))
    .map(({ message: { id } }) => id);
  const affected = deleteMessages(world, user, ids, revoke, session.id);
  return new messages.AffectedHistory({ ...affected, offset: 0 });
}

/** @throws RpcFault `CHAT_ADMIN_REQUIRED` (403) for all but the creator. */
function deleteChannel(
  { channel: input }: channels.DeleteChannelRequest,
  { world, user, session }: RequestContext,
): TypeUpdates {
  const channel = inputChannel(world, user, input);
  if (channel.creatorId !== user.id) throw new RpcFault(403, 'CHAT_ADMIN_REQUIRED');
  return updatesFor(world, user, [closeChannel(world, user, channel, session.id)]);
}

/**
 * Also by whoever forgot the password while they sign in.
 *
 * @throws RpcFault 420 `2FA_CONFIRM_WAIT_n` when there is a password and it is not given.
 */
function deleteOwnAccount(
  { password }: account.DeleteAccountRequest,
  context: RequestContext,
): boolean {
  const user = owner(context);
  if (user.password && !password) throw new RpcFault(420, `2FA_CONFIRM_WAIT_${CONFIRM_WAIT}`);
  if (password) mustKnowPassword(user, password);
  deleteAccount(context.world, user);
  return true;
}
