import type { CallOptions } from '@tlgen/codec';
import type { base, channels, messages, users } from '@tlgen/telegram';
import { construct } from '../../network/construct.js';
import type { PeersContext } from '../types.js';

/** What is told of a user beyond what every answer tells, and whom that mentions. */
export async function askFullUser(
  context: PeersContext,
  id: base.TypeInputUser,
  options: CallOptions,
): Promise<{ fullUser: base.TypeUserFull; users: base.TypeUser[]; chats: base.TypeChat[] }> {
  const request = construct<users.GetFullUserRequest>(context.schema, 'users.getFullUser', { id });
  const answer = (await context.invoke(request, options)) as users.TypeUserFull | OldUserFull;
  if (answer._ === 'users.userFull') return answer;
  return { fullUser: answer, users: [answer.user], chats: [] };
}

/** What `users.getFullUser` answered before layer 134. */
type OldUserFull = base.UserFull & { readonly user: base.TypeUser };

/** The same of a basic group, by `messages.getFullChat`. */
export function askFullChat(
  context: PeersContext,
  chatId: bigint,
  options: CallOptions,
): Promise<messages.TypeChatFull> {
  const name = 'messages.getFullChat';
  const request = construct<messages.GetFullChatRequest>(context.schema, name, { chatId });
  return context.invoke(request, options);
}

/** The same of a supergroup or channel, by `channels.getFullChannel`. */
export function askFullChannel(
  context: PeersContext,
  channel: base.TypeInputChannel,
  options: CallOptions,
): Promise<messages.TypeChatFull> {
  const name = 'channels.getFullChannel';
  const request = construct<channels.GetFullChannelRequest>(context.schema, name, { channel });
  return context.invoke(request, options);
}
