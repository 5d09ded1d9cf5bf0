import type { ApiSchema } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { constructObject } from '../../network/construct.js';
import { channelOf } from './classify.js';
import type { SentMessage } from './types.js';

/** In a private chat or basic group, or in a channel. */
type NewMessage = base.UpdateNewMessage | base.UpdateNewChannelMessage;

/** Makes whole updates of short forms and of the bare messages of differences. */
export class Expander {
  /** @param self - the account's own user id. */
  constructor(
    private readonly schema: ApiSchema,
    private readonly self: bigint,
  ) {}

  shortMessage(short: base.UpdateShortMessage): NewMessage {
    const peerId = this.#user(short.userId);
    const fromId = short.out ? this.#user(this.self) : peerId;
    return this.#newMessage(short, this.#received(short, peerId, fromId));
  }

  shortChatMessage(short: base.UpdateShortChatMessage): NewMessage {
    const peerId = constructObject<base.PeerChat>(this.schema, 'peerChat', {
      chatId: short.chatId,
    });
    return this.#newMessage(short, this.#received(short, peerId, this.#user(short.fromId)));
  }

  shortSentMessage(short: base.UpdateShortSentMessage, sent: SentMessage): NewMessage {
    const message = constructObject<base.Message>(this.schema, 'message', {
      out: short.out,
      id: short.id,
      fromId: sent.fromId ?? this.#user(this.self),
      peerId: sent.peer,
      replyTo: sent.replyTo,
      date: short.date,
      message: sent.message,
      media: short.media,
      entities: short.entities,
      ttlPeriod: short.ttlPeriod,
    });
    return this.#newMessage(short, message);
  }

  /** A new message of which a difference tells no pts. */
  found(message: base.TypeMessage): NewMessage {
    return this.#newMessage({ pts: 0, ptsCount: 0 }, message);
  }

  /** A secret message of which a difference tells no qts. */
  foundSecret(message: base.TypeEncryptedMessage): base.UpdateNewEncryptedMessage {
    const init = { message, qts: 0 };
    return constructObject(this.schema, 'updateNewEncryptedMessage', init);
  }

  #newMessage(
    { pts, ptsCount }: { readonly pts: number; readonly ptsCount: number },
    message: base.TypeMessage,
  ): NewMessage {
    const init = { message, pts, ptsCount };
    return channelOf(message) === null
      ? constructObject<base.UpdateNewMessage>(this.schema, 'updateNewMessage', init)
      : constructObject<base.UpdateNewChannelMessage>(this.schema, 'updateNewChannelMessage', init);
  }

  #received(
    short: base.UpdateShortMessage | base.UpdateShortChatMessage,
    peerId: base.TypePeer,
    fromId: base.TypePeer,
  ): base.Message {
    return constructObject<base.Message>(this.schema, 'message', {
      out: short.out,
      mentioned: short.mentioned,
      mediaUnread: short.mediaUnread,
      silent: short.silent,
      id: short.id,
      fromId,
      peerId,
      fwdFrom: short.fwdFrom,
      viaBotId: short.viaBotId,
      replyTo: short.replyTo,
      date: short.date,
      message: short.message,
      entities: short.entities,
      ttlPeriod: short.ttlPeriod,
    });
  }

  #user(userId: bigint): base.PeerUser {
    return constructObject<base.PeerUser>(this.schema, 'peerUser', { userId });
  }
}
