import { performance } from 'node:perf_hooks';
import { fingerprintEntry } from '../io/build-inputs.js';
import type { SchemaEntry } from '../io/config-types.js';
import { isUpToDate } from '../io/fingerprint.js';
import { writeOutput } from '../io/output.js';
import { buildEntry } from './build.js';
import type { Options } from './command.js';
import type { Context } from './context.js';
import { switchesOf } from './select-entries.js';

/** What became of one package. */
export interface Outcome {
  readonly name: string;
  readonly package: string;
  readonly out: string;
  readonly state: 'unchanged' | 'written';
  readonly constructors?: number;
  readonly methods?: number;
  readonly types?: number;
  readonly files?: number;
  readonly written?: number;
  readonly removed?: readonly string[];
  readonly kept?: readonly string[];
  readonly ms: number;
}

/** Generates one package after the other; those that are up to date are skipped. */
export async function generateAll(
  context: Context,
  entries: readonly SchemaEntry[],
  options: Options,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const entry of entries) outcomes.push(await generateOne(context, entry, options));
  return outcomes;
}

async function generateOne(
  context: Context,
  entry: SchemaEntry,
  options: Options,
): Promise<Outcome> {
  const started = performance.now();
  const switches = switchesOf(options);
  const force = options['force'] === true;
  const place = { name: entry.key, package: entry.package, out: context.shown(entry.out) };
  const passed = (): number => Math.round(performance.now() - started);
  const fingerprint = await fingerprintEntry(entry, switches);
  if (!force && isUpToDate(entry.out, fingerprint)) {
    return { ...place, state: 'unchanged', ms: passed() };
  }
  const progress = context.progress();
  try {
    progress.stage(`${entry.key}: generating ${entry.package}`);
    const { files, stats } = await buildEntry(context, entry, switches, progress);
    progress.step(`${entry.key}: writing`, 0, 0);
    const { signal } = context;
    const result = await writeOutput(entry.out, files, { fingerprint, force, signal });
    const { constructors, methods, types } = stats;
    const { removed, kept } = result;
    const counts = { constructors, methods, types, files: files.size };
    const changes = { written: result.written.length, removed, kept };
    return { ...place, state: 'written', ...counts, ...changes, ms: passed() };
  } finally {
    progress.end();
  }
}

/** A line per package. */
export function summary(context: Context, outcomes: readonly Outcome[]): string {
  const { green, dim, bold, yellow } = context.colors;
  const lines = outcomes.flatMap((one) => {
    const seconds = dim(`${(one.ms / 1000).toFixed(one.ms < 1000 ? 2 : 1)} s`);
    const head = `${green('✓')} ${bold(one.package)} → ${one.out}`;
    if (one.state === 'unchanged') return [`${head}  ${dim('unchanged')}  ${seconds}`];
    const counts = `${one.constructors} constructors, ${one.methods} methods`;
    const removed = one.removed?.length ? `, ${one.removed.length} removed` : '';
    const files = `${one.written} of ${one.files} files written${removed}`;
    const kept = (one.kept ?? []).map((path) =>
      yellow(`  kept ${path}: it is no longer generated, but was edited`),
    );
    return [`${head}  ${counts}; ${files}  ${seconds}`, ...kept];
  });
  return lines.join('\n');
}
