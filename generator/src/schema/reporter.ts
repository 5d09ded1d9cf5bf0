import type { Combinator, Span } from '../syntax/ast.js';
import type { Diagnostic, DiagnosticCode } from '../syntax/diagnostics.js';

/** Collects the diagnostics of one file. */
export class Reporter {
  constructor(
    readonly file: string,
    readonly diagnostics: Diagnostic[],
  ) {}

  error(code: DiagnosticCode, span: Span, message: string, hint: string | null = null): void {
    this.diagnostics.push({ severity: 'error', code, message, hint, file: this.file, span });
  }

  warn(code: DiagnosticCode, span: Span, message: string, hint: string | null = null): void {
    this.diagnostics.push({ severity: 'warning', code, message, hint, file: this.file, span });
  }
}

/** An id as TL writes it: `#1cb5c415`. */
export function formatId(id: number): string {
  return `#${id.toString(16).padStart(8, '0')}`;
}

/** Just the name of a combinator: what to point at when it is wrong as a whole. */
export function nameSpan({ span, name }: Combinator): Span {
  return { ...span, end: Math.min(span.end, span.start + name.length) };
}
