import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { method, type BuiltIn, type RequestContext } from '../dispatch/types.js';
import { inputEncryptedFile } from '../world/files/encrypted-inputs.js';
import { encryptedFor } from '../world/files/view.js';
import { secretChatOf } from '../world/secret-chats.js';
import { otherSide, relay } from './secret-messages.js';

/** Files of secret chats: the data center has their bytes, and no key to them. */
export const secretFileMethods: readonly BuiltIn[] = [
  method(messages.SendEncryptedFileRequest, sendEncryptedFile),
  method(messages.UploadEncryptedFileRequest, uploadEncryptedFile),
];

/** @throws RpcFault as `inputEncryptedFile` and as messages without files. */
function sendEncryptedFile(
  request: messages.SendEncryptedFileRequest,
  context: RequestContext,
): messages.TypeSentEncryptedMessage {
  return relay(request, context, (date) => {
    const { world, user } = context;
    const stored = inputEncryptedFile(world, user, request.file);
    const file = encryptedFor(world, null, stored);
    return { sent: new messages.SentEncryptedFile({ date, file }), file };
  });
}

/** Makes a file of an upload without sending it. */
function uploadEncryptedFile(
  { peer, file }: messages.UploadEncryptedFileRequest,
  { world, user, authorization }: RequestContext,
): tl.TypeEncryptedFile {
  otherSide(world, secretChatOf(world, user, authorization.keyId, peer), user);
  return encryptedFor(world, null, inputEncryptedFile(world, user, file));
}
