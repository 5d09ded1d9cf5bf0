import type { CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { markedId } from '../marked-id.js';
import type { AnyPeer, PeerLookup } from '../needs.js';
import type { KnownPeer, PeerInfo, PeersContext } from '../types.js';

/** What is known of a peer; asks the server only when it was not seen yet. */
export async function info(
  context: PeersContext,
  lookup: PeerLookup,
  peer: AnyPeer,
  options: CallOptions = {},
): Promise<PeerInfo> {
  return infoOf(context, lookup, await lookup.known(peer, options), options);
}

/** The same of a peer that was looked up already. */
export async function infoOf(
  context: PeersContext,
  lookup: PeerLookup,
  known: KnownPeer,
  options: CallOptions = {},
): Promise<PeerInfo> {
  const { schema } = context;
  const { type, id, name, usernames } = known;
  const marked = markedId(type, id);
  const inputPeer = await lookup.inputPeer(marked, options);
  const common = { id, markedId: marked, name, inputPeer };
  switch (type) {
    case 'user':
      return {
        ...common,
        type: known.bot ? 'bot' : 'user',
        usernames,
        self: context.self()?.id === id,
        peer: constructObject<base.PeerUser>(schema, 'peerUser', { userId: id }),
        inputUser: await lookup.inputUser(marked, options),
      };
    case 'chat':
      return {
        ...common,
        type: 'group',
        peer: constructObject<base.PeerChat>(schema, 'peerChat', { chatId: id }),
      };
    case 'channel':
      return {
        ...common,
        type: known.megagroup ? 'supergroup' : 'channel',
        usernames,
        peer: constructObject<base.PeerChannel>(schema, 'peerChannel', { channelId: id }),
        inputChannel: await lookup.inputChannel(marked, options),
      };
  }
}
