import type { Letter } from './types.js';

/** Which part of a list of messages is wanted: https://core.telegram.org/api/offsets. */
export interface Page {
  /** Only messages older than this one. 0: from the newest. */
  readonly offsetId: number;
  /** Only messages sent before, server time in seconds, unless there is an `offsetId`. 0: no limit. */
  readonly offsetDate?: number;
  /** How many more to skip; negative: how many of the newer ones come first. */
  readonly addOffset: number;
  readonly limit: number;
  /** Ids and dates between which the page is cut in the end, all exclusive; no limit unless positive. */
  readonly maxId: number;
  readonly minId: number;
  readonly maxDate?: number;
  readonly minDate?: number;
}

/** Whether a date is within limits, which are exclusive and none unless they are positive. */
export const isBetween = (date: number, minDate = 0, maxDate = 0): boolean =>
  (minDate <= 0 || date > minDate) && (maxDate <= 0 || date < maxDate);

/** A part of a list. @param all - newest first. */
export function pageOf(
  all: readonly Letter[],
  page: Page,
): { readonly letters: Letter[]; readonly skipped: number } {
  const { offsetId, offsetDate = 0, maxId, minId, maxDate, minDate } = page;
  // Clients that go on from a message give its date, too: others of that second may come after it.
  const isAfter = ({ message: { id, date } }: Letter): boolean =>
    offsetId > 0 ? id < offsetId : offsetDate <= 0 || date < offsetDate;
  const found = all.findIndex(isAfter);
  const start = (found < 0 ? all.length : found) + page.addOffset;
  const skipped = Math.max(start, 0);
  // What would be before the newest is missing from the page: it is not made up for by older ones.
  const letters = all
    .slice(skipped, Math.max(start + page.limit, 0))
    .filter(
      ({ message: { id, date } }) =>
        (maxId <= 0 || id < maxId) && id > minId && isBetween(date, minDate, maxDate),
    );
  return { letters, skipped };
}
