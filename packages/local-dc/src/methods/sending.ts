import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { mustWrite } from '../world/channels/rights.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest, RpcFault } from '../world/fault.js';
import { mustBeMember } from '../world/groups.js';
import { boxOf, inputPeer, type Target } from '../world/input.js';
import { Mentioned } from '../world/mentioned.js';
import { send, type Sent } from '../world/outgoing.js';
import type { Content } from '../world/content.js';
import { checkMarkup } from './markup.js';
import { mediaOf } from './media.js';
import { captionOf, textOf } from './text.js';

/** Messages that are sent. */
export const sendingMethods: readonly BuiltIn[] = [
  method(messages.SendMessageRequest, sendMessage),
  method(messages.SendMediaRequest, sendMedia),
];

/** @throws RpcFault when the user may not write there. */
export function mayWrite({ world, user }: RequestContext, target: Target): void {
  if ('chat' in target) mustBeMember(target.chat, user);
  else if ('channel' in target) mustWrite(world, target.channel, user);
  else if (target.user.deleted) throw badRequest('INPUT_USER_DEACTIVATED');
  else if (user.bot && target.user.bot) throw badRequest('USER_IS_BOT');
}

/** Takes a random id that was not taken yet. @throws RpcFault `RANDOM_ID_EMPTY`, `RANDOM_ID_DUPLICATE` (500) */
export function takeRandomId({ user }: RequestContext, randomId: bigint): void {
  if (randomId === 0n) throw badRequest('RANDOM_ID_EMPTY');
  if (user.box.randomIds.has(randomId)) throw new RpcFault(500, 'RANDOM_ID_DUPLICATE');
  user.box.randomIds.add(randomId);
}

interface Outgoing {
  readonly replyTo?: tl.TypeInputReplyTo | undefined;
  readonly silent?: boolean | undefined;
  readonly replyMarkup?: tl.TypeReplyMarkup | undefined;
}

/** What every message has. @throws RpcFault `REPLY_MESSAGE_ID_INVALID` and those of the markup. */
export function common(
  { user }: RequestContext,
  target: Target,
  { replyTo: to, silent, replyMarkup }: Outgoing,
): Pick<Content, 'replyTo' | 'silent' | 'replyMarkup'> {
  checkMarkup(replyMarkup);
  const replyTo = to instanceof tl.InputReplyToMessage ? to.replyToMsgId : undefined;
  if (replyTo !== undefined && boxOf(user, target).letters.get(replyTo)?.peer !== target.key)
    throw badRequest('REPLY_MESSAGE_ID_INVALID');
  return { replyTo, silent, replyMarkup };
}

function sendMessage(
  request: messages.SendMessageRequest,
  context: RequestContext,
): tl.TypeUpdates {
  const { world, user, session } = context;
  const target = inputPeer(world, user, request.peer);
  mayWrite(context, target);
  const kept = textOf(context, request.message, request.entities);
  const content = { ...kept, ...common(context, target, request) };
  takeRandomId(context, request.randomId);
  const sent = send(world, user, target, content, session.id);
  const form = world.updates.shortForms ? short(user.id, target, sent) : null;
  return form ?? answered(context, [sent], [request.randomId]);
}

function sendMedia(request: messages.SendMediaRequest, context: RequestContext): tl.TypeUpdates {
  const { world, user, session } = context;
  const target = inputPeer(world, user, request.peer);
  mayWrite(context, target);
  const kept = captionOf(context, request.message, request.entities);
  const media = mediaOf(context, request.media);
  const content = { ...kept, ...common(context, target, request), media };
  takeRandomId(context, request.randomId);
  const sent = send(world, user, target, content, session.id);
  return answered(context, [sent], [request.randomId]);
}

/** The answer for plain private messages. */
function short(
  userId: bigint,
  target: Target,
  { letter: { message }, pts }: Sent,
): tl.UpdateShortSentMessage | null {
  if (!('user' in target) || target.user.id === userId) return null;
  if (!(message instanceof tl.Message)) return null;
  const { id, date, entities } = message;
  if (entities?.some((one) => one instanceof tl.MessageEntityMentionName)) return null;
  return new tl.UpdateShortSentMessage({ out: true, id, pts, ptsCount: 1, date, entities });
}

/** The answer for all others: which random id became which message, and the messages. */
export function answered(
  { world, user }: RequestContext,
  all: readonly Sent[],
  randomIds: readonly bigint[],
): tl.Updates {
  const ids = all.map(({ letter }, at) => {
    const randomId = randomIds[at] ?? 0n;
    return new tl.UpdateMessageID({ id: letter.message.id, randomId });
  });
  const updates = [...ids, ...all.flatMap((one) => one.updates)];
  const mentioned = new Mentioned();
  for (const { letter } of all) mentioned.key(letter.peer);
  return updatesFor(world, user, updates, { mentioned });
}
