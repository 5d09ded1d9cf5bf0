import type { Field, Span, TypeExpr } from './ast.js';
import { Cursor, describe } from './cursor.js';
import type { Diagnostic } from './diagnostics.js';
import { lex } from './lexer.js';
import { parseCondition } from './parse-field.js';
import { parseTypeApplication } from './parse-type.js';

/** A type that was read by itself; null with diagnostics when the text is something else. */
export interface LoneType {
  readonly condition: Field['condition'];
  readonly type: TypeExpr | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a text that must be one type and nothing besides: `Vector<int>`, `!X`, `4*[ int ]`, as TL-JSON holds them. */
export function parseResultType(text: string, file: string): LoneType {
  return parseLone(text, file, false);
}

/** The same for the type of a field, which may have a condition: `flags.3?string`. */
export function parseFieldType(text: string, file: string): LoneType {
  return parseLone(text, file, true);
}

function parseLone(text: string, file: string, conditional: boolean): LoneType {
  const { tokens, diagnostics: lexical } = lex(text, file);
  const cursor = new Cursor(tokens, file);
  const end = (): readonly Diagnostic[] => [...lexical, ...cursor.diagnostics];
  // The lexer would drop a comment together with whatever is hidden in it.
  if (/\/[/*]/.test(text)) cursor.error('a type holds no comment');
  const condition = conditional ? parseCondition(cursor) : null;
  if (condition === undefined) return { condition: null, type: null, diagnostics: end() };
  let type = parseTypeApplication(cursor);
  if (type !== null && cursor.peek().kind !== 'end') {
    type = cursor.error(`unexpected ${describe(cursor.peek())} after the type`);
  }
  return { condition, type, diagnostics: end() };
}

/** The type with another place, which is that of the text it was read from. */
export function withSpan(type: TypeExpr, span: Span): TypeExpr {
  if (type.kind === 'nat') return { ...type, span };
  if (type.kind === 'named') {
    return { ...type, args: type.args.map((arg) => withSpan(arg, span)), span };
  }
  const items = type.items.map((one) => ({ ...one, type: withSpan(one.type, span), span }));
  return { ...type, items, span };
}
