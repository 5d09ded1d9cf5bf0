import { base } from '@tlgen/telegram';
import type { Kept } from './history.js';

export const SELF = 7n;

export function messageOf(kept: Kept): base.Message {
  const { id, peer, from, date, out, version } = kept;
  return new base.Message({
    id,
    out,
    peerId: peer,
    fromId: new base.PeerUser({ userId: from }),
    date,
    message: textOf(id, version),
    editDate: version > 0 ? version : undefined,
  });
}

export const textOf = (id: number, version: number): string =>
  version > 0 ? `message ${id}, edit ${version}` : `message ${id}`;

export const user = (id: bigint, min = false): base.User =>
  new base.User({ id, min, self: id === SELF, accessHash: id * 11n, firstName: `User ${id}` });

export const channel = (id: bigint): base.Channel =>
  new base.Channel({
    id,
    accessHash: id * 13n,
    title: `Channel ${id}`,
    photo: new base.ChatPhotoEmpty(),
    date: 1,
  });

export const forbidden = (id: bigint): base.ChannelForbidden =>
  new base.ChannelForbidden({ id, accessHash: id * 13n, title: `Channel ${id}` });

export const group = (id: bigint): base.Chat =>
  new base.Chat({
    id,
    title: `Group ${id}`,
    photo: new base.ChatPhotoEmpty(),
    participantsCount: 3,
    date: 1,
    version: 1,
  });

export const inputPeer = (peer: base.TypePeer): base.TypeInputPeer => {
  if (peer._ === 'peerUser')
    return new base.InputPeerUser({ userId: peer.userId, accessHash: peer.userId * 11n });
  if (peer._ === 'peerChat') return new base.InputPeerChat({ chatId: peer.chatId });
  const { channelId } = peer;
  return new base.InputPeerChannel({ channelId, accessHash: channelId * 13n });
};

export const inputChannel = (channelId: bigint): base.InputChannel =>
  new base.InputChannel({ channelId, accessHash: channelId * 13n });
