import { describe, expect, it } from 'vitest';
import { parse } from '../../../../generator/src/syntax/parser.js';
import { printCombinator, printType } from '../../../../generator/src/syntax/print.js';

function lines(text: string): string[] {
  const { tree, diagnostics } = parse(text);
  expect(diagnostics).toEqual([]);
  return tree.combinators.map(printCombinator);
}

describe('parser: declarations', () => {
  it.each([
    ['a = A;', 'a = A;'],
    [
      'e2e.chain.block#639A3db6 h:int = e2e.chain.Block;',
      'e2e.chain.block#639a3db6 h:int = e2e.chain.Block;',
    ],
    ['a#5 = A;', 'a#5 = A;'],
    ['a#0000000A = A;', 'a#a = A;'],
    [
      'a flags:# mode:# x:flags.31?int y:mode.0?true z:flags?int = A;',
      'a flags:# mode:# x:flags.31?int y:mode.0?true z:flags?int = A;',
    ],
    ['i {X:Type} {n:#} q:!X = X;', 'i {X:Type} {n:#} q:!X = X;'],
    ['vector#1cb5c415 {t:Type} # [t] = Vector t;', 'vector#1cb5c415 {t:Type} # [ t ] = Vector t;'],
    ['int128 4*[ int ] = Int128;', 'int128 4*[ int ] = Int128;'],
    ['a n:# l:n*[ x:int y:int ] = A;', 'a n:# l:n*[ x:int y:int ] = A;'],
    ['int ? = Int;', 'int ? = Int;'],
    ['a int:int string:string type:true = A;', 'a int:int string:string type:true = A;'],
    ['a x:tonNode.blockIdExt = A;', 'a x:tonNode.blockIdExt = A;'],
    ['a (int) = A;', 'a int = A;'],
    ['_ x:int = A;', '_ x:int = A;'],
  ])('%s', (text, printed) => {
    expect(lines(text)).toEqual([printed]);
  });

  it('takes several declarations in a line and one over several lines', () => {
    expect(
      lines('a = A; b = B;\nc\n  x:int // of c; not the end\n  /* = */ y:int\n  = C;'),
    ).toEqual(['a = A;', 'b = B;', 'c x:int y:int = C;']);
  });

  it('takes CRLF, a BOM and empty statements', () => {
    expect(lines('\ufeffa = A;\r\n\r\n;b = B; // end\r\n')).toEqual(['a = A;', 'b = B;']);
    expect(lines('')).toEqual([]);
  });

  it('counts lines and columns alike for all line ends', () => {
    const { tree } = parse('a = A;\r\n  b = B;\n/* x\ny */ c = C;');
    expect(tree.combinators.map(({ span }) => [span.line, span.column])).toEqual([
      [1, 1],
      [2, 3],
      [4, 6],
    ]);
  });

  it('ignores declarations of finality and annotations with a warning', () => {
    const { tree, diagnostics } = parse('New User; @read @any a = A;');
    expect(tree.combinators).toHaveLength(1);
    expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  });
});

describe('parser: types', () => {
  it.each([
    ['Vector<int>', 'Vector<int>'],
    ['vector<%Foo>', 'vector<%Foo>'],
    ['(Vector int)', 'Vector<int>'],
    ['%(Vector T)', '%Vector<T>'],
    ['Vector<Vector<int>>', 'Vector<Vector<int>>'],
    ['Foo<a,b>', 'Foo<a,b>'],
    ['(Foo a (Vector b))', 'Foo<a,Vector<b>>'],
    ['%(Vector %(Field t))', '%Vector<%Field<t>>'],
    ['(Tuple int 3)', 'Tuple<int,3>'],
    ['((int))', 'int'],
  ])('%s', (text, printed) => {
    const field = parse(`a x:${text} = A;`).tree.combinators[0]?.fields[0];
    expect(field && printType(field.type)).toBe(printed);
  });
});

describe('parser: sections and layers', () => {
  const layered = (text: string) =>
    parse(text).tree.combinators.map(({ name, layer, kind }) => [name, layer, kind]);

  it('knows functions and types, with or without spaces', () => {
    expect(
      layered('a = A; ---functions--- f = A; --- types ---\nb = B;--- functions ---\ng = B;'),
    ).toEqual([
      ['a', null, 'constructor'],
      ['f', null, 'function'],
      ['b', null, 'constructor'],
      ['g', null, 'function'],
    ]);
  });

  it('opens layers with ===N===, types first', () => {
    expect(layered('===8===\na = A;\n---functions---\nf = A;\n=== 17 ===\na = A;')).toEqual([
      ['a', 8, 'constructor'],
      ['f', 8, 'function'],
      ['a', 17, 'constructor'],
    ]);
  });

  it('takes several different // layer N comments for sections', () => {
    expect(layered('// layer 8\na = A;\n//Layer 17\na#1 = A; // layer 99\nb = B;')).toEqual([
      ['a', 8, 'constructor'],
      ['a', 17, 'constructor'],
      ['b', 17, 'constructor'],
    ]);
  });

  it.each(['// LAYER 198\na = A;', 'a = A;\n// layer 198', '//LAYER 198\na = A;\n// LAYER 198'])(
    'takes agreeing comments for the layer of the schema: %j',
    (text) => {
      const { tree } = parse(text);
      expect(tree.layer).toBe(198);
      expect(tree.combinators[0]?.layer).toBeNull();
    },
  );
});

describe('parser: documentation', () => {
  it('reads descriptions of declarations, fields and types', () => {
    const { tree } = parse(
      [
        '//@class Chat @description A place to talk; see @durov',
        '',
        '//@description One chat,',
        '//-named @title Its title @param_description About it @nobody',
        'chat title:string description:string = Chat; //@description not me',
        'other = Chat;',
      ].join('\n'),
    );
    const [chat, other] = tree.combinators;
    expect(tree.typeDescriptions).toEqual(new Map([['Chat', 'A place to talk; see @durov']]));
    expect(chat?.description).toBe('One chat, named');
    expect(chat?.fields.map(({ description }) => description)).toEqual([
      'Its title',
      'About it @nobody',
    ]);
    expect(other?.description).toBeNull();
  });

  it('keeps the description of a type at the end of the file', () => {
    const { tree } = parse('//@class A @description X');
    expect([...tree.typeDescriptions]).toEqual([['A', 'X']]);
  });
});
