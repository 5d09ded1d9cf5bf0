import type { UpdateEvent } from '../event/event.js';

/** What a filter finds in an event: properties that the handler's event gets; null: it is not wanted. */
export type Match<Adds extends object> = (event: UpdateEvent) => Adds | null;

/** Found, with nothing to add. */
export const NOTHING = Object.freeze({});

/**
 * Chooses updates, and says what a handler may rely on.
 *
 * @typeParam Adds - properties that the event has when the filter lets it pass.
 */
export class Filter<Adds extends object = object> {
  /**
   * @param match - pure and quick: it is asked about every update.
   * @param albums - whether it has to see whole albums ({@link UpdateEvent.album}).
   */
  constructor(
    readonly match: Match<Adds>,
    readonly albums = false,
  ) {}

  /** Both have to let it pass. */
  and<Others extends object>(other: Filter<Others>): Filter<Adds & Others> {
    const match: Match<Adds & Others> = (event) => {
      const mine = this.match(event);
      const theirs = mine && other.match(event);
      return theirs && ({ ...mine, ...theirs } as Adds & Others);
    };
    return new Filter(match, this.albums || other.albums);
  }

  /** One of the two has to; the first that does counts. */
  or<Others extends object>(other: Filter<Others>): Filter<Adds | Others> {
    const match: Match<Adds | Others> = (event) => this.match(event) ?? other.match(event);
    return new Filter(match, this.albums || other.albums);
  }

  /** It must not let it pass. */
  not(): Filter {
    return new Filter((event) => (this.match(event) === null ? NOTHING : null), this.albums);
  }
}
