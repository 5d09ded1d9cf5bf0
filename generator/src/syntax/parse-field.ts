import type { Field, TypeParameter } from './ast.js';
import { type Cursor, describe } from './cursor.js';
import { joinSpans } from './token.js';

/** `flags.3?` or `flags?`; null when there is none, undefined after an error. */
export function parseCondition(cursor: Cursor): Field['condition'] | undefined {
  const token = cursor.peek();
  if (token.kind !== 'name' || !cursor.at('?', 1)) {
    const dotted = token.kind === 'name' && /\.[0-9]+$/.test(token.text);
    if (!dotted) return null;
    cursor.error(
      `expected \`?\` and a type after \`${token.text}\``,
      `as in \`${token.text}?int\``,
      cursor.peek(1).span,
    );
    return undefined;
  }
  cursor.index += 2;
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(?:\.([0-9]{1,9}))?$/.exec(token.text);
  if (match === null) {
    cursor.error(
      `${describe(token)} does not name a flag`,
      'write the flag word and a bit, as in `flags.3?int`',
      token.span,
    );
    return undefined;
  }
  const [, word = '', bit] = match;
  return { word, bit: bit === undefined ? null : Number(bit) };
}

/** `{X:Type}` or `{n:#}`; the opening brace is the current token. */
export function parseTypeParameter(cursor: Cursor): TypeParameter | null {
  const open = cursor.next();
  const name = cursor.peek();
  if (name.kind !== 'name' || name.text.includes('.')) {
    return cursor.error(
      `expected the name of a type parameter, found ${describe(name)}`,
      'as in `{X:Type}`',
    );
  }
  cursor.next();
  if (!cursor.expect(':', 'a type parameter needs a kind', 'as in `{X:Type}` or `{n:#}`')) {
    return null;
  }
  const kind = cursor.peek();
  if (kind.kind !== 'name' && kind.kind !== 'nat') {
    return cursor.error(`expected \`Type\` or \`#\`, found ${describe(kind)}`, null);
  }
  cursor.next();
  if (!cursor.expect('}', 'this brace is never closed', 'close it with `}`')) return null;
  const span = joinSpans(open.span, cursor.previous().span);
  return { name: name.text, type: kind.kind === 'nat' ? '#' : kind.text, span };
}
