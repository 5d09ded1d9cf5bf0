import type { UpdateEvent } from '../event/event.js';
import { isThenable } from '../../core/thenable.js';
import { FilterError } from './errors.js';
import type { Filter } from './filter.js';

/** Found, with nothing to add. */
export const NOTHING = Object.freeze({});

/**
 * What a filter finds in an event; null: it is not wanted. Programs in JavaScript answer with a boolean as well, as the
 * predicates of other libraries do; undefined is no.
 *
 * @throws FilterError for any other answer, and for a promise: nobody would wait for it.
 */
export function run<Adds extends object>(filter: Filter<Adds>, event: UpdateEvent): Adds | null {
  const found: unknown = filter.match(event);
  if (typeof found === 'object') {
    if (isThenable(found)) throw refusedPromise(found);
    return found as Adds | null;
  }
  if (found === undefined || found === false) return null;
  if (found === true) return NOTHING as Adds;
  throw refused(`a ${typeof found}`);
}

/** What a predicate says. @throws FilterError for a promise, which would be a yes whatever it brings. */
export function holds(answer: unknown): boolean {
  if (isThenable(answer)) throw refusedPromise(answer);
  return Boolean(answer);
}

/** What the promise rejects with is of no interest any more, and must not end the process. */
function refusedPromise(promise: PromiseLike<unknown>): FilterError {
  Promise.resolve(promise).catch(() => undefined);
  return refused('a promise');
}

function refused(got: string): FilterError {
  return new FilterError(
    'Filter',
    `a filter or predicate returned ${got}: return an object, null or a boolean; what takes time to find out is asked ` +
      'in the handler',
  );
}
