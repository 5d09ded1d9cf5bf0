import type { messages } from '@tlgen/telegram';

/** A button that was pressed. */
export interface CallbackQuery {
  readonly botId: bigint;
  /** Ends the wait of whoever pressed. */
  readonly answer: (answer: messages.BotCallbackAnswer) => void;
  /** Ends it too, with an error. */
  readonly fail: (reason: Error) => void;
}

/** Pressed buttons that wait for their bot, by query id. */
export class CallbackQueries {
  private readonly waiting = new Map<bigint, CallbackQuery>();
  private closed = false;

  /** @throws TypeError when the data center was closed: nobody would ever answer. */
  mustBeOpen(): void {
    if (this.closed) throw wasClosed();
  }

  /** Nobody answers any more: whoever waits is told so. May be called again. */
  close(): void {
    this.closed = true;
    for (const query of this.waiting.values()) query.fail(wasClosed());
  }

  add(id: bigint, query: CallbackQuery): void {
    this.waiting.set(id, query);
  }

  /** Nobody waits for it any more. */
  forget(id: bigint): void {
    this.waiting.delete(id);
  }

  /** Takes a query out that this bot has to answer; undefined: there is none, or it is too late. */
  take(id: bigint, botId: bigint): CallbackQuery | undefined {
    const query = this.waiting.get(id);
    if (query?.botId !== botId) return undefined;
    this.waiting.delete(id);
    return query;
  }
}

const wasClosed = (): TypeError =>
  new TypeError('the data center was closed: no bot answers a pressed button any more');
