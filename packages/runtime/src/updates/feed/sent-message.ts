import type { ApiSchema } from '@tlgen/codec';
import type { base, messages } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import type { SentMessage } from '../engine/index.js';

type Sending = messages.SendMessageRequest | messages.SendMediaRequest | { readonly _: undefined };

/**
 * What a request says of the message that an `updateShortSentMessage` answers; null: not enough, so that a difference
 * has to tell.
 *
 * @param self - the account's own user id.
 */
export function sentMessageOf(
  schema: ApiSchema,
  self: bigint,
  request: object,
): SentMessage | null {
  const sending = request as Sending;
  if (sending._ !== 'messages.sendMessage' && sending._ !== 'messages.sendMedia') return null;
  const peerOf = (input: base.TypeInputPeer | undefined): base.TypePeer | undefined =>
    input && asPeer(schema, self, input);
  const peer = peerOf(sending.peer);
  if (peer === undefined || typeof sending.message !== 'string') return null;
  const fromId = peerOf(sending.sendAs);
  const replyTo = sending.replyTo && replyHeader(schema, sending.replyTo, peerOf);
  return { peer, message: sending.message, fromId, replyTo };
}

function asPeer(
  schema: ApiSchema,
  self: bigint,
  input: base.TypeInputPeer,
): base.TypePeer | undefined {
  switch (input._) {
    case 'inputPeerSelf':
      return constructObject<base.PeerUser>(schema, 'peerUser', { userId: self });
    case 'inputPeerUser':
    case 'inputPeerUserFromMessage':
      return constructObject<base.PeerUser>(schema, 'peerUser', { userId: input.userId });
    case 'inputPeerChat':
      return constructObject<base.PeerChat>(schema, 'peerChat', { chatId: input.chatId });
    case 'inputPeerChannel':
    case 'inputPeerChannelFromMessage': {
      const { channelId } = input;
      return constructObject<base.PeerChannel>(schema, 'peerChannel', { channelId });
    }
    default:
      return undefined;
  }
}

function replyHeader(
  schema: ApiSchema,
  to: base.TypeInputReplyTo,
  peerOf: (input: base.TypeInputPeer | undefined) => base.TypePeer | undefined,
): base.TypeMessageReplyHeader | undefined {
  if (to._ === 'inputReplyToMessage') {
    return constructObject<base.MessageReplyHeader>(schema, 'messageReplyHeader', {
      quote: to.quoteText !== undefined,
      replyToMsgId: to.replyToMsgId,
      replyToPeerId: peerOf(to.replyToPeerId),
      replyToTopId: to.topMsgId,
      quoteText: to.quoteText,
      quoteEntities: to.quoteEntities,
      quoteOffset: to.quoteOffset,
    });
  }
  const peer = to._ === 'inputReplyToStory' ? peerOf(to.peer) : undefined;
  if (to._ !== 'inputReplyToStory' || peer === undefined) return undefined;
  const init = { peer, storyId: to.storyId };
  return constructObject<base.MessageReplyStoryHeader>(schema, 'messageReplyStoryHeader', init);
}
