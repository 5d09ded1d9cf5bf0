import type { CallOptions, TlMethod } from '@tlgen/codec';
import type { base, channels, contacts, help, messages, users } from '@tlgen/telegram';
import { RpcError } from '../../core/errors.js';
import { construct } from '../../network/construct.js';
import { toInputChannel, toInputUser, type Located } from './located.js';
import { chatMark, peerMark, userMark } from '../peer-mark.js';
import type { PeerRecord } from '../memory/records.js';
import type { NameReference } from '../parse/reference.js';
import type { PeerStore } from '../memory/store.js';
import type { PeersContext } from '../types.js';
import { joinFirst } from './unknown-peer.js';

/** What came of asking: a peer, or the error by which the server said that there is none. */
export interface Found {
  readonly peer: PeerRecord | null;
  readonly cause?: unknown;
}

/** Codes by which the server says that nobody is there, or nobody this account may ask for. */
const NOBODY: ReadonlySet<string> = new Set([
  'USERNAME_NOT_OCCUPIED',
  'USERNAME_INVALID',
  'PHONE_NOT_OCCUPIED',
  'PHONE_NUMBER_INVALID',
  'INVITE_HASH_EMPTY',
  'INVITE_HASH_INVALID',
  'INVITE_HASH_EXPIRED',
  'USER_ID_INVALID',
  'USER_INVALID',
  'PEER_ID_INVALID',
  'PEER_ID_NOT_SUPPORTED',
  'CHAT_ID_INVALID',
  'CHANNEL_INVALID',
  'CHANNEL_PRIVATE',
  'MSG_ID_INVALID',
  'BOT_METHOD_INVALID',
  'USER_BOT_INVALID',
]);

/** Asks the server for peers, and has the store learn what it answers. */
export class PeerLookups {
  constructor(
    private readonly context: PeersContext,
    private readonly store: PeerStore,
  ) {}

  /** By what it is called. */
  byName(named: NameReference, options: CallOptions): Promise<Found> {
    const { schema } = this.context;
    switch (named.kind) {
      case 'username': {
        const { username } = named;
        return this.resolved(
          construct<contacts.ResolveUsernameRequest>(schema, 'contacts.resolveUsername', {
            username,
            referer: undefined,
          }),
          options,
        );
      }
      case 'phone': {
        const { phone } = named;
        return this.resolved(
          construct<contacts.ResolvePhoneRequest>(schema, 'contacts.resolvePhone', { phone }),
          options,
        );
      }
      case 'invite':
        return this.invite(named.hash, options);
      case 'support':
        return this.ask(
          construct<help.GetSupportRequest>(schema, 'help.getSupport', {}),
          options,
          ({ user }) => userMark(user.id),
        );
    }
  }

  /** What there is to know of one that can be named to the server already. */
  described(at: Located, options: CallOptions): Promise<Found> {
    const { schema } = this.context;
    if (at.kind === 'chat') {
      return this.ask(
        construct<messages.GetChatsRequest>(schema, 'messages.getChats', { id: [at.id] }),
        options,
        ({ chats }) => firstChat(chats),
      );
    }
    if (at.kind !== 'self' && at.kind !== 'empty' && at.type === 'channel') {
      const id = [toInputChannel(schema, at)];
      return this.ask(
        construct<channels.GetChannelsRequest>(schema, 'channels.getChannels', { id }),
        options,
        ({ chats }) => firstChat(chats),
      );
    }
    return this.ask(
      construct<users.GetUsersRequest>(schema, 'users.getUsers', { id: [toInputUser(schema, at)] }),
      options,
      ([user]) => (user ? userMark(user.id) : null),
    );
  }

  private resolved(
    request: TlMethod<contacts.TypeResolvedPeer>,
    options: CallOptions,
  ): Promise<Found> {
    return this.ask(request, options, ({ peer }) => peerMark(peer));
  }

  private invite(hash: string, options: CallOptions): Promise<Found> {
    return this.ask(
      construct<messages.CheckChatInviteRequest>(this.context.schema, 'messages.checkChatInvite', {
        hash,
      }),
      options,
      (invite) => {
        // Without a chat, the invite only tells what it would be to join it.
        if (invite._ === 'chatInvite') throw joinFirst(invite.title);
        return chatMark(invite.chat);
      },
    );
  }

  private async ask<Result>(
    request: TlMethod<Result>,
    options: CallOptions,
    markOf: (answer: Result) => bigint | null,
  ): Promise<Found> {
    let answer: Result;
    try {
      answer = await this.context.invoke(request, options);
    } catch (error) {
      if (error instanceof RpcError && NOBODY.has(error.code)) return { peer: null, cause: error };
      throw error;
    }
    await this.store.learn(answer);
    const marked = markOf(answer);
    return { peer: marked === null ? null : await this.store.get(marked) };
  }
}

const firstChat = ([chat]: readonly base.TypeChat[]): bigint | null =>
  chat ? chatMark(chat) : null;
