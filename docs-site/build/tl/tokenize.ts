/** What a piece of a TL line is. */
export type TlTokenKind =
  | 'name'
  | 'id'
  | 'field'
  | 'flag'
  | 'type'
  | 'comment'
  /** `---functions---`, `===17===`. */
  | 'mark'
  /** Blanks and signs. */
  | 'plain';

export interface TlToken {
  readonly kind: TlTokenKind;
  readonly text: string;
}

/** Rules of each part of a line, tried in order; without a match a single character is plain. */
const HEAD: readonly (readonly [TlTokenKind, RegExp])[] = [
  ['comment', /\/\/.*/y],
  ['name', /[A-Za-z_][\w.]*/y],
  ['id', /#[0-9A-Fa-f]+/y],
];
const REST: readonly (readonly [TlTokenKind, RegExp])[] = [
  ['comment', /\/\/.*/y],
  ['field', /[A-Za-z_]\w*(?=:)/y],
  ['flag', /[A-Za-z_]\w*\.\d+\?/y],
  ['type', /[A-Za-z_][\w.]*\w|[A-Za-z_]|#/y],
  ['plain', /\s+/y],
];

/**
 * Cuts a line of TL into pieces whose texts together are the line, whatever it holds. It colours, it does not judge.
 */
export function tokenizeTl(line: string): TlToken[] {
  if (/^\s*(?:---\w+---|===\d+===)\s*$/.test(line)) return [{ kind: 'mark', text: line }];
  const tokens: TlToken[] = [];
  let [at, plain] = [0, ''];
  let named = /^\s+\S/.test(line);
  const flush = (): void => {
    if (plain !== '') tokens.push({ kind: 'plain', text: plain });
    plain = '';
  };
  while (at < line.length) {
    const found = match(named ? REST : HEAD, line, at) ?? { kind: 'plain', text: line.charAt(at) };
    at += found.text.length;
    if (found.kind === 'plain') plain += found.text;
    else {
      flush();
      tokens.push(found);
    }
    // The head ends behind the name, or behind its id.
    if (found.kind === 'name') named = line.charAt(at) !== '#';
    else if (found.kind === 'id') named = true;
  }
  flush();
  return tokens;
}

function match(
  rules: readonly (readonly [TlTokenKind, RegExp])[],
  line: string,
  at: number,
): TlToken | null {
  for (const [kind, rule] of rules) {
    rule.lastIndex = at;
    const text = rule.exec(line)?.[0];
    if (text !== undefined) return { kind, text };
  }
  return null;
}
