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
    // 100 comes when the rest is told to be over, not when rounding says so.
    const whole = percent === 100 ? 100 : total && Math.min(99.999, (100 * done) / total);
    onProgress({ done, total: percent === 100 ? done : total, percent: whole });
  };
}
