import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { tellShort } from '../world/deliveries.js';
import { inputPeer } from '../world/input.js';
import { mayWrite } from './sending.js';

/** Who is typing. */
export const typingMethods: readonly BuiltIn[] = [method(messages.SetTypingRequest, setTyping)];

function setTyping({ peer, action }: messages.SetTypingRequest, context: RequestContext): boolean {
  const { world, user } = context;
  const target = inputPeer(world, user, peer);
  mayWrite(context, target);
  if ('user' in target) {
    if (target.user !== user)
      tellShort(world, target.user, new tl.UpdateUserTyping({ userId: user.id, action }));
    return true;
  }
  const fromId = new tl.PeerUser({ userId: user.id });
  const update =
    'chat' in target
      ? new tl.UpdateChatUserTyping({ chatId: target.chat.id, fromId, action })
      : new tl.UpdateChannelUserTyping({ channelId: target.channel.id, fromId, action });
  const { members } = 'chat' in target ? target.chat : target.channel;
  for (const id of members.keys()) {
    const member = world.user(id);
    if (member && member !== user) tellShort(world, member, update);
  }
  return true;
}
