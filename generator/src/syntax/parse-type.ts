import type { Field, NamedType, RepeatType, TypeExpr } from './ast.js';
import { type Cursor, MAX_DEPTH, describe } from './cursor.js';
import { parseCondition } from './parse-field.js';
import { joinSpans } from './token.js';

/** A type followed by its arguments in the spaced style: `Vector t`, as in results and inside parentheses. */
export function parseTypeApplication(cursor: Cursor, stop = Infinity): TypeExpr | null {
  const head = parseTypeTerm(cursor);
  if (head === null) return null;
  const args: TypeExpr[] = [];
  while (cursor.index < stop && startsTerm(cursor)) {
    const arg = parseTypeTerm(cursor);
    if (arg === null) return null;
    args.push(arg);
  }
  const [first] = args;
  if (first === undefined) return head;
  if (head.kind !== 'named') {
    return cursor.error('only a named type takes arguments', null, first.span);
  }
  const span = joinSpans(head.span, cursor.previous().span);
  return { ...head, args: [...head.args, ...args], span };
}

/** One self-contained type: `int`, `Vector<long>`, `%Message`, `!X`, `(Vector t)`, `#`, `4*[ int ]`. */
export function parseTypeTerm(cursor: Cursor): TypeExpr | null {
  if (cursor.depth >= MAX_DEPTH) {
    return cursor.error(
      `types are nested more than ${String(MAX_DEPTH)} deep`,
      'give the inner part a constructor of its own',
    );
  }
  cursor.depth++;
  const type = parseTermHere(cursor);
  cursor.depth--;
  return type;
}

function parseTermHere(cursor: Cursor): TypeExpr | null {
  const token = cursor.peek();
  if (isRepeat(cursor)) return parseRepeat(cursor);
  if (token.kind === 'nat') {
    cursor.next();
    return { kind: 'nat', span: token.span };
  }
  // A number stands for a constant argument: `Tuple int 3`.
  if (token.kind === 'name' || token.kind === 'number') return parseNamed(cursor);
  if (cursor.at('%') || cursor.at('!')) return parsePrefixed(cursor);
  if (cursor.accept('(')) {
    const inner = parseTypeApplication(cursor);
    if (inner === null) return null;
    if (!cursor.expect(')', 'this parenthesis is never closed', 'close it with `)`')) return null;
    return { ...inner, span: joinSpans(token.span, cursor.previous().span) };
  }
  return cursor.error(`expected a type, found ${describe(token)}`);
}

function parseNamed(cursor: Cursor): NamedType | null {
  const token = cursor.next();
  const args: TypeExpr[] = [];
  if (cursor.accept('<')) {
    do {
      const arg = parseTypeApplication(cursor);
      if (arg === null) return null;
      args.push(arg);
    } while (cursor.accept(','));
    if (!cursor.expect('>', `the arguments of ${describe(token)} are never closed`, 'add `>`')) {
      return null;
    }
  }
  const span = joinSpans(token.span, cursor.previous().span);
  return { kind: 'named', name: token.text, percent: false, bang: false, args, span };
}

function parsePrefixed(cursor: Cursor): NamedType | null {
  const prefix = cursor.next();
  const inner = parseTypeTerm(cursor);
  if (inner === null) return null;
  if (inner.kind !== 'named' || inner.percent || inner.bang) {
    const example = prefix.text === '%' ? '`%Message`' : '`!X`';
    return cursor.error(
      `\`${prefix.text}\` must stand before a type name`,
      `as in ${example}`,
      inner.span,
    );
  }
  const span = joinSpans(prefix.span, inner.span);
  return prefix.text === '%' ? { ...inner, percent: true, span } : { ...inner, bang: true, span };
}

function isRepeat(cursor: Cursor): boolean {
  if (cursor.at('[')) return true;
  const { kind } = cursor.peek();
  return (kind === 'number' || kind === 'name') && cursor.at('*', 1);
}

function parseRepeat(cursor: Cursor): RepeatType | null {
  const start = cursor.peek();
  let count: number | string | null = null;
  if (!cursor.at('[')) {
    cursor.index += 2;
    count = start.kind === 'number' ? Number(start.text) : start.text;
    if (typeof count === 'number' && count > 0x7fff_ffff) {
      return cursor.error('this count is too large', 'at most 2147483647', start.span);
    }
  }
  if (
    !cursor.expect('[', `expected \`[\`, found ${describe(cursor.peek())}`, 'as in `4*[ int ]`')
  ) {
    return null;
  }
  const items: RepeatType['items'][number][] = [];
  while (!cursor.at(']')) {
    if (cursor.peek().kind === 'end' || cursor.at(';') || cursor.at('=')) {
      return cursor.error('this bracket is never closed', 'close it with `]`', start.span);
    }
    const field = parseField(cursor);
    if (field === null) return null;
    items.push(field);
  }
  cursor.next();
  return { kind: 'repeat', count, items, span: joinSpans(start.span, cursor.previous().span) };
}

function startsTerm(cursor: Cursor): boolean {
  const { kind } = cursor.peek();
  if (kind === 'name' || kind === 'number' || kind === 'nat') return true;
  return cursor.at('%') || cursor.at('!') || cursor.at('(') || cursor.at('[');
}

/** `name:type`, `name:flags.3?type`, or a type alone. */
export function parseField(cursor: Cursor): Field | null {
  const start = cursor.peek();
  let name: string | null = null;
  if (cursor.at(':', 1) && (start.kind === 'name' || start.kind === 'number')) {
    if (start.kind === 'number' || start.text.includes('.')) {
      return cursor.error(
        `${describe(start)} is not a field name`,
        'letters, digits and `_` only, a letter first',
      );
    }
    name = start.text;
    cursor.index += 2;
  } else if (start.kind === 'unknown' || cursor.at(':')) {
    return cursor.error(`unexpected ${describe(start)}`, hintFor(start.text));
  }
  const condition = parseCondition(cursor);
  if (condition === undefined) return null;
  const type = parseTypeTerm(cursor);
  if (type === null) return null;
  const span = joinSpans(start.span, cursor.previous().span);
  return { name, condition, type, description: null, span };
}

function hintFor(text: string): string | null {
  if (text === ':') return 'a field is written `name:type`';
  if (/^[0-9]/.test(text)) return 'a name cannot begin with a digit';
  return 'TL has no use for this character';
}
