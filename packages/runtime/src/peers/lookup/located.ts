import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { namePeer, wrongType } from './unknown-peer.js';
import type { PeerReference } from '../parse/reference.js';

/** A peer that can be named to the server: all that the Input constructors hold. */
export type Located =
  | { readonly kind: 'self' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'chat'; readonly type: 'chat'; readonly id: bigint }
  | Extract<PeerReference, { readonly kind: 'hash' }>
  | {
      readonly kind: 'from-message';
      readonly type: 'user' | 'channel';
      readonly id: bigint;
      readonly peer: Located;
      readonly messageId: number;
    };

/** @throws SchemaError when the schema lacks the constructor. */
export function toInputPeer(schema: ApiSchema, at: Located): base.TypeInputPeer {
  switch (at.kind) {
    case 'self':
      return constructObject<base.InputPeerSelf>(schema, 'inputPeerSelf', {});
    case 'empty':
      return constructObject<base.InputPeerEmpty>(schema, 'inputPeerEmpty', {});
    case 'chat':
      return constructObject<base.InputPeerChat>(schema, 'inputPeerChat', { chatId: at.id });
    case 'hash': {
      const { id, accessHash } = at;
      return at.type === 'user'
        ? constructObject<base.InputPeerUser>(schema, 'inputPeerUser', { userId: id, accessHash })
        : constructObject<base.InputPeerChannel>(schema, 'inputPeerChannel', {
            channelId: id,
            accessHash,
          });
    }
    default: {
      const { id, messageId: msgId } = at;
      const peer = toInputPeer(schema, at.peer);
      return at.type === 'user'
        ? constructObject<base.InputPeerUserFromMessage>(schema, 'inputPeerUserFromMessage', {
            peer,
            msgId,
            userId: id,
          })
        : constructObject<base.InputPeerChannelFromMessage>(schema, 'inputPeerChannelFromMessage', {
            peer,
            msgId,
            channelId: id,
          });
    }
  }
}

/** @throws PeerError `WRONG_PEER_TYPE`; SchemaError. */
export function toInputUser(schema: ApiSchema, at: Located): base.TypeInputUser {
  if (at.kind === 'self') return constructObject<base.InputUserSelf>(schema, 'inputUserSelf', {});
  if (at.kind === 'empty')
    return constructObject<base.InputUserEmpty>(schema, 'inputUserEmpty', {});
  const { id: userId, type } = at;
  if (at.kind === 'chat' || type !== 'user')
    throw wrongType(namePeer({ kind: 'id', type, id: userId }), type, 'user');
  if (at.kind === 'hash') {
    const { accessHash } = at;
    return constructObject<base.InputUser>(schema, 'inputUser', { userId, accessHash });
  }
  return constructObject<base.InputUserFromMessage>(schema, 'inputUserFromMessage', {
    peer: toInputPeer(schema, at.peer),
    msgId: at.messageId,
    userId,
  });
}

/** @throws PeerError `WRONG_PEER_TYPE`; SchemaError. */
export function toInputChannel(schema: ApiSchema, at: Located): base.TypeInputChannel {
  if (at.kind === 'self') throw wrongType('me', 'user', 'channel');
  if (at.kind === 'empty')
    return constructObject<base.InputChannelEmpty>(schema, 'inputChannelEmpty', {});
  const { id: channelId, type } = at;
  if (at.kind === 'chat' || type !== 'channel')
    throw wrongType(namePeer({ kind: 'id', type, id: channelId }), type, 'channel');
  if (at.kind === 'hash') {
    const { accessHash } = at;
    return constructObject<base.InputChannel>(schema, 'inputChannel', { channelId, accessHash });
  }
  return constructObject<base.InputChannelFromMessage>(schema, 'inputChannelFromMessage', {
    peer: toInputPeer(schema, at.peer),
    msgId: at.messageId,
    channelId,
  });
}
