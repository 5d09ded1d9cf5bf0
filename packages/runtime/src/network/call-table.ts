import type { CallEvent, CallId } from '../session/types.js';

/** Told about everything that happens to one call; `acknowledged` may come first, the other events come last. */
export type CallListener = (event: CallEvent) => void;

/** The calls of one engine that are not settled yet. */
export class CallTable {
  private readonly listeners = new Map<CallId, CallListener>();

  get size(): number {
    return this.listeners.size;
  }

  has(call: CallId): boolean {
    return this.listeners.has(call);
  }

  add(call: CallId, listener: CallListener): void {
    this.listeners.set(call, listener);
  }

  /** Forgets a call: nothing is told about it any more. */
  remove(call: CallId): void {
    this.listeners.delete(call);
  }

  dispatch(event: CallEvent): void {
    const listener = this.listeners.get(event.call);
    if (!listener) return;
    if (event.type !== 'acknowledged') this.listeners.delete(event.call);
    listener(event);
  }

  /** Settles what the engine did not settle by itself. */
  loseAll(reason: string): void {
    for (const call of this.listeners.keys()) {
      this.dispatch({ type: 'lost', call, mayHaveRun: true, reason });
    }
  }
}
