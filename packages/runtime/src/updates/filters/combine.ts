import { checkFilters } from './check.js';
import { Filter } from './filter.js';

/** What a filter adds. */
export type AddsOf<F> = F extends Filter<infer Adds> ? Adds : never;

/** What filters add that all let an update pass. */
export type AllOf<Filters extends readonly Filter[]> = Filters extends readonly [
  infer First,
  ...infer Rest extends readonly Filter[],
]
  ? AddsOf<First> & AllOf<Rest>
  : object;

/**
 * All of them have to let it pass; without any, everything passes.
 *
 * @throws FilterError for what is no filter.
 * @example `filters.and(filters.group, filters.incoming, filters.photo)`
 */
export function and<const Filters extends readonly Filter[]>(
  ...filters: Filters
): Filter<AllOf<Filters>> {
  checkFilters('and', filters);
  const [first = new Filter(() => ({})), ...rest] = filters;
  return rest.reduce((all, one) => all.and(one), first) as Filter<AllOf<Filters>>;
}

/**
 * One of them has to let it pass, the first that does counts; without any, nothing passes.
 *
 * @throws FilterError for what is no filter.
 * @example `filters.or(filters.photo, filters.video)`
 */
export function or<const Filters extends readonly Filter[]>(
  ...filters: Filters
): Filter<AddsOf<Filters[number]>> {
  checkFilters('or', filters);
  const [first = new Filter(() => null), ...rest] = filters;
  return rest.reduce((any, one) => any.or(one), first) as Filter<AddsOf<Filters[number]>>;
}

/**
 * It must not let it pass.
 *
 * @throws FilterError for what is no filter.
 * @example `filters.message.and(filters.not(filters.forwarded))`
 */
export function not(filter: Filter): Filter {
  checkFilters('not', [filter]);
  return filter.not();
}
