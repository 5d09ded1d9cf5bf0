import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DocsCoverage } from '../../docs/types.js';
import { writeOutput, type WriteResult } from '../../io/output.js';
import { textOption, type Run } from '../command.js';
import type { Context } from '../context.js';
import { selectDocs } from '../select-docs.js';

/** What a run has done. */
interface Outcome {
  readonly out: string;
  readonly pages: number;
  readonly files: number;
  readonly written: number;
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  readonly coverage: readonly DocsCoverage[];
  readonly ms: number;
}

/** `tlgen docs`: schemas to Markdown. */
export const run: Run = async (context, names, options) => {
  const started = performance.now();
  const folder = resolve(context.cwd, textOption(options, 'out') ?? 'docs');
  const schemas = await selectDocs(context, names, options);
  const progress = context.progress();
  try {
    progress.stage(`documenting ${schemas.map(({ key }) => key).join(', ')}`);
    const { renderDocs } = await import('../../docs/render-docs.js');
    const { files, coverage } = await renderDocs({
      schemas,
      onProgress: ({ what, done, total }) => progress.step(what, done, total),
    });
    progress.step('writing', 0, 0);
    const { signal } = context;
    const result = await writeOutput(folder, files, { force: options['force'] === true, signal });
    progress.end();
    const outcome = outcomeOf(context.shown(folder), files, coverage, result, started);
    context.answer(outcome, () => (context.quiet ? '' : summary(context, outcome)));
    return 0;
  } finally {
    progress.end();
  }
};

function outcomeOf(
  out: string,
  files: ReadonlyMap<string, string>,
  coverage: readonly DocsCoverage[],
  { written, removed, kept }: WriteResult,
  started: number,
): Outcome {
  const pages = [...files.keys()].filter((path) => path.endsWith('.md')).length;
  const ms = Math.round(performance.now() - started);
  const counts = { pages, files: files.size, written: written.length };
  return { out, ...counts, removed, kept, coverage, ms };
}

function summary(context: Context, outcome: Outcome): string {
  const { green, dim, bold, yellow } = context.colors;
  const { out, pages, written, removed, coverage, ms } = outcome;
  const gone = removed.length === 0 ? '' : `, ${removed.length} removed`;
  const parts = coverage.flatMap(({ methods, constructors, types, fields, errors }) => [
    methods,
    constructors,
    types,
    fields,
    errors,
  ]);
  const sum = (at: 0 | 1): number => parts.reduce((total, part) => total + part[at], 0);
  const percent = sum(1) === 0 ? 100 : Math.floor((sum(0) / sum(1)) * 1000) / 10;
  const seconds = dim(`${(ms / 1000).toFixed(1)} s`);
  return [
    `${green('✓')} ${bold(`${pages} pages`)} → ${out}  ${percent} % described; ${written} files written${gone}  ${seconds}`,
    ...outcome.kept.map((path) =>
      yellow(`  kept ${path}: it is no longer generated, but was edited`),
    ),
  ].join('\n');
}
