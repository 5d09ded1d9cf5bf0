import { percentOf } from './percent.js';
import type { TransferOptions } from './types.js';

type OnProgress = TransferOptions['onProgress'];

/**
 * Tells the progress of a download that goes on at `start` as that of the whole file.
 *
 * @param total - bytes of the whole file; undefined: nobody knows.
 */
export function progressFrom(
  start: number,
  total: number | undefined,
  onProgress: OnProgress,
): OnProgress {
  if (!onProgress || start === 0) return onProgress;
  return ({ done: came, percent }) => {
    const done = start + came;
    // When the rest is over, all is.
    const all = percent === 100 ? done : total;
    onProgress({ done, total: all, percent: all === undefined ? undefined : percentOf(done, all) });
  };
}
