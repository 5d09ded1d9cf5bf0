import type { SendTextOptions, SentText } from '../../text/sending.js';
import type { FormattedText } from '../../text/types.js';
import { checkAwaited, NEXT_MESSAGE } from '../event/ask.js';
import type { EventActions, UpdateEvent, WaitOptions } from '../event/index.js';
import type { Filter } from '../filters/filter.js';
import type { FoundMessage } from '../filters/found.js';
import { ConversationError } from './errors.js';
import type { Hold } from './hold.js';
import { begun, checkWaitOptions, type Wait } from './wait.js';

/** What a conversation needs of the hub. */
export interface ConversationContext {
  readonly actions: Pick<EventActions, 'sendText'>;
  /** What keeps updates of the chat from the handlers. */
  readonly hold: Hold;
  /** The conversation is closed. */
  ended(): void;
}

/**
 * Questions and answers in a chat. While it is open, updates of the chat wait; those that nobody took go to the
 * handlers when it is closed. What it took is done when it is closed. Own messages are never taken.
 */
export class Conversation implements AsyncDisposable {
  private isOpen = true;

  constructor(
    /** Marked id of the chat. */
    readonly chatId: bigint,
    private readonly context: ConversationContext,
  ) {}

  /** Sends a text to the chat. */
  async send(text: string | FormattedText, options: SendTextOptions = {}): Promise<SentText[]> {
    return this.context.actions.sendText(this.chatId, text, options);
  }

  /**
   * Waits for the next new message, or the next update that the filter lets pass; what has come since the conversation
   * began counts too.
   *
   * @throws TimeoutError, AbortError by `options`.
   * @throws ConversationError when the conversation is closed.
   * @throws ClosedError when the client is.
   */
  waitFor(filter?: undefined, options?: WaitOptions): Promise<UpdateEvent & FoundMessage>;
  waitFor<Adds extends object>(
    filter: Filter<Adds>,
    options?: WaitOptions,
  ): Promise<UpdateEvent & Adds>;
  waitFor(filter: Filter<object> = NEXT_MESSAGE, options: WaitOptions = {}): Promise<UpdateEvent> {
    return begun(options, () => this.wait(filter, options).promise);
  }

  /**
   * Sends a text, and waits for what answers it, as {@link waitFor}. `timeout` counts from the call.
   *
   * @throws as {@link waitFor}, and what sending throws.
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
    { from, ...options }: WaitOptions & SendTextOptions = {},
  ): Promise<UpdateEvent> {
    const { timeout, signal } = options;
    // Before the question is sent: the answer may come before the server's word that it was.
    checkAwaited(filter, 'ask');
    checkWaitOptions({ from, timeout, signal }, 'ask');
    const wait = this.wait(filter, { from, timeout, signal });
    const sent = this.send(text, options).catch((error: unknown) => {
      wait.fail(error as Error);
      throw error;
    });
    const [answer] = await Promise.all([wait.promise, sent]);
    return answer;
  }

  /** Ends it. What is still awaited fails with a ConversationError. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const { hold } = this.context;
    hold.fail(new ConversationError(this.chatId));
    hold.end();
    this.context.ended();
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  private wait<Adds extends object>(filter: Filter<Adds>, options: WaitOptions): Wait<Adds> {
    if (!this.isOpen) throw new ConversationError(this.chatId);
    return this.context.hold.wait(filter, null, options);
  }
}
