import type { Diagnostic } from './diagnostics.js';

/** Paints a part of a formatted diagnostic; the default leaves it plain. */
export type Paint = (
  part: 'error' | 'warning' | 'location' | 'caret' | 'hint',
  text: string,
) => string;

const WIDTH = 160;

/**
 * A diagnostic as people read it:
 *
 * ```text
 * api.tl:3:12: error: unknown type `Usr`
 *   users peer:Usr = Users;
 *              ^^^
 *   hint: did you mean `User`?
 * ```
 */
export function formatDiagnostic(
  diagnostic: Diagnostic,
  source: string,
  paint: Paint = (_part, text) => text,
): string {
  const { severity, message, hint, file, span } = diagnostic;
  const location = `${file}:${String(span.line)}:${String(span.column)}:`;
  const lines = [`${paint('location', location)} ${paint(severity, `${severity}:`)} ${message}`];
  const excerpt = cutLine(source, span.start, span.end);
  if (excerpt !== null) {
    lines.push(`  ${excerpt.text}`, `  ${excerpt.indent}${paint('caret', excerpt.carets)}`);
  }
  if (hint !== null) lines.push(`  ${paint('hint', 'hint:')} ${hint}`);
  return lines.join('\n');
}

/** The source line around a span, or a window of it when the line is long. */
function cutLine(
  source: string,
  start: number,
  end: number,
): { text: string; indent: string; carets: string } | null {
  if (source.length === 0 || start > source.length) return null;
  const before = source.slice(Math.max(0, start - WIDTH), start);
  const prefix = before.slice(before.search(/[^\r\n]*$/));
  const [suffix = ''] = source.slice(start, start + WIDTH).split(/[\r\n]/, 1);
  const keep =
    prefix.length > WIDTH / 2 && prefix.length + suffix.length > WIDTH ? WIDTH / 2 : WIDTH;
  const left = prefix.slice(-keep).replaceAll('\ufeff', '');
  const text = (left + suffix).slice(0, WIDTH).trimEnd();
  const length = Math.min(end - start, suffix.length, Math.max(1, WIDTH - left.length));
  return { text, indent: left.replaceAll(/[^\t]/g, ' '), carets: '^'.repeat(Math.max(1, length)) };
}
