import { isThenable } from '../../core/thenable.js';
import type { UpdateEvent } from '../event/index.js';
import type { Life } from './entry.js';
import type { Subscription } from './handlers.js';

/** What handlers are called with. */
export interface RunContext {
  readonly life: Life;
  /** What those are told who wait, since the end is near: what has come is handled, nothing is waited for. */
  readonly closing: Error | null;
  handlerFailed(error: unknown, event: UpdateEvent): void;
}

/** One event on its way through the handlers, one after the other. */
export class Run {
  private next = 0;
  /** A handler gave up because it waited when the client was closed: the event is to come again. */
  isBroken = false;

  constructor(
    private readonly event: UpdateEvent,
    private readonly handlers: readonly Subscription[],
    private readonly context: RunContext,
    private readonly ended: () => void,
  ) {}

  /**
   * Calls the handlers up to the first that takes time; the others follow when that one has ended.
   *
   * @returns whether all were called; if not, `ended` is called when they were.
   */
  proceed(): boolean {
    const { event, handlers, context } = this;
    while (this.goesOn) {
      const handler = handlers[this.next++];
      if (!handler?.active || (event.own && !handler.own)) continue;
      const pending = this.call(handler);
      if (pending === null) continue;
      pending.then(
        () => this.resume(),
        (error: unknown) => {
          if (context.closing !== null && error === context.closing) this.isBroken = true;
          else context.handlerFailed(error, event);
          this.resume();
        },
      );
      return false;
    }
    return true;
  }

  private get goesOn(): boolean {
    const { next, handlers, event, context } = this;
    return next < handlers.length && !event.stopped && !context.life.ended && !this.isBroken;
  }

  private resume(): void {
    if (this.proceed()) this.ended();
  }

  private call(handler: Subscription): Promise<unknown> | null {
    try {
      const result = handler.offer(this.event);
      // Whatever a foreign promise does, this one settles once.
      return isThenable(result) ? Promise.resolve(result) : null;
    } catch (error) {
      this.context.handlerFailed(error, this.event);
      return null;
    }
  }
}
