import type { CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import { PRINTED } from '../../core/printed.js';
import type { SendTextOptions, SentText } from '../../text/sending.js';
import type { FormattedText } from '../../text/types.js';
import type { Delivery, Entities, UpdateSource } from '../engine/index.js';
import { Filter } from '../filters/filter.js';
import type { FoundMessage } from '../filters/found.js';
import { askBy, NEXT_MESSAGE } from './ask.js';
import { chatIdOf, senderIdOf } from './chat-of.js';
import { chatsById, usernamesOf, usersById } from './entities.js';
import { UpdateError, type UpdateErrorCode } from './errors.js';
import type { CallbackAnswer, EventActions, WaitOptions } from './types.js';

/** Waits until an update comes that the filter lets pass, in the chat of an event; not one of this account's own. */
export type WaitFor = <Adds extends object>(
  event: UpdateEvent,
  filter: Filter<Adds>,
  options: WaitOptions,
) => Promise<UpdateEvent & Adds>;

/** What an event is made of. */
export interface EventInit {
  /** Number of the update among those that the program was told, ascending. */
  readonly id: number;
  readonly delivery: Delivery;
  readonly actions: EventActions;
  readonly wait: WaitFor;
}

/**
 * An update, and what a handler needs beside it.
 *
 * Handlers get events made of this one by {@link eventWith}, with what their filter found; they share `stop`.
 *
 * @typeParam U - which update.
 */
export class UpdateEvent<U extends base.TypeUpdate = base.TypeUpdate> {
  /** Number of the update among those that the program was told, ascending. */
  readonly id: number;
  /** All messages of the album, on the event of its first one, for filters that want albums; else null. */
  album: readonly base.Message[] | null = null;
  private readonly delivery: Delivery;
  private readonly actions: EventActions;
  private readonly wait: WaitFor;
  /** The event that others are copies of: what all of them share is kept there. */
  private readonly root: UpdateEvent = this;
  private isStopped = false;
  /** undefined: not looked for yet. */
  private foundChatId: bigint | null | undefined;
  private userMap: ReadonlyMap<bigint, base.TypeUser> | null = null;
  private chatMap: ReadonlyMap<bigint, base.TypeChat> | null = null;

  constructor(init: EventInit) {
    this.id = init.id;
    this.delivery = init.delivery;
    this.actions = init.actions;
    this.wait = init.wait;
  }

  get update(): U {
    return this.delivery.update as U;
  }

  /** The same for the same event whenever it comes again; null where nothing tells. */
  get key(): string | null {
    return this.delivery.key;
  }

  /** Whence it is known. */
  get from(): UpdateSource {
    return this.delivery.from;
  }

  /** Users and chats that came with the update. */
  get entities(): Entities {
    return this.delivery.entities;
  }

  /** Users that came with the update, by their ids. */
  get users(): ReadonlyMap<bigint, base.TypeUser> {
    return (this.root.userMap ??= usersById(this.entities.users));
  }

  /** Groups and channels that came with the update, by their marked ids. */
  get chats(): ReadonlyMap<bigint, base.TypeChat> {
    return (this.root.chatMap ??= chatsById(this.entities.chats));
  }

  /** The new or edited message, in a channel or not; of other updates null. */
  get message(): base.TypeMessage | null {
    const { update } = this.delivery;
    switch (update._) {
      case 'updateNewMessage':
      case 'updateNewChannelMessage':
      case 'updateEditMessage':
      case 'updateEditChannelMessage':
        return update.message ?? null;
      default:
        return null;
    }
  }

  /** Text of the message, caption of its media; empty without. */
  get text(): string {
    const { message } = this;
    return message?._ === 'message' ? (message.message ?? '') : '';
  }

  /** The chat it is about, as a marked id; null: nobody knows, or none. */
  get chatId(): bigint | null {
    const { root } = this;
    if (root.foundChatId === undefined) root.foundChatId = chatIdOf(this.delivery.update);
    return root.foundChatId;
  }

  /** Who sent the message, or did what is told, as a marked id; null: nobody knows, or nobody. */
  get senderId(): bigint | null {
    return senderIdOf(this.delivery.update, this.self?.id ?? null);
  }

  /** The group or channel, or who the private chat is with, if it came with the update. */
  get chat(): base.TypeChat | base.TypeUser | null {
    return this.entity(this.chatId);
  }

  /** Who sent or did it, if it came with the update. */
  get sender(): base.TypeChat | base.TypeUser | null {
    return this.entity(this.senderId);
  }

  /** Whether this account did it: its message is `out`, or it is known from the result of an own request. */
  get own(): boolean {
    const message = this.message as { readonly out?: unknown } | null;
    return this.from === 'own' || message?.out === true;
  }

  /** Whether its message was known before, and has changed: its text, its buttons, its reactions. */
  get edited(): boolean {
    const { _: name } = this.delivery.update;
    return name === 'updateEditMessage' || name === 'updateEditChannelMessage';
  }

  /** This account; null: nobody is signed in. */
  get self(): ReturnType<EventActions['self']> {
    return this.actions.self();
  }

  /** User names of a peer, without @: those that came with the update, and those that are remembered. */
  usernamesOf(marked: bigint): readonly string[] {
    const remembered = this.actions.known(marked)?.usernames ?? [];
    return [...usernamesOf(this.entity(marked)), ...remembered];
  }

  /** Whether a channel is remembered as a supergroup; null: it is not remembered. */
  isSupergroup(marked: bigint): boolean | null {
    return this.actions.known(marked)?.megagroup ?? null;
  }

  /** Whether {@link stop} was called. */
  get stopped(): boolean {
    return this.root.isStopped;
  }

  private entity(marked: bigint | null): base.TypeChat | base.TypeUser | null {
    if (marked === null) return null;
    return (marked > 0n ? this.users.get(marked) : this.chats.get(marked)) ?? null;
  }

  /**
   * Sends a text to the chat, as an answer to the message.
   *
   * @throws UpdateError `NO_MESSAGE` when the update has none, `NO_CHAT` when its chat is not known.
   */
  async reply(text: string | FormattedText, options: SendTextOptions = {}): Promise<SentText[]> {
    const { message } = this;
    if (!message)
      throw this.failure(
        'NO_MESSAGE',
        'is no new or edited message that could be answered: use respond()',
      );
    return this.respond(text, { replyTo: message.id, ...options });
  }

  /**
   * Sends a text to the chat.
   *
   * @throws UpdateError `NO_CHAT` when it is not known.
   */
  async respond(text: string | FormattedText, options: SendTextOptions = {}): Promise<SentText[]> {
    const { chatId } = this;
    if (chatId === null) throw this.failure('NO_CHAT', 'tells no chat: give it to client.sendText');
    return this.actions.sendText(chatId, text, options);
  }

  /**
   * Answers who pressed a button (`messages.setBotCallbackAnswer`): with a notice, or, without anything, by ending the
   * progress bar on the button.
   *
   * @throws UpdateError `NOT_A_CALLBACK` when the update is not about a press.
   */
  async answer(answer: string | (CallbackAnswer & CallOptions) = {}): Promise<void> {
    const { update } = this.delivery;
    if (!('queryId' in update) || !update._.endsWith('CallbackQuery')) {
      throw this.failure(
        'NOT_A_CALLBACK',
        'is not about the press of a button: use filters.callbackQuery',
      );
    }
    const options = typeof answer === 'string' ? { text: answer } : answer;
    if (update.queryId === undefined)
      throw this.failure('NOT_A_CALLBACK', 'has no id to answer: wait for one that has');
    await this.actions.answerCallback(update.queryId, options);
  }

  /**
   * Waits for an update in the same chat that the filter lets pass; handlers don't see it.
   *
   * @throws TimeoutError, AbortError by `options`.
   */
  waitFor<Adds extends object>(
    filter: Filter<Adds>,
    options: WaitOptions = {},
  ): Promise<UpdateEvent & Adds> {
    return this.wait(this, filter, options);
  }

  /**
   * Sends a text to the chat, and waits for what answers it: the next new message, or what the filter lets pass. What
   * comes while the text is still being sent counts as well; what this account sends does not. `timeout` counts from the
   * call.
   *
   * @throws UpdateError `NO_CHAT` when the chat is not known.
   * @throws TimeoutError, AbortError by `options`, and what sending throws.
   */
  ask(
    text: string | FormattedText,
    filter?: undefined,
    options?: WaitOptions & SendTextOptions,
  ): Promise<UpdateEvent & FoundMessage>;
  ask<Adds extends object>(
    text: string | FormattedText,
    filter: Filter<Adds>,
    options?: WaitOptions & SendTextOptions,
  ): Promise<UpdateEvent & Adds>;
  async ask(
    text: string | FormattedText,
    filter: Filter<object> = NEXT_MESSAGE,
    options: WaitOptions & SendTextOptions = {},
  ): Promise<UpdateEvent> {
    if (this.chatId === null)
      throw this.failure('NO_CHAT', 'tells no chat: give it to client.sendText');
    return askBy(this, text, filter, options);
  }

  /** Handlers that would come after this one are not called for this update. */
  stop(): void {
    this.root.isStopped = true;
  }

  /** What `JSON.stringify` shows: what kind of update it is and where, nothing of what it says. */
  toJSON(): object {
    const { id, from, key, chatId } = this;
    return { id, update: this.delivery.update._, from, key, chatId: chatId && String(chatId) };
  }

  /** What `console.log` shows. */
  [PRINTED](): string {
    const { chatId } = this;
    const where = chatId === null ? '' : ` in ${chatId}`;
    return `UpdateEvent #${this.id} ${this.delivery.update._}${where}`;
  }

  private failure(code: UpdateErrorCode, why: string): UpdateError {
    const { _: name } = this.delivery.update;
    return new UpdateError(code, name, `${name} ${why}`);
  }
}
