import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { mustHave } from '../world/channels/rights.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest } from '../world/fault.js';
import { mustBeMember } from '../world/groups.js';
import { boxOf, inputPeer, type Target } from '../world/input.js';
import { Mentioned } from '../world/mentioned.js';
import { send } from '../world/outgoing.js';
import { pin, unpinAll } from '../world/pinning.js';

/** Pinned messages: https://core.telegram.org/api/pin. */
export const pinningMethods: readonly BuiltIn[] = [
  method(messages.UpdatePinnedMessageRequest, updatePinned),
  method(messages.UnpinAllMessagesRequest, unpinEverything),
];

/** @throws RpcFault `CHAT_ADMIN_REQUIRED` (403), `CHAT_WRITE_FORBIDDEN` */
function mayPin({ user }: RequestContext, target: Target): void {
  if ('channel' in target)
    mustHave(target.channel, user, target.channel.megagroup ? 'pinMessages' : 'editMessages');
  if ('chat' in target) mustBeMember(target.chat, user);
}

/** @throws RpcFault `MESSAGE_ID_INVALID` */
function updatePinned(
  request: messages.UpdatePinnedMessageRequest,
  context: RequestContext,
): tl.TypeUpdates {
  const { world, user, session } = context;
  const { silent, unpin = false, pmOneside = false } = request;
  const target = inputPeer(world, user, request.peer);
  mayPin(context, target);
  const letter = boxOf(user, target).letters.get(request.id);
  if (letter?.peer !== target.key || !(letter.message instanceof tl.Message))
    throw badRequest('MESSAGE_ID_INVALID');
  // Of a conversation of two only, it can be pinned for one of them.
  const oneSide = pmOneside && 'user' in target;
  const update = pin(world, user, target, [letter], { pinned: !unpin, oneSide }, session.id);
  const mentioned = new Mentioned().key(target.key);
  if (!update) return updatesFor(world, user, [], { mentioned });
  const alone = 'user' in target && target.user === user;
  if (unpin || oneSide || alone) return updatesFor(world, user, [update], { mentioned });
  const action = new tl.MessageActionPinMessage();
  const note = { text: '', action, replyTo: request.id, silent };
  const { updates } = send(world, user, target, note, session.id);
  return updatesFor(world, user, [update, ...updates], { mentioned });
}

function unpinEverything(
  { peer }: messages.UnpinAllMessagesRequest,
  context: RequestContext,
): messages.TypeAffectedHistory {
  const { world, user, session } = context;
  const target = inputPeer(world, user, peer);
  mayPin(context, target);
  return new messages.AffectedHistory({
    ...unpinAll(world, user, target, session.id),
    offset: 0,
  });
}
