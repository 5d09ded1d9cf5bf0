import { FilterError } from './errors.js';
import type { Filter } from './filter.js';

/** Whether it is a filter, also one of another copy of this library. */
export function isFilter(value: unknown): value is Filter {
  return typeof value === 'object' && value !== null && 'match' in value && 'albums' in value;
}

/** @throws FilterError unless all are filters. */
export function checkFilters(filter: string, given: readonly unknown[]): void {
  for (const one of given) {
    if (isFilter(one)) continue;
    throw new FilterError(
      filter,
      typeof one === 'function'
        ? 'got a function: if it is one that makes filters, call it: filters.text(); a predicate of your own goes into filters.where(…)'
        : `${described(one)} is no filter: give filters, as filters.text()`,
    );
  }
}

/** @throws FilterError unless all are strings. */
export function checkTexts(filter: string, given: readonly unknown[]): void {
  for (const one of given) {
    if (typeof one === 'string') continue;
    const hint = isPattern(one) ? '; for an expression there is filters.regex(…)' : '';
    throw new FilterError(filter, `${described(one)} is no text: give strings${hint}`);
  }
}

/** @throws FilterError unless it is a function. */
export function checkFunction(filter: string, given: unknown): void {
  if (typeof given === 'function') return;
  throw new FilterError(filter, `${described(given)} is no function: give one that takes an event`);
}

/** Whether it is a regular expression, of whichever realm. */
export function isPattern(value: unknown): value is RegExp {
  return Object.prototype.toString.call(value) === '[object RegExp]';
}

/** What was given, for a message: nothing of what it holds. */
export function described(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  if (isPattern(value)) return 'a regular expression';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
