import type * as tl from '@tlgen/telegram';
import type { messages } from '@tlgen/telegram';
import * as acts from './scene-acts.js';
import { keyboard, pressButton, type TestButton } from './scene-buttons.js';
import {
  send,
  type ChatLike,
  type MessageExtras,
  type TestChat,
  type TestMessage,
  type UserLike,
} from './scene.js';
import type { World } from './world/world.js';

export type { TestButton };

/** What a message has beside its text. */
export interface MessageOptions extends MessageExtras {
  /** Rows of buttons under the message. */
  readonly buttons?: readonly (readonly TestButton[])[] | undefined;
}

const extrasOf = ({ buttons, ...extras }: MessageOptions): MessageExtras =>
  buttons === undefined ? extras : { ...extras, replyMarkup: keyboard(buttons) };

/** What users do without a client, as if another client of theirs did it: those who are concerned are told. */
export abstract class ActionControl {
  /** Users, groups, messages: what handlers work on. */
  abstract readonly world: World;

  /**
   * Sends a text as one user to another, or to a group or channel; all its readers are told.
   *
   * @throws TypeError when there is no such user or chat, or the sender may not write there.
   */
  send(from: UserLike, to: ChatLike, text: string, options: MessageOptions = {}): TestMessage {
    return send(this.world, from, to, text, undefined, extrasOf(options));
  }

  /** Sends several texts, one after the other. @throws TypeError as {@link send}. */
  sendMany(from: UserLike, to: ChatLike, texts: readonly string[]): TestMessage[] {
    return texts.map((text) => this.send(from, to, text));
  }

  /** Changes what a message says, as whoever wrote it. @throws TypeError when it is not there any more. */
  edit(message: TestMessage, text: string, options: MessageOptions = {}): void {
    const { entities, replyMarkup } = extrasOf(options);
    acts.edit(this.world, message, text, {
      entities: entities && [...entities],
      replyMarkup,
    });
  }

  /**
   * Deletes messages; those of one box or channel make one update.
   *
   * @param options.as - who does it. Default: who wrote them.
   * @param options.revoke - for everybody, in private chats and basic groups. Default true.
   * @throws TypeError when one is not there, or may not be deleted.
   */
  deleteMessages(
    messages: TestMessage | readonly TestMessage[],
    options: { readonly as?: UserLike | undefined; readonly revoke?: boolean | undefined } = {},
  ): void {
    const list = 'id' in messages ? [messages] : messages;
    acts.remove(this.world, list, options);
  }

  /** Reads all that is in a chat; the senders are told. */
  read(user: UserLike, chat: ChatLike): void {
    acts.read(this.world, user, chat);
  }

  /** What a user sees in a chat, oldest first. */
  messagesOf(user: UserLike, chat: ChatLike): tl.TypeMessage[] {
    return acts.messagesOf(this.world, user, chat);
  }

  /**
   * Presses a button under a bot's message, and waits for the bot's answer.
   *
   * @param where - a message, or a chat: then the newest message in it that has buttons.
   * @param button - its text or data. Default: the first.
   * @throws TypeError when there is no such button, the user may not see it, or the data center is closed meanwhile;
   * RpcFault `BOT_RESPONSE_TIMEOUT` when the bot does not answer in 15
   * seconds.
   */
  pressButton(
    user: UserLike,
    where: ChatLike | TestMessage,
    button?: string | Uint8Array,
  ): Promise<messages.BotCallbackAnswer> {
    return pressButton(this.world, user, where, button);
  }

  /** Lets somebody into a chat: by themselves, or into a basic group by its creator. @throws TypeError if they are in. */
  join(user: UserLike, chat: TestChat): void {
    acts.enterChat(this.world, user, chat);
  }

  /** Lets somebody leave a chat. @throws TypeError when they are not in, or it is their own channel. */
  leave(user: UserLike, chat: TestChat): void {
    acts.leaveChat(this.world, user, chat);
  }

  /** Has the creator throw somebody out: of a channel, for good. */
  kick(user: UserLike, chat: TestChat): void {
    acts.kick(this.world, user, chat);
  }

  /** Has the creator make a supergroup of a basic group. @returns the supergroup. */
  migrate(group: TestChat): TestChat {
    return acts.migrate(this.world, group);
  }

  /** Has the creator delete a channel or supergroup: it is private to all from then on. */
  deleteChannel(chat: TestChat): void {
    acts.deleteChannel(this.world, chat);
  }
}
