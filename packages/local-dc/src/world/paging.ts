import type { Letter } from './types.js';

/** Which part of a list of messages is wanted: https://core.telegram.org/api/offsets. */
export interface Page {
  /** Only messages older than this one. 0: from the newest. */
  readonly offsetId: number;
  /** Only messages sent before, server time in seconds. 0: no limit. */
  readonly offsetDate?: number;
  /** How many more to skip; negative: how many of the newer ones come first. */
  readonly addOffset: number;
  readonly limit: number;
  /** Ids and dates between which the page is cut in the end, all exclusive; 0: no limit. */
  readonly maxId: number;
  readonly minId: number;
  readonly maxDate?: number;
  readonly minDate?: number;
}

/** A part of a list. @param all - newest first. */
export function pageOf(
  all: readonly Letter[],
  page: Page,
): { readonly letters: Letter[]; readonly skipped: number } {
  const { offsetId, offsetDate = 0, maxId, minId, maxDate = 0, minDate = 0 } = page;
  const start = all.findIndex(
    ({ message: { id, date } }) =>
      (offsetId === 0 || id < offsetId) && (offsetDate === 0 || date < offsetDate),
  );
  const skipped = Math.max((start < 0 ? all.length : start) + page.addOffset, 0);
  const letters = all
    .slice(skipped, skipped + page.limit)
    .filter(
      ({ message: { id, date } }) =>
        (maxId === 0 || id < maxId) &&
        id > minId &&
        (maxDate === 0 || date < maxDate) &&
        (minDate === 0 || date > minDate),
    );
  return { letters, skipped };
}
