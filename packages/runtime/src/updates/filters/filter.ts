import type { UpdateEvent } from '../event/event.js';
import { eventWith } from '../event/with.js';
import { checkFilters, checkFunction } from './check.js';
import { holds, NOTHING, run } from './run.js';

export { isFilter } from './check.js';
export { NOTHING } from './run.js';

/** What a filter finds in an event: properties that the handler's event gets; null: it is not wanted. */
export type Match<Adds extends object> = (event: UpdateEvent) => Adds | null;

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
   *   From JavaScript it may say true or false as well, with nothing to add.
   * @param albums - whether it has to see whole albums ({@link UpdateEvent.album}).
   * @throws FilterError when `match` is no function.
   */
  constructor(
    readonly match: Match<Adds>,
    readonly albums = false,
  ) {
    checkFunction('Filter', match);
  }

  /**
   * Both have to let it pass. Where both find a property of one name, the second one's counts.
   *
   * @throws FilterError when the other is no filter.
   */
  and<Others extends object>(other: Filter<Others>): Filter<Adds & Others> {
    checkFilters('and', [other]);
    const match: Match<Adds & Others> = (event) => {
      const mine = run(this, event);
      if (mine === null) return null;
      const theirs = run(other, event);
      return theirs && joined(mine, theirs);
    };
    return new Filter(match, this.albums || other.albums);
  }

  /**
   * One of the two has to; the first that does counts.
   *
   * @throws FilterError when the other is no filter.
   */
  or<Others extends object>(other: Filter<Others>): Filter<Adds | Others> {
    checkFilters('or', [other]);
    const match: Match<Adds | Others> = (event) => run(this, event) ?? run(other, event);
    return new Filter(match, this.albums || other.albums);
  }

  /** It must not let it pass. */
  not(): Filter {
    return new Filter((event) => (run(this, event) === null ? NOTHING : null), this.albums);
  }

  /**
   * It has to let it pass, and so has the predicate, which sees what it found.
   *
   * @throws FilterError when the predicate is no function.
   * @example `filters.command('add').where(({ command }) => command.argv.length === 2)`
   */
  where<Narrowed extends UpdateEvent & Adds>(
    predicate: (event: UpdateEvent & Adds) => event is Narrowed,
  ): Filter<Adds & Narrowed>;
  where(predicate: (event: UpdateEvent & Adds) => boolean): Filter<Adds>;
  where(predicate: (event: UpdateEvent & Adds) => boolean): Filter<Adds> {
    checkFunction('where', predicate);
    const match: Match<Adds> = (event) => {
      const found = run(this, event);
      return found !== null && holds(predicate(eventWith(event, found))) ? found : null;
    };
    return new Filter(match, this.albums);
  }
}

function joined<A extends object, B extends object>(a: A, b: B): A & B {
  if (b === NOTHING) return a as A & B;
  return a === NOTHING ? (b as A & B) : { ...a, ...b };
}
