/** A page of each kind, named by what it is. */
export const PAGE_KINDS: Readonly<Record<string, string>> = {
  method: 'methods/messages.sendEncrypted.html',
  constructor: 'constructors/inputMediaPhotoExternal.html',
  'removed constructor': 'constructors/keyboardButtonUrl.html',
  type: 'types/InputPeer.html',
  'built-in type': 'types/true.html',
  error: 'errors/FLOOD_WAIT_X.html',
  namespace: 'namespaces/payments.html',
  layer: 'layers/221.html',
  home: 'index.html',
  list: 'mtproto/constructors/index.html',
  'list of layers': 'layers/index.html',
  'secret constructor': 'secret/constructors/decryptedMessage_17.html',
  'secret matrix': 'secret/layers/index.html',
  tasks: 'mtproto/tasks.html',
  coverage: 'calls/coverage.html',
  guide: 'guide/getting-started.html',
};

/** Pages that break first where there is little room. */
export const WIDE_PAGES: readonly string[] = [
  'constructors/passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow.html',
  'constructors/message.html',
  'constructors/account.authorizationForm.html',
  'methods/messages.sendMessage.html',
  'methods/messages.editChatCreator.html',
  'mtproto/constructors/server_DH_params_ok.html',
  'secret/constructors/decryptedMessageMediaVideo.html',
  'errors/PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_XMIN.html',
  'a-z.html',
  'guide/architecture.html',
  'guide/settings.html',
  'guide/tl-language.html',
  '404.html',
];

/** What 404.html asks on its way to the site, which it has to find: problems of no page else. */
export const PROBES = /404.*\/(?:symbols\.json|favicon\.svg)\b/;
