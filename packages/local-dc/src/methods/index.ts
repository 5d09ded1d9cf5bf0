import type { BuiltIn } from '../dispatch/types.js';
import { authCode } from './auth-code.js';
import { authKeys } from './auth-keys.js';
import { chatMethods } from './chats.js';
import { contactMethods } from './contacts.js';
import { helpMethods } from './help.js';
import { historyMethods } from './history.js';
import { password } from './password.js';
import { secretChatMethods } from './secret-chats.js';
import { secretMessageMethods } from './secret-messages.js';
import { sendingMethods } from './sending.js';
import { updateMethods } from './updates.js';
import { userMethods } from './users.js';

/** Everything that the data center answers by itself. */
export const builtIns: readonly BuiltIn[] = [
  ...authCode,
  ...authKeys,
  ...password,
  ...helpMethods,
  ...userMethods,
  ...contactMethods,
  ...sendingMethods,
  ...historyMethods,
  ...chatMethods,
  ...updateMethods,
  ...secretChatMethods,
  ...secretMessageMethods,
];
