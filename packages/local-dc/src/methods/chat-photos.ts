import * as tl from '@tlgen/telegram';
import { channels, messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { noteAction } from '../world/channels/members.js';
import { mustHave } from '../world/channels/rights.js';
import { updatesFor } from '../world/deliveries.js';
import { changePhoto } from '../world/files/chat-photos.js';
import { editChatPhoto } from '../world/groups.js';
import { inputChannel, memberChat } from '../world/input.js';

/** What shows groups and channels. */
export const chatPhotoMethods: readonly BuiltIn[] = [
  method(messages.EditChatPhotoRequest, ofChat),
  method(channels.EditPhotoRequest, ofChannel),
];

function ofChat(
  { chatId, photo }: messages.EditChatPhotoRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const chat = memberChat(world, user, chatId);
  const { own } = editChatPhoto(world, user, chat, photo, session.id);
  const { message } = own.letter;
  return updatesFor(world, user, [new tl.UpdateNewMessage({ message, pts: own.pts, ptsCount: 1 })]);
}

function ofChannel(
  { channel: input, photo }: channels.EditPhotoRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const channel = inputChannel(world, user, input);
  mustHave(channel, user, 'changeInfo');
  const action = changePhoto(world, user, channel, photo);
  const told = noteAction(world, user, channel, action, session.id);
  return updatesFor(world, user, [new tl.UpdateChannel({ channelId: channel.id }), ...told]);
}
