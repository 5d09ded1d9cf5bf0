import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { chatFor, participantsOf } from '../world/chats.js';
import { updatesFor } from '../world/deliveries.js';
import { badRequest } from '../world/fault.js';
import { fullPhotoOf } from '../world/files/chat-photos.js';
import {
  addChatUser,
  createChat,
  deleteChatUser,
  editChatTitle,
  type GroupChange,
} from '../world/groups.js';
import { inputUser, memberChat } from '../world/input.js';
import { migrateChat } from '../world/migrating.js';
import { pinnedWith } from '../world/pinning.js';
import { usersFor } from '../world/users.js';

/** Basic groups. */
export const chatMethods: readonly BuiltIn[] = [
  method(messages.CreateChatRequest, create),
  method(messages.AddChatUserRequest, add),
  method(messages.DeleteChatUserRequest, remove),
  method(messages.EditChatTitleRequest, editTitle),
  method(messages.GetChatsRequest, getChats),
  method(messages.GetFullChatRequest, getFullChat),
  method(messages.MigrateChatRequest, migrate),
];

/** What the actor is answered: the group's members and the service message. */
function changed({ world, user }: RequestContext, { chat, own }: GroupChange): tl.Updates {
  const { letter, pts } = own;
  return updatesFor(world, user, [
    new tl.UpdateChatParticipants({ participants: participantsOf(chat) }),
    new tl.UpdateNewMessage({ message: letter.message, pts, ptsCount: 1 }),
  ]);
}

function create(
  { users, title }: messages.CreateChatRequest,
  context: RequestContext,
): messages.TypeInvitedUsers {
  const { world, user, session } = context;
  const invited = users.map((input) => inputUser(world, user, input));
  const change = createChat(world, user, title, invited, session.id);
  return new messages.InvitedUsers({ updates: changed(context, change), missingInvitees: [] });
}

function add(
  { chatId, userId }: messages.AddChatUserRequest,
  context: RequestContext,
): messages.TypeInvitedUsers {
  const { world, user, session } = context;
  const chat = memberChat(world, user, chatId);
  const change = addChatUser(world, user, chat, inputUser(world, user, userId), session.id);
  return new messages.InvitedUsers({ updates: changed(context, change), missingInvitees: [] });
}

function remove(
  { chatId, userId }: messages.DeleteChatUserRequest,
  context: RequestContext,
): tl.TypeUpdates {
  const { world, user, session } = context;
  const chat = memberChat(world, user, chatId);
  return changed(
    context,
    deleteChatUser(world, user, chat, inputUser(world, user, userId), session.id),
  );
}

function editTitle(
  { chatId, title }: messages.EditChatTitleRequest,
  context: RequestContext,
): tl.TypeUpdates {
  const { world, user, session } = context;
  const chat = memberChat(world, user, chatId);
  return changed(context, editChatTitle(world, user, chat, title, session.id));
}

function getChats(
  { id }: messages.GetChatsRequest,
  { world, user }: RequestContext,
): messages.TypeChats {
  const chats = id.map((one) => chatFor(world, user, memberChat(world, user, one)));
  return new messages.Chats({ chats });
}

function getFullChat(
  { chatId }: messages.GetFullChatRequest,
  { world, user }: RequestContext,
): messages.TypeChatFull {
  const chat = memberChat(world, user, chatId);
  if (!chat.members.has(user.id)) throw badRequest('CHAT_ID_INVALID');
  return new messages.ChatFull({
    fullChat: new tl.ChatFull({
      id: chat.id,
      about: '',
      participants: participantsOf(chat),
      chatPhoto: fullPhotoOf(world, chat),
      notifySettings: new tl.PeerNotifySettings({}),
      pinnedMsgId: pinnedWith(user, { key: `chat:${chat.id}`, chat })[0]?.message.id,
    }),
    chats: [chatFor(world, user, chat)],
    users: usersFor(world, user, chat.members.keys()),
  });
}

function migrate(
  { chatId }: messages.MigrateChatRequest,
  { world, user, session }: RequestContext,
): tl.TypeUpdates {
  const chat = memberChat(world, user, chatId);
  return updatesFor(world, user, migrateChat(world, user, chat, session.id).updates);
}
