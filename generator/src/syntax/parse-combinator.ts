import type { Combinator, Field, Span, TypeExpr, TypeParameter } from './ast.js';
import { type Cursor, describe, shorten } from './cursor.js';
import { parseTypeParameter } from './parse-field.js';
import { parseField, parseTypeApplication } from './parse-type.js';
import { type Token, joinSpans } from './token.js';

/** What the sections above a declaration say about it. */
export interface Surroundings {
  readonly kind: Combinator['kind'];
  readonly layer: number | null;
}

/**
 * One declaration with its `;`, without its doc comment. Returns null after reporting an error;
 * the caller then looks for the next declaration.
 */
export function parseCombinator(cursor: Cursor, around: Surroundings): Combinator | null {
  const nameToken = cursor.peek();
  if (nameToken.kind !== 'name') {
    return cursor.error(
      `expected a declaration, found ${describe(nameToken)}`,
      startHint(nameToken),
    );
  }
  cursor.next();
  const id = parseId(cursor);
  const typeParameters = parseTypeParameters(cursor);
  if (typeParameters === null) return null;
  const builtin = cursor.at('?') && cursor.at('=', 1);
  if (builtin) cursor.next();
  const fields = builtin ? [] : parseFields(cursor, nameToken);
  if (fields === null) return null;
  cursor.next(); // the `=`
  const result = parseResult(cursor);
  if (result === null) return null;
  const span = joinSpans(nameToken.span, cursor.previous().span);
  const { kind, layer } = around;
  const name = nameToken.text;
  return {
    kind,
    name,
    id,
    typeParameters,
    fields,
    result,
    builtin,
    layer,
    description: null,
    span,
  };
}

function parseId(cursor: Cursor): number | null {
  const token = cursor.peek();
  if (token.kind !== 'id') return null;
  cursor.next();
  if (/^[0-9a-fA-F]{1,8}$/.test(token.text)) return Number.parseInt(token.text, 16);
  return cursor.error(
    `\`#${shorten(token.text)}\` is not an id`,
    'an id is 1 to 8 hexadecimal digits',
    token.span,
    'bad-id',
  );
}

function parseTypeParameters(cursor: Cursor): TypeParameter[] | null {
  const parameters: TypeParameter[] = [];
  while (cursor.at('{')) {
    const parameter = parseTypeParameter(cursor);
    if (parameter === null) return null;
    parameters.push(parameter);
  }
  return parameters;
}

/** All fields up to the `=`, which stays the current token. */
function parseFields(cursor: Cursor, name: Token): Field[] | null {
  const fields: Field[] = [];
  while (!cursor.at('=')) {
    const token = cursor.peek();
    if (
      cursor.at(';') ||
      token.kind === 'end' ||
      token.kind === 'section' ||
      token.kind === 'layer'
    ) {
      return cursor.error(
        `\`${shorten(name.text)}\` has no result type`,
        `write \`= Type\` before the \`;\``,
        after(cursor.previous().span),
      );
    }
    if (cursor.at('{')) {
      return cursor.error('type parameters must stand before the fields', null);
    }
    const field = parseField(cursor);
    if (field === null) return null;
    fields.push(field);
  }
  return fields;
}

/** The type after `=` and the `;`. A missing `;` is reported without losing this declaration or the next. */
function parseResult(cursor: Cursor): TypeExpr | null {
  const { stop, terminated } = findEnd(cursor);
  if (cursor.at(';') || cursor.peek().kind === 'end') {
    return cursor.error('expected a result type after `=`', 'as in `= User;`');
  }
  const result = parseTypeApplication(cursor, stop);
  if (result === null || cursor.accept(';')) return result;
  if (terminated) {
    return cursor.error(
      `unexpected ${describe(cursor.peek())} in the result type`,
      'a result type ends with `;`',
    );
  }
  cursor.error('missing `;`', 'every declaration ends with `;`', after(cursor.previous().span));
  return result;
}

/**
 * Where the result type has to end: at the next `;`, or, when another `=` comes first, at the line
 * (else the token) with which the next declaration seems to begin.
 */
function findEnd(cursor: Cursor): { stop: number; terminated: boolean } {
  let nextLine = Infinity;
  for (let ahead = 0; ; ahead++) {
    const token = cursor.peek(ahead);
    const index = cursor.index + ahead;
    if (cursor.at(';', ahead)) return { stop: index, terminated: true };
    if (ahead > 0 && token.firstOnLine && nextLine === Infinity) nextLine = index;
    if (token.kind === 'end' || token.kind === 'section' || token.kind === 'layer') {
      return { stop: index, terminated: false };
    }
    if (cursor.at('=', ahead)) {
      return { stop: Math.min(nextLine, cursor.index + 1), terminated: false };
    }
  }
}

/** The empty place behind a span, where something is missing. */
function after(span: Span): Span {
  const column = span.column + (span.end - span.start);
  return { start: span.end, end: span.end, line: span.line, column };
}

function startHint(token: Token): string | null {
  if (token.kind === 'unknown' && token.text.startsWith('-')) {
    return 'sections are written `---functions---` and `---types---`';
  }
  return 'a declaration is written `name#id field:type = Type;`';
}
