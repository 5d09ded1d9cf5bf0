import type { base } from '@tlgen/telegram';
import { PeerError } from '../../peers/errors.js';
import { markedId } from '../../peers/marked-id.js';
import type { PeerType } from '../../peers/types.js';
import { Fields } from '../location/fields.js';
import { noFile } from '../location/no-file.js';
import { CURRENT_SUB_VERSION } from './file-id.js';
import type { FileId } from './types.js';

/**
 * The id of the picture of a user, chat or channel.
 *
 * @param given - the user, chat or channel; or its `userProfilePhoto` or `chatPhoto`, then `peer` says whose it is.
 * @throws FileError `NO_FILE` when it has no picture, or it is not known whose it is.
 */
export function dialogPhotoId(
  given: Fields,
  thumb: string | undefined,
  peer: base.TypeInputPeer | undefined,
): FileId {
  const inside = given.name === 'userProfilePhoto' || given.name === 'chatPhoto';
  const photo = inside ? given : given.object('photo');
  if (photo?.name !== 'userProfilePhoto' && photo?.name !== 'chatPhoto') {
    throw noFile(`${given.name} has no profile photo, or none that you may see`);
  }
  const { id, accessHash } = inside || peer ? fromInput(given, peer) : fromOwner(given);
  return {
    kind: 'photo',
    type: 'profile-photo',
    version: 4,
    subVersion: CURRENT_SUB_VERSION,
    dc: photo.needInt('dcId'),
    id: photo.long('photoId'),
    // Such pictures are fetched by way of their owner.
    accessHash: 0n,
    source: { type: 'dialog-photo', big: isBig(thumb), peer: id, accessHash },
  };
}

interface Owner {
  readonly id: bigint;
  readonly accessHash: bigint;
}

function fromOwner(owner: Fields): Owner {
  const type = owner.name === 'user' || owner.name === 'chat' ? owner.name : 'channel';
  const hash =
    type === 'chat' || owner.raw('accessHash') === undefined ? 0n : owner.long('accessHash');
  return { id: marked(type, owner.long('id')), accessHash: hash };
}

const INPUTS: { readonly [name: string]: readonly [PeerType, string] | undefined } = {
  inputPeerUser: ['user', 'userId'],
  inputPeerUserFromMessage: ['user', 'userId'],
  inputPeerChat: ['chat', 'chatId'],
  inputPeerChannel: ['channel', 'channelId'],
  inputPeerChannelFromMessage: ['channel', 'channelId'],
};

function fromInput(given: Fields, peer: base.TypeInputPeer | undefined): Owner {
  const fields = Fields.of(peer);
  const found = fields && INPUTS[fields.name];
  if (!fields || !found) {
    throw noFile(
      `${given.name} does not say whose picture it is: pass the user, chat or channel, ` +
        `or name it in peer by inputPeerUser, inputPeerChat or inputPeerChannel`,
    );
  }
  const [type, field] = found;
  const hash = fields.raw('accessHash') === undefined ? 0n : fields.long('accessHash');
  return { id: marked(type, fields.long(field)), accessHash: hash };
}

function marked(type: PeerType, id: bigint): bigint {
  try {
    return markedId(type, id);
  } catch (error) {
    if (error instanceof PeerError) throw noFile(error.message);
    throw error;
  }
}

function isBig(thumb: string | undefined): boolean {
  switch (thumb || 'big') {
    case 'big':
    case 'largest':
    case 'c':
      return true;
    case 'small':
    case 'smallest':
    case 'a':
      return false;
    default:
      throw noFile(
        `Pictures of users and chats have no size "${String(thumb).slice(0, 16)}": they have small (a) and big (c)`,
      );
  }
}
