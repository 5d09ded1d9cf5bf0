import { own } from '../../../model/own.js';

type Override = bigint | number | string | Uint8Array;

/** The smaller factor of the `pq` of examples. */
const FACTOR = Uint8Array.of(0x49, 0x4c, 0x55, 0x3b);

/** What fields of the same name mean elsewhere: by TL names of combinator and field. */
const OVERRIDES: Readonly<Record<string, Override>> = {
  'account.checkUsername.username': 'ada_lovelace',
  'account.reorderUsernames.order': 'ada_lovelace',
  'account.updateUsername.username': 'ada_lovelace',
  'bad_msg_notification.error_code': 32,
  'bad_server_salt.error_code': 48,
  'bots.reorderUsernames.order': 'tlgen_bot',
  'channel.id': 1388207583n,
  'channelForbidden.id': 1388207583n,
  'channelFull.id': 1388207583n,
  'channels.checkUsername.username': 'holiday_plans',
  'channels.reorderUsernames.order': 'holiday_plans',
  'channels.updateUsername.username': 'holiday_plans',
  'chat.id': 412901n,
  'chatEmpty.id': 412901n,
  'chatForbidden.id': 412901n,
  'chatFull.id': 412901n,
  'dcOption.id': 2,
  'decryptedMessageActionSetMessageTTL.ttl_seconds': 10,
  'decryptedMessageMediaAudio.mime_type': 'audio/ogg',
  'decryptedMessageMediaVenue.title': 'Piazza Navona',
  'decryptedMessageMediaVideo.mime_type': 'video/mp4',
  'error.code': 400,
  'error.text': 'PHONE_NUMBER_INVALID',
  'gzip_packed.packed_data': Uint8Array.from(
    // Gzip of `rpc_answer_unknown` in a stored block.
    [
      31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 1, 4, 0, 251, 255, 110, 211, 42, 94, 158, 100, 202, 150, 4,
      0, 0, 0,
    ],
  ),
  'inputFile.name': 'photo.jpg',
  'inputFileBig.name': 'film.mp4',
  'messageEntityPre.language': 'python',
  'messages.checkChatInvite.hash': 'AbCdEf0123456789',
  'messages.importChatInvite.hash': 'AbCdEf0123456789',
  'messages.search.q': 'holiday',
  'messages.updateDialogFilter.id': 2,
  'p_q_inner_data.p': FACTOR,
  'p_q_inner_data_dc.p': FACTOR,
  'p_q_inner_data_temp.p': FACTOR,
  'p_q_inner_data_temp_dc.p': FACTOR,
  'photoCachedSize.type': 's',
  'photoSize.type': 'x',
  'photoSizeEmpty.type': 's',
  'photoStrippedSize.type': 'i',
  'postAddress.state': 'RM',
  'req_DH_params.p': FACTOR,
  'rpc_error.error_code': 400,
  'rpc_error.error_message': 'PHONE_NUMBER_INVALID',
  'todoItem.id': 1,
  'user.id': 101374607n,
  'userEmpty.id': 101374607n,
  'userFull.id': 101374607n,
};

/** The value of a field whose name alone would say something else. */
export function overrideFor(combinator: string, field: string): Override | undefined {
  return own(OVERRIDES, `${combinator}.${field}`);
}
