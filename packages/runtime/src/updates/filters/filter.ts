import type { UpdateEvent } from '../event/event.js';
import { eventWith } from '../event/with.js';

/** What a filter finds in an event: properties that the handler's event gets; null: it is not wanted. */
export type Match<Adds extends object> = (event: UpdateEvent) => Adds | null;

/** Found, with nothing to add. */
export const NOTHING = Object.freeze({});

/** Whether it is a filter, also one of another copy of this library. */
export function isFilter(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && 'match' in value && 'albums' in value;
}

/**
 * Chooses updates, and says what a handler may rely on.
 *
 * @example
 * ```ts
 * client.on(filters.private.and(filters.command('start')), (event) => event.reply(event.command.args));
 * ```
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

  /** Both have to let it pass. Where both find a property of one name, the second one's counts. */
  and<Others extends object>(other: Filter<Others>): Filter<Adds & Others> {
    const match: Match<Adds & Others> = (event) => {
      const mine = this.match(event);
      if (mine === null) return null;
      const theirs = other.match(event);
      return theirs && joined(mine, theirs);
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

  /**
   * It has to let it pass, and so has the predicate, which sees what it found.
   *
   * @example `filters.command('add').where(({ command }) => command.argv.length === 2)`
   */
  where<Narrowed extends UpdateEvent & Adds>(
    predicate: (event: UpdateEvent & Adds) => event is Narrowed,
  ): Filter<Adds & Narrowed>;
  where(predicate: (event: UpdateEvent & Adds) => boolean): Filter<Adds>;
  where(predicate: (event: UpdateEvent & Adds) => boolean): Filter<Adds> {
    const match: Match<Adds> = (event) => {
      const found = this.match(event);
      return found !== null && predicate(eventWith(event, found)) ? found : null;
    };
    return new Filter(match, this.albums);
  }
}

function joined<A extends object, B extends object>(a: A, b: B): A & B {
  if (b === NOTHING) return a as A & B;
  return a === NOTHING ? (b as A & B) : { ...a, ...b };
}
