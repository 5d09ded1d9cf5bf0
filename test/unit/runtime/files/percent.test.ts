import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { albumProgress } from '../../../../packages/runtime/src/client/album-progress.js';
import { ProgressReport } from '../../../../packages/runtime/src/files/download/progress-report.js';
import { percentOf } from '../../../../packages/runtime/src/files/percent.js';
import { progressFrom } from '../../../../packages/runtime/src/files/progress-from.js';
import type { Progress } from '../../../../packages/runtime/src/files/types.js';
import { Meter } from '../../../../packages/runtime/src/files/upload/meter.js';
import { SEED } from '../../../support/random.js';

const size = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });

describe('percentOf', () => {
  it('is below 100 while a byte is missing, and 100 at the end', () => {
    fc.assert(
      fc.property(size, fc.nat(), (total, missing) => {
        const percent = percentOf(Math.max(0, total - 1 - missing), total);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThan(100);
        expect(percentOf(total, total)).toBe(100);
      }),
      { seed: SEED },
    );
    expect(percentOf(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER)).toBeLessThan(100);
    expect(percentOf(0, 0)).toBe(100);
    expect(percentOf(1, 8)).toBe(12.5);
  });
});

describe('every transfer tells the same percentages', () => {
  /** Each counts 1 and then 7 of 8 bytes. */
  const ways: Record<string, (tell: (progress: Progress) => void) => void> = {
    download(tell) {
      const report = new ProgressReport(tell, 8);
      for (const bytes of [1, 7]) report.add(bytes);
      report.finish();
    },
    upload(tell) {
      const meter = new Meter(tell, () => 8);
      for (const bytes of [1, 7]) meter.arrived(bytes);
      meter.finish();
    },
    album(tell) {
      const [first, second] = albumProgress([1, 7], tell);
      first?.({ done: 1, total: 1, percent: 100 });
      second?.({ done: 7, total: 7, percent: 100 });
    },
  };

  it.each(Object.keys(ways))('%s', (name) => {
    const told: (number | undefined)[] = [];
    ways[name]?.(({ percent }) => told.push(percent));
    expect(told).toEqual([12.5, 100]);
  });

  it('a download that goes on counts what is there', () => {
    const told: Progress[] = [];
    const report = new ProgressReport(
      progressFrom(2, 8, (progress) => told.push(progress)),
      6,
    );
    for (const bytes of [1, 5]) report.add(bytes);
    report.finish();
    expect(told).toEqual([
      { done: 3, total: 8, percent: 37.5 },
      { done: 8, total: 8, percent: 100 },
    ]);
  });

  it('of an unknown size, 100 comes at the end all the same', () => {
    const told: Progress[] = [];
    const report = new ProgressReport(
      progressFrom(2, undefined, (progress) => told.push(progress)),
      undefined,
    );
    report.add(6);
    report.finish();
    expect(told).toEqual([
      { done: 8, total: undefined, percent: undefined },
      { done: 8, total: 8, percent: 100 },
    ]);
  });
});
