import type { JsonValue } from '@tlgen/codec';
import type { Diagnostic } from '../syntax/diagnostics.js';
import { InputError } from './errors.js';

/** A schema with errors: all of them, with the texts to show them in. */
export class SchemaError extends InputError {
  constructor(
    readonly diagnostics: readonly Diagnostic[],
    /** File as diagnostics name it → its text. */
    readonly texts: ReadonlyMap<string, string>,
  ) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    const files = [...texts.keys()].join(', ');
    super('schema-errors', `${errors} ${errors === 1 ? 'error' : 'errors'} in ${files}`, {
      details: diagnostics.map(diagnosticJson),
    });
  }
}

/** A diagnostic for `--json`. */
export function diagnosticJson(diagnostic: Diagnostic): JsonValue {
  const { severity, code, message, hint, file, span } = diagnostic;
  return { severity, code, message, hint, file, line: span.line, column: span.column };
}
