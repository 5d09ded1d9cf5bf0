import type { Usage } from './measure.js';
import type { SiteFigures } from './site/build-site.js';

/** What a whole build used: generation of the content and the site itself. */
export interface BuildFigures {
  /** Wall time of both, in seconds. */
  readonly seconds: number;
  /** The content's generation; null when the content was there. */
  readonly content: Usage | null;
  readonly site: Usage;
  readonly figures: SiteFigures;
}

/** A measured value beside its budget (DESIGN.md §6) and the value above which the build fails. */
export interface BudgetRow {
  readonly what: string;
  readonly value: number;
  readonly unit: 's' | 'MB' | 'KB' | '';
  readonly budget: number | null;
  readonly limit: number | null;
}

const [KB, MB] = [1024, 1024 * 1024];

export function budgetRows({ seconds, content, site, figures }: BuildFigures): BudgetRow[] {
  const row = (
    what: string,
    value: number,
    unit: BudgetRow['unit'],
    budget: number | null = null,
    limit: number | null = budget,
  ): BudgetRow => ({ what, value, unit, budget, limit });
  const { pageSize } = figures;
  const memory = Math.max(content?.memory ?? 0, site.memory);
  return [
    row('time, content and site', seconds, 's', 10, 60),
    row('CPU of the content', content?.cpu ?? 0, 's'),
    row('CPU of the site', site.cpu, 's'),
    row('peak memory', memory / MB, 'MB', 300, 512),
    row('peak memory of the content', (content?.memory ?? 0) / MB, 'MB'),
    row('peak memory of the site', site.memory / MB, 'MB'),
    row('pages', figures.pages, ''),
    row('links checked', figures.links, ''),
    row('median page', pageSize.median / KB, 'KB', 15),
    row('95 % of pages below', pageSize.p95 / KB, 'KB'),
    row(`largest page (${figures.largest})`, pageSize.max / KB, 'KB'),
    row('search data, gzipped', figures.symbols / KB, 'KB', 130),
    row('script and style, gzipped', figures.assets / KB, 'KB'),
    row('all HTML', figures.html / MB, 'MB', 60, 80),
    row('whole site, Markdown and JSON too', figures.total / MB, 'MB'),
  ];
}

/** Rows that fail the build. */
export const overLimit = (rows: readonly BudgetRow[]): BudgetRow[] =>
  rows.filter(({ value, limit }) => limit !== null && value > limit);

/** The rows as a table for people. */
export function budgetTable(rows: readonly BudgetRow[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  return rows
    .map(({ what, value, unit, budget, limit }) => {
      const figure = unit === '' ? String(value) : value.toFixed(1);
      const fails = limit !== budget && limit !== null ? `, fails above ${limit}` : '';
      const end =
        budget === null ? '' : `  budget ${budget}${fails}${value > budget ? '  OVER' : ''}`;
      return `${what.padEnd(width)} ${figure.padStart(8)} ${unit.padEnd(2)}${end}`.trimEnd();
    })
    .join('\n');
}
