import type { Unsubscribe } from '../../core/emitter.js';
import type { UpdateEvent } from '../event/index.js';
import type { Filter } from '../filters/filter.js';
import { run } from '../filters/run.js';
import { eventWith } from '../event/index.js';

/** A handler that is subscribed. */
export interface Subscription {
  readonly own: boolean;
  /** Whether it has not been removed. */
  readonly active: boolean;
  /** Calls the handler if its filter lets the event pass. Throws what they throw. */
  offer(event: UpdateEvent): unknown;
}

/** The handlers, in the order of their subscription. */
export class Handlers {
  private subscriptions: readonly Subscription[] = [];
  private albums = 0;

  /** Those there are now: a list that does not change. */
  get list(): readonly Subscription[] {
    return this.subscriptions;
  }

  /** Whether one of them has to see whole albums. */
  get wantAlbums(): boolean {
    return this.albums > 0;
  }

  add<Adds extends object>(
    filter: Filter<Adds>,
    handler: (event: UpdateEvent & Adds) => unknown,
    own: boolean,
  ): Unsubscribe {
    const subscription = {
      own,
      active: true,
      offer(event: UpdateEvent): unknown {
        const adds = run(filter, event);
        return adds === null ? undefined : handler(eventWith(event, adds));
      },
    };
    const albums = filter.albums ? 1 : 0;
    this.albums += albums;
    // A new list: events under way go on with theirs.
    this.subscriptions = [...this.subscriptions, subscription];
    return () => {
      if (!subscription.active) return;
      subscription.active = false;
      this.albums -= albums;
      this.subscriptions = this.subscriptions.filter((one) => one !== subscription);
    };
  }
}
