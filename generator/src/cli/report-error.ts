import { TlError, type JsonValue } from '@tlgen/codec';
import { InputError, systemCode, UsageError } from '../io/errors.js';
import { SchemaError } from '../io/schema-error.js';
import type { Context } from './context.js';
import { formatDiagnostics } from './diagnostics.js';

interface Report {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly details?: JsonValue | undefined;
}

/**
 * Tells the user what went wrong, without a stack trace.
 *
 * @returns the exit code.
 */
export function reportError(context: Context, thrown: unknown): number {
  const { exitCode, code, message, hint, details } = reportOf(thrown);
  if (context.json) {
    const error = { code, message, hint, ...(details === undefined ? {} : { details }) };
    context.answer({ error }, () => '');
    return exitCode;
  }
  const { red, cyan, dim } = context.errorColors;
  if (thrown instanceof SchemaError) context.complain(formatDiagnostics(context, thrown));
  context.complain(`${red('error:')} ${message}`);
  if (hint !== null) context.complain(`${cyan('hint:')} ${hint}`);
  if (code === 'internal' && context.io.env?.['TLGEN_DEBUG'] && thrown instanceof Error) {
    context.complain(dim(thrown.stack ?? ''));
  }
  return exitCode;
}

function reportOf(thrown: unknown): Report {
  if (thrown instanceof UsageError) {
    return { exitCode: 2, code: thrown.code, message: thrown.message, hint: thrown.hint };
  }
  if (thrown instanceof InputError) {
    const { code, message, hint, details } = thrown;
    return { exitCode: 1, code, message, hint, details };
  }
  if (thrown instanceof TlError) {
    const { code, message, path, offset } = thrown;
    return { exitCode: 1, code, message, hint: null, details: { path: [...path], offset } };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  // Errors of the system (a full disk) and of other rooms name themselves by a code; the rest is our fault.
  const code = systemCode(thrown);
  if (code !== null) return { exitCode: 1, code, message, hint: null };
  const hint = 'this is a bug in tlgen; with TLGEN_DEBUG=1 it shows where';
  return { exitCode: 1, code: 'internal', message: `internal: ${message}`, hint };
}
