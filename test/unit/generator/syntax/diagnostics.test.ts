import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../../../../generator/src/syntax/format-diagnostic.js';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';

function report(text: string): string {
  const { diagnostics } = parseSchema(text, { file: 'x.tl' });
  return diagnostics.map((one) => formatDiagnostic(one, text)).join('\n');
}

describe('what people are told', () => {
  it.each([
    [
      'a = A\nb = A;',
      'x.tl:1:6: error: missing `;`\n  a = A\n       ^\n  hint: every declaration ends with `;`',
    ],
    [
      'a x:int;',
      'x.tl:1:8: error: `a` has no result type\n  a x:int;\n         ^\n  hint: write `= Type` before the `;`',
    ],
    [
      'a = ;',
      'x.tl:1:5: error: expected a result type after `=`\n  a = ;\n      ^\n  hint: as in `= User;`',
    ],
    [
      'a#xyz = A;',
      'x.tl:1:2: error: `#xyz` is not an id\n  a#xyz = A;\n   ^^^^\n  hint: an id is 1 to 8 hexadecimal digits',
    ],
    [
      'a x:Vector<int = A;',
      'x.tl:1:16: error: the arguments of `Vector` are never closed\n  a x:Vector<int = A;\n                 ^\n  hint: add `>`',
    ],
    [
      'a flags:# x:flags.32?int = A;',
      'x.tl:1:11: error: bit 32 of `flags` does not exist\n  a flags:# x:flags.32?int = A;\n            ^^^^^^^^^^^^^^\n  hint: a flag word has bits 0 to 31',
    ],
    [
      'a x:flags.3?int = A;',
      'x.tl:1:3: error: `a` has no flag word `flags`\n  a x:flags.3?int = A;\n    ^^^^^^^^^^^^^\n  hint: add `flags:#` in front of this field',
    ],
    [
      'a x:flags.3?int flags:# = A;',
      'x.tl:1:3: error: `flags` is used before it is declared\n  a x:flags.3?int flags:# = A;\n    ^^^^^^^^^^^^^\n  hint: move `flags:#` in front of this field',
    ],
    [
      'a flags:int x:flags.3?int = A;',
      'x.tl:1:13: error: `flags` is not a flag word\n  a flags:int x:flags.3?int = A;\n              ^^^^^^^^^^^^^\n  hint: declare it as `flags:#`',
    ],
    [
      'user = User;\na x:Usr = A;',
      'x.tl:2:5: error: unknown type `Usr`\n  a x:Usr = A;\n      ^^^\n  hint: did you mean `User`?',
    ],
    [
      'a = A;\na#1 = B;',
      'x.tl:2:1: error: `a` is declared twice\n  a#1 = B;\n  ^\n  hint: the first one is in line 1',
    ],
    [
      'a#1 = A;\nb#1 = A;',
      'x.tl:2:1: error: `b` and `a` have the same id #00000001\n  b#1 = A;\n  ^\n  hint: change one of them',
    ],
    [
      'a x:int x:int = A;',
      'x.tl:1:9: error: `a` has two fields called `x`\n  a x:int x:int = A;\n          ^^^^^\n  hint: rename one of them',
    ],
    [
      'a n:# x:n*[ int ] = A;',
      'x.tl:1:9: error: repetition counted by `n` is not supported\n  a n:# x:n*[ int ] = A;\n          ^^^^^^^^^\n  hint: use `vector<T>`, which carries its length',
    ],
    [
      'a = A; b = A; c x:%A = C;',
      'x.tl:1:19: error: `%A` needs a type with one constructor, `A` has 2\n  a = A; b = A; c x:%A = C;\n                    ^^\n  hint: leave out the `%`',
    ],
    [
      'a = A; /* b',
      'x.tl:1:8: error: this comment is never closed\n  a = A; /* b\n         ^^\n  hint: end it with `*/`',
    ],
    [
      '---function---',
      'x.tl:1:1: error: there is no section `---function---`\n  ---function---\n  ^^^^^^^^^^^^^^\n  hint: the sections are `---types---` and `---functions---`',
    ],
    [
      'a x:Int = A;',
      'x.tl:1:5: error: boxed `Int` is not supported\n  a x:Int = A;\n      ^^^\n  hint: write `int`',
    ],
  ])('%j', (text, expected) => {
    expect(report(text)).toBe(expected);
  });

  it('reports every error of a file and keeps what is right', () => {
    const { schema, diagnostics } = parseSchema(
      'a x:Nope = A;\nb ! = B;\nc x:int;\nd = D\ne x:A = E;',
    );
    expect(diagnostics.map(({ span }) => span.line)).toEqual([1, 2, 3, 4]);
    expect(schema.constructors.map(({ name }) => name)).toEqual(['a', 'd', 'e']);
  });

  it('shows a window of a long line and keeps tabs', () => {
    const text = `\ta x:int ${'y:int '.repeat(5000)} z:Nope = A;`;
    const [first] = parseSchema(text).diagnostics.filter(({ code }) => code === 'unknown-type');
    const [, excerpt = '', carets = ''] = formatDiagnostic(first!, text).split('\n');
    expect(excerpt.length).toBeLessThan(200);
    expect(excerpt.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('Nope');
  });

  it('can be painted', () => {
    const [first] = parseSchema('a = ;').diagnostics;
    const painted = formatDiagnostic(first!, 'a = ;', (part, text) => `<${part}>${text}</>`);
    expect(painted).toContain('<error>error:</>');
    expect(painted).toContain('<caret>^</>');
  });
});
