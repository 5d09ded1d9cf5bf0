import { compareOutput } from '../../io/compare-output.js';
import { buildEntry } from '../build.js';
import type { Run } from '../command.js';
import type { Context } from '../context.js';
import { selectEntries, switchesOf } from '../select-entries.js';

const SHOWN = 20;

/** `tlgen check`: would `generate` change anything? */
export const run: Run = async (context, names, options) => {
  const entries = await selectEntries(context, names, options);
  const switches = switchesOf(options);
  const results: (Awaited<ReturnType<typeof resultOf>> & { name: string; out: string })[] = [];
  for (const entry of entries) {
    const progress = context.progress();
    try {
      progress.stage(`${entry.key}: regenerating in memory`);
      const { files } = await buildEntry(context, entry, switches, progress);
      const result = resultOf(entry.out, files, switches.compile);
      results.push({ name: entry.key, out: context.shown(entry.out), ...result });
    } finally {
      progress.end();
    }
  }
  const ok = results.every((one) => one.ok);
  context.answer({ ok, packages: results }, () =>
    results
      .flatMap((one) => listing(context, one))
      .concat(ok ? [] : [advice(results.flatMap((one) => one.edited).length)])
      .join('\n'),
  );
  return ok ? 0 : 1;
};

function resultOf(
  out: string,
  files: ReadonlyMap<string, string>,
  compile: boolean,
): ReturnType<typeof compareOutput> & { readonly ok: boolean; readonly files: number } {
  const { missing, differing, edited, stale } = compareOutput(out, files);
  // Without compiling nothing is known of dist/.
  const left = compile ? stale : stale.filter((path) => !path.startsWith('dist/'));
  const ok = missing.length + differing.length + left.length === 0;
  return { ok, files: files.size, missing, differing, edited, stale: left };
}

/** `generate` refuses to overwrite what someone edited, so the advice must not lead there. */
function advice(edited: number): string {
  if (edited === 0) return 'run `tlgen generate` to bring them up to date';
  const files = edited === 1 ? '1 file was' : `${edited} files were`;
  return `${files} edited by hand: \`tlgen generate --force\` overwrites that and brings all up to date`;
}

function listing(
  context: Context,
  one: ReturnType<typeof resultOf> & { readonly name: string; readonly out: string },
): string[] {
  const { green, red } = context.colors;
  if (one.ok) {
    return context.quiet ? [] : [`${green('✓')} ${one.name}: ${one.files} files are up to date`];
  }
  const lines = [`${red('✗')} ${one.name}: ${one.out} is not what its schema gives`];
  const edited = new Set(one.edited);
  for (const kind of ['missing', 'differing', 'stale'] as const) {
    const mark = (path: string): string => (edited.has(path) ? ' (edited)' : '');
    const paths = one[kind].slice(0, SHOWN);
    lines.push(...paths.map((path) => `    ${kind.padEnd(9)} ${path}${mark(path)}`));
    if (one[kind].length > SHOWN) lines.push(`    and ${one[kind].length - SHOWN} more ${kind}`);
  }
  return lines;
}
