import type { Progress } from '@tlgen/runtime';
import { expect } from 'vitest';

/** What a transfer tells of its progress. */
export class Watched {
  readonly told: Progress[] = [];
  readonly onProgress = (progress: Progress): void => void this.told.push(progress);

  /** Bytes only grew, and 100 % came once: at the end, if it came to its end. */
  expect(size: number, finished: boolean): void {
    const { told } = this;
    const done = told.map((one) => one.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const full = told.flatMap(({ percent }, at) => (percent === 100 ? [at] : []));
    expect(full).toEqual(finished ? [told.length - 1] : []);
    for (const { done: now, total, percent } of told) {
      expect(now).toBeLessThanOrEqual(size);
      if (total !== undefined) expect(total).toBe(size);
      if (percent !== undefined) expect(percent >= 0 && percent <= 100).toBe(true);
    }
    if (finished) expect(told.at(-1)?.done).toBe(size);
  }
}
