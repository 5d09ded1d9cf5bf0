import type { Span } from './ast.js';

/** Kinds of trouble in a schema: stable words that programs may compare with. */
export type DiagnosticCode =
  | 'syntax'
  | 'unknown-type'
  | 'duplicate-name'
  | 'duplicate-id'
  | 'duplicate-field'
  | 'bad-id'
  | 'flag-bit-range'
  | 'flag-word-undeclared'
  | 'flag-word-type'
  | 'type-arguments'
  | 'bare-type'
  | 'type-parameter'
  | 'unsupported'
  | 'id-mismatch'
  | 'layer-order'
  | 'json-shape';

/** One problem, where it is and what to do about it. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly code: DiagnosticCode;
  readonly message: string;
  /** What the author can do; null when the message already says it. */
  readonly hint: string | null;
  readonly file: string;
  readonly span: Span;
}
