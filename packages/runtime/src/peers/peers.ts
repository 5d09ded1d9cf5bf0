import type { CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { ChatSummary } from './facts/chat-summary-types.js';
import { chatSummary, type ChatOptions } from './facts/chat-summary.js';
import { dialogs, type DialogItem, type DialogsOptions } from './lists/dialogs.js';
import { FullInfo, type FullOptions, type PeerFull } from './facts/full.js';
import { history, type HistoryOptions } from './lists/history.js';
import { info } from './facts/info.js';
import type { RealMessage } from './lists/message-pages.js';
import type { AnyPeer, PeerLookup, PeerMemory } from './needs.js';
import type { Pages } from './lists/pages.js';
import type { Participant } from './lists/participant.js';
import { participants, type ParticipantsOptions } from './lists/participants.js';
import { search, type SearchOptions } from './lists/search.js';
import type { PeerInfo, PeerInputs, PeersContext } from './types.js';

/**
 * Users, groups and channels: what is known of them, and the lists that are read page by page. It is `client.peers`.
 *
 * Peers are given as `@name`, marked id, t.me link, phone number, `me`, what {@link info} tells, or an object of TL
 * that names one. Everything that takes a peer throws `PeerError` when it cannot be read or found, or is of the wrong
 * kind; `timeout` counts for each request by itself.
 */
export class Peers implements PeerInputs {
  private readonly fullInfo: FullInfo;

  /**
   * @param memory - what was seen: a `PeerStore`.
   * @param lookup - what turns names into peers: a `PeerResolution`.
   */
  constructor(
    private readonly context: PeersContext,
    private readonly memory: PeerMemory,
    private readonly lookup: PeerLookup,
  ) {
    this.fullInfo = new FullInfo(context, lookup);
  }

  /** What requests take for a peer; the same as {@link inputPeer}. */
  resolve(peer: AnyPeer, options: CallOptions = {}): Promise<base.TypeInputPeer> {
    return this.lookup.inputPeer(peer, options);
  }

  /** What requests take for a peer. Asks the server when the peer was not seen yet. */
  inputPeer(peer: AnyPeer, options: CallOptions = {}): Promise<base.TypeInputPeer> {
    return this.lookup.inputPeer(peer, options);
  }

  /** What requests take for a user. @throws PeerError `WRONG_PEER_TYPE` when it is none. */
  inputUser(peer: AnyPeer, options: CallOptions = {}): Promise<base.TypeInputUser> {
    return this.lookup.inputUser(peer, options);
  }

  /** What requests take for a supergroup or channel. @throws PeerError `WRONG_PEER_TYPE` when it is none. */
  inputChannel(peer: AnyPeer, options: CallOptions = {}): Promise<base.TypeInputChannel> {
    return this.lookup.inputChannel(peer, options);
  }

  /** Kind, ids, name and input forms of a peer. Asks the server only when the peer was not seen yet. */
  info(peer: AnyPeer, options: CallOptions = {}): Promise<PeerInfo> {
    return info(this.context, this.lookup, peer, options);
  }

  /**
   * All that the server tells of a peer (`users.getFullUser`, `messages.getFullChat`, `channels.getFullChannel`).
   * Answers are kept for the seconds of the setting `peers.fullInfoTtl`; whoever asks at the same time shares one
   * request, unless they gave a timeout.
   */
  full(peer: AnyPeer, options: FullOptions = {}): Promise<PeerFull> {
    return this.fullInfo.get(peer, options);
  }

  /**
   * A peer in plain values: names, description, invite link, number of members, and with `participants` the members
   * and their roles. Those are absent when this account may not see them.
   */
  chat(peer: AnyPeer, options: ChatOptions = {}): Promise<ChatSummary> {
    const { participants: wanted = this.context.settings.fullFetch, signal, timeout } = options;
    return chatSummary(this, peer, wanted, { signal, timeout });
  }

  /**
   * The conversations of this account, pinned ones first, then by their last message (`messages.getDialogs`). For
   * people only: bots have no such list.
   *
   * @throws ListOptionError for options that cannot be.
   */
  dialogs(options: DialogsOptions = {}): Pages<DialogItem> {
    return dialogs(this.context, this.memory, this.lookup, options);
  }

  /**
   * The messages of a conversation, newest first or with `reverse` oldest first (`messages.getHistory`; with `from`,
   * `messages.search`).
   *
   * @throws ListOptionError for options that cannot be.
   */
  history(peer: AnyPeer, options: HistoryOptions = {}): Pages<RealMessage> {
    return history(this.context, this.lookup, peer, options);
  }

  /**
   * Looks for messages, newest first: in one conversation (`messages.search`), or with null in all
   * (`messages.searchGlobal`).
   *
   * @throws ListOptionError for options that cannot be.
   */
  search(peer: AnyPeer | null, options: SearchOptions = {}): Pages<RealMessage> {
    return search(this.context, this.lookup, peer, options);
  }

  /**
   * The members of a group or channel (`channels.getParticipants`, of which the server gives out about 10,000;
   * `messages.getFullChat`). Reading the list of a user throws PeerError `WRONG_PEER_TYPE`.
   *
   * @throws ListOptionError for options that cannot be.
   */
  participants(peer: AnyPeer, options: ParticipantsOptions = {}): Pages<Participant> {
    return participants(this.context, this.lookup, peer, options);
  }

  /** Writes to the storage what was seen since it was last written. @throws StorageError */
  save(): Promise<void> {
    return this.memory.flush();
  }

  /** Forgets everybody, here and in the storage: what was seen is of use to the account that saw it only. */
  async forgetAll(): Promise<void> {
    this.fullInfo.forgetAll();
    await this.memory.forgetAll();
  }
}
