import { percentOf } from '../files/percent.js';
import type { Progress } from '../files/types.js';

/**
 * One progress for several uploads.
 *
 * @param sizes - bytes of each; undefined: not known before its end.
 * @returns what listens to each of them.
 */
export function albumProgress(
  sizes: readonly (number | undefined)[],
  onProgress: ((progress: Progress) => void) | undefined,
): readonly (((progress: Progress) => void) | undefined)[] {
  if (!onProgress) return sizes.map(() => undefined);
  const done = sizes.map(() => 0);
  const totals = [...sizes];
  return sizes.map((_, at) => (progress) => {
    done[at] = progress.done;
    totals[at] = progress.total ?? totals[at];
    const known = sum(done);
    const total = totals.includes(undefined) ? undefined : sum(totals);
    const percent = total === undefined ? undefined : percentOf(known, total);
    onProgress({ done: known, total, percent });
  });
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((all, one) => all + (one ?? 0), 0);
}
