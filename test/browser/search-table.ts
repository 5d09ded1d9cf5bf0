/** A query and what must be found first: also the heading of the page it leads to. */
export interface SearchCase {
  readonly query: string;
  readonly first: string;
}

const found = (first: string, ...queries: readonly string[]): SearchCase[] =>
  queries.map((query) => ({ query, first }));

/** Queries by what they are, in the words people type. */
export const SEARCH_TABLE: Readonly<Record<string, readonly SearchCase[]>> = {
  names: [
    ...found('messages.sendEncrypted', 'messages.sendEncrypted', 'sendEncrypted', 'sendencrypted'),
    ...found('messages.sendEncrypted', 'send encrypted', 'messages.sendenc', 'SendEncrypted'),
    ...found('messages.sendMessage', 'sendMessage', 'messages sendMessage'),
    ...found('user', 'user'),
    ...found('User', 'User'),
    ...found('InputPeer', 'InputPeer'),
    ...found('inputPeerSelf', 'inputPeerSelf', 'iPeerSelf'),
    ...found('auth.sendCode', 'auth.sendCode', 'auth.sendC'),
  ],
  'pages of all kinds': [
    ...found('decryptedMessage_17', 'decryptedMessage_17'),
    ...found('decryptedMessageActionCommitKey', 'decryptedMessageActionCommitKey'),
    ...found('req_pq_multi', 'req_pq_multi'),
    ...found('keyboardButtonUrl', 'keyboardButtonUrl'),
    ...found('int', 'int'),
    ...found('Vector', 'Vector'),
    ...found('Bool', 'Bool'),
    ...found('payments', 'payments'),
    ...found('Layer 229', 'layer 229', 'layer229'),
  ],
  ids: [
    ...found('messages.sendEncrypted', '44fa7a15', '0x44fa7a15', '#44fa7a15', '0X44FA7A15'),
    ...found('messages.sendEncrypted', '44fa', '0x44fa7'),
    ...found('keyboardButtonUrl', 'd80c25ec'),
    ...found('decryptedMessage_17', '#204d3878'),
    ...found('messageEntityBlockquote', '0x20df5d0', '020df5d0'),
  ],
  errors: [
    ...found('CHAT_ID_INVALID', 'CHAT_ID_INVALID', 'chat id invalid', 'chat_id_inv'),
    ...found('FLOOD_WAIT_%d', 'FLOOD_WAIT_42', 'FLOOD_WAIT_%d', 'flood wait', 'FLOOD_WAIT_X'),
    ...found('FLOOD_WAIT_%d', 'FLOOD_WAIT', 'flood_wait_3600'),
    ...found('USER_IS_BLOCKED', 'USER_IS_BLOCKED'),
  ],
  guides: [
    ...found('Migrating from GramJS', 'migrating', 'gramjs', 'migrating from gramjs'),
    ...found('Migrating from MadelineProto', 'madeline'),
    ...found('Secret chats', 'secret chats'),
    ...found('Settings', 'settings'),
    ...found('Getting started', 'getting started'),
    ...found('Architecture', 'architecture'),
  ],
  typos: [
    ...found('messages.sendEncrypted', 'sndencrypted', 'sendEncrpyted', 'sendEncripted'),
    ...found('messages.sendMessage', 'sendMesage', 'messages.sendMessgae'),
    ...found('CHAT_ID_INVALID', 'CHAT_ID_INVLAID'),
    ...found('auth.sendCode', 'auth.sendCdoe'),
  ],
};
