import type { SchemaError } from '../io/schema-error.js';
import { formatDiagnostic, type Paint } from '../syntax/format-diagnostic.js';
import type { Context } from './context.js';

/** Diagnostics with source line, caret and hint, as they go to stderr. */
export function formatDiagnostics(
  context: Context,
  { diagnostics, texts }: Pick<SchemaError, 'diagnostics' | 'texts'>,
): string {
  const colors = context.errorColors;
  const paint: Paint = (part, text) => {
    if (part === 'error' || part === 'caret') return colors.red(text);
    if (part === 'warning') return colors.yellow(text);
    return part === 'location' ? colors.bold(text) : colors.cyan(text);
  };
  return diagnostics
    .map((one) => formatDiagnostic(one, texts.get(one.file) ?? '', paint))
    .join('\n');
}
