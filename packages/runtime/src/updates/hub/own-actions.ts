import type { EventActions } from '../event/index.js';

/** What events can do, as long as the account that they came to is signed in. */
export class OwnActions implements EventActions {
  private reason: Error | null = null;

  constructor(private readonly actions: EventActions) {}

  /** The account is signed in no more. */
  end(reason: Error): void {
    this.reason = reason;
  }

  sendText(...args: Parameters<EventActions['sendText']>): ReturnType<EventActions['sendText']> {
    return this.reason ? Promise.reject(this.reason) : this.actions.sendText(...args);
  }

  answerCallback(
    ...args: Parameters<EventActions['answerCallback']>
  ): ReturnType<EventActions['answerCallback']> {
    return this.reason ? Promise.reject(this.reason) : this.actions.answerCallback(...args);
  }

  known(marked: bigint): ReturnType<EventActions['known']> {
    return this.reason ? null : this.actions.known(marked);
  }

  self(): ReturnType<EventActions['self']> {
    return this.reason ? null : this.actions.self();
  }
}
