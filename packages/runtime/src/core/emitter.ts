import { isThenable } from './thenable.js';

/** Calls of `on` undo themselves with what they return. */
export type Unsubscribe = () => void;

/**
 * Typed events: `Events` maps each event's name to what its handlers are given.
 *
 * A handler that throws, or whose promise rejects, doesn't keep others from being called: its error goes to
 * `onHandlerError`.
 */
export class Emitter<Events extends object> {
  private readonly handlers = new Map<keyof Events, Set<{ run(value: never): unknown }>>();

  constructor(private readonly onHandlerError: (error: unknown, type: keyof Events) => void) {}

  /** Calls `handler` at each event of that name, in the order of subscription. */
  on<K extends keyof Events>(type: K, handler: (value: Events[K]) => unknown): Unsubscribe {
    let set = this.handlers.get(type);
    if (!set) this.handlers.set(type, (set = new Set()));
    // An object of its own: one function may be subscribed twice, and each is undone by itself.
    const entry = { run: handler };
    set.add(entry);
    return () => {
      set.delete(entry);
    };
  }

  emit<K extends keyof Events>(type: K, value: Events[K]): void {
    const set = this.handlers.get(type);
    if (!set) return;
    // A copy: handlers that are added meanwhile wait for the next event.
    const entries = [...set];
    for (const entry of entries) {
      // Handlers that an earlier handler has removed are not called any more.
      if (!set.has(entry)) continue;
      try {
        const result = (entry.run as (value: Events[K]) => unknown)(value);
        if (isThenable(result)) result.then(undefined, (e: unknown) => this.failed(e, type));
      } catch (error) {
        this.failed(error, type);
      }
    }
  }

  /** How many handlers an event has. */
  count(type: keyof Events): number {
    return this.handlers.get(type)?.size ?? 0;
  }

  /** Removes all handlers. */
  clear(): void {
    this.handlers.clear();
  }

  private failed(error: unknown, type: keyof Events): void {
    this.onHandlerError(error, type);
  }
}
