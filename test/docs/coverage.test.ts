import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cellsOf, markdownPage, section } from './content.js';

type Counts = Readonly<Record<string, readonly [described: number, all: number]>>;

/** What was described when this was last written. Raise it when more is; it never falls. */
const recorded = JSON.parse(
  readFileSync(new URL('coverage.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Counts>>;

function countsOf(path: string): Counts {
  const rows = section(markdownPage(path), 'How much is described')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map(cellsOf)
    .filter(([, described]) => /^\d+$/.test(described ?? ''));
  return Object.fromEntries(
    rows.map(([what = '', described, all]) => [what, [Number(described), Number(all)]]),
  );
}

describe('descriptions', () => {
  it.each(Object.keys(recorded))('of %s do not get fewer', (path) => {
    const now = countsOf(path);
    expect(Object.keys(now)).toEqual(Object.keys(recorded[path] ?? {}));
    for (const [what, [described, all]] of Object.entries(recorded[path] ?? {})) {
      const [count, total] = now[what] ?? [0, 0];
      // New items without words may lower the share, never the number of those described.
      expect(count, `described ${what}`).toBeGreaterThanOrEqual(described);
      if (total === all) expect(count / total, what).toBeGreaterThanOrEqual(described / all);
    }
  });
});
