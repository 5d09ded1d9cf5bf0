import { formatId } from '@tlgen/codec';
import { verifyIds, type IdEntry } from '../../schema/verify.js';
import { listOption, type Run } from '../command.js';
import type { Context } from '../context.js';
import { exceptionFor, exceptionsFor } from '../id-exceptions.js';
import { readSelection, selectAll } from '../select-schema.js';

interface Mismatch {
  readonly name: string;
  readonly line: number;
  readonly id: string;
  readonly crc32: string;
  /** Why that is known to be right; null: unexplained. */
  readonly reason: string | null;
}

interface Verified {
  readonly name: string;
  readonly file: string;
  readonly ok: number;
  readonly computed: number;
  readonly mismatches: readonly Mismatch[];
  readonly unexplained: number;
}

/** `tlgen verify`: every written id against the CRC32 of its line. */
export const run: Run = async (context, _args, options) => {
  const results: Verified[] = [];
  for (const selection of await selectAll(context, listOption(options, 'schema'))) {
    const { schema } = await readSelection(context, selection);
    const report = verifyIds(schema);
    const own = selection.entry?.idExceptions ?? {};
    const known = await exceptionsFor(selection.files, own, report.mismatched);
    const mismatches = report.mismatched.map((entry) => mismatchOf(entry, known));
    results.push({
      name: selection.label,
      file: selection.files.map((file) => context.shown(file)).join(', '),
      ok: report.ok.length,
      computed: report.computed.length,
      mismatches,
      unexplained: mismatches.filter(({ reason }) => reason === null).length,
    });
  }
  const ok = results.every(({ unexplained }) => unexplained === 0);
  context.answer({ ok, schemas: results }, () =>
    results.map((one) => text(context, one)).join('\n'),
  );
  return ok ? 0 : 1;
};

function mismatchOf(entry: IdEntry, known: Readonly<Record<string, string>>): Mismatch {
  return {
    name: entry.name,
    line: entry.line,
    id: formatId(entry.explicit ?? 0),
    crc32: formatId(entry.computed),
    reason: exceptionFor(entry, known),
  };
}

function text(context: Context, one: Verified): string {
  const { green, red, dim, bold } = context.colors;
  const sign = one.unexplained === 0 ? green('✓') : red('✗');
  const computed = one.computed > 0 ? `, ${one.computed} without an id` : '';
  const known = one.mismatches.length - one.unexplained;
  const odd = known > 0 ? `, ${known} known exceptions` : '';
  const wrong = one.unexplained > 0 ? `, ${red(`${one.unexplained} mismatches`)}` : '';
  const head = `${sign} ${bold(one.name)}: ${one.ok} ids are right${computed}${odd}${wrong}`;
  const lines = one.mismatches.map(({ name, line, id, crc32, reason }) => {
    const place = `    ${one.file}:${line}: ${name}${id}, its line gives ${crc32}`;
    return reason === null ? red(place) : dim(`${place} (${reason})`);
  });
  // With --quiet only what is wrong.
  const shown = context.quiet ? (one.unexplained > 0 ? [head, ...lines] : []) : [head, ...lines];
  return shown.join('\n');
}
