import type { BuiltIn } from '../dispatch/types.js';
import { albumMethods } from './albums.js';
import { authCode } from './auth-code.js';
import { authKeys } from './auth-keys.js';
import { authorizationMethods } from './authorizations.js';
import { callbackMethods } from './callbacks.js';
import { cdnMethods } from './cdn.js';
import { changingMethods } from './changing.js';
import { channelAdminMethods } from './channel-admins.js';
import { channelMemberMethods } from './channel-members.js';
import { channelMethods } from './channels.js';
import { chatPhotoMethods } from './chat-photos.js';
import { chatMethods } from './chats.js';
import { contactMethods } from './contacts.js';
import { deletingMethods } from './deleting.js';
import { dialogMethods } from './dialogs.js';
import { downloadMethods } from './downloads.js';
import { findingMethods } from './finding.js';
import { folderMethods } from './folders.js';
import { forwardingMethods } from './forwarding.js';
import { helpMethods } from './help.js';
import { historyMethods } from './history.js';
import { inviteLinkMethods } from './invite-links.js';
import { inviteMethods } from './invites.js';
import { loginEmail } from './login-email.js';
import { password } from './password.js';
import { photoMethods } from './photos.js';
import { pinningMethods } from './pinning.js';
import { qrLogin } from './qr-login.js';
import { recovery } from './recovery.js';
import { searchMethods } from './searching.js';
import { secretChatMethods } from './secret-chats.js';
import { secretFileMethods } from './secret-files.js';
import { secretMessageMethods } from './secret-messages.js';
import { sendingMethods } from './sending.js';
import { typingMethods } from './typing.js';
import { updateMethods } from './updates.js';
import { uploadMethods } from './uploads.js';
import { userMethods } from './users.js';

/** Everything that the data center answers by itself. */
export const builtIns: readonly BuiltIn[] = [
  ...authCode,
  ...authKeys,
  ...authorizationMethods,
  ...qrLogin,
  ...password,
  ...recovery,
  ...loginEmail,
  ...helpMethods,
  ...userMethods,
  ...contactMethods,
  ...sendingMethods,
  ...callbackMethods,
  ...typingMethods,
  ...forwardingMethods,
  ...changingMethods,
  ...pinningMethods,
  ...deletingMethods,
  ...historyMethods,
  ...searchMethods,
  ...dialogMethods,
  ...folderMethods,
  ...chatMethods,
  ...channelMethods,
  ...channelMemberMethods,
  ...channelAdminMethods,
  ...inviteMethods,
  ...inviteLinkMethods,
  ...findingMethods,
  ...updateMethods,
  ...secretChatMethods,
  ...secretMessageMethods,
  ...uploadMethods,
  ...downloadMethods,
  ...cdnMethods,
  ...albumMethods,
  ...photoMethods,
  ...chatPhotoMethods,
  ...secretFileMethods,
];
