import { describe, expect, it } from 'vitest';
import { mergeSchemas, parseSchemas } from '../../../../generator/src/schema/merge.js';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';
import { UnknownNameError, sliceSchema } from '../../../../generator/src/schema/slice.js';
import { didYouMean, editDistance, suggest } from '../../../../generator/src/schema/suggest.js';
import { print } from '../../../../generator/src/syntax/print.js';

const { schema } = parseSchema(`boolTrue = Bool;
user x:Photo = User; userEmpty = User; photo s:vector<size> = Photo; size n:int = Size; other = Other; answer u:Vector<User> = Answer;
---functions---
get = Answer; put u:User = Bool; drop = Bool;`);
const keys = (roots: string[], options = {}) => {
  const { constructors, methods } = sliceSchema(schema, roots, options);
  return [...constructors, ...methods].map(({ key }) => key);
};

describe('slice', () => {
  it('follows results and fields', () => {
    expect(keys(['get'])).toEqual(['user', 'userEmpty', 'photo', 'size', 'answer', 'get']);
    expect(keys(['get'], { results: false })).toEqual(['get']);
    expect(keys(['photo'])).toEqual(['photo', 'size']);
    expect(keys(['User'])).toEqual(['user', 'userEmpty', 'photo', 'size']);
    expect(keys(['drop'])).toEqual(['drop']);
  });

  it('cuts the tree alike', () => {
    const cut = sliceSchema(schema, ['photo']);
    const again = parseSchema(print(cut.tree));
    expect(again.diagnostics).toEqual([]);
    expect(again.schema.constructors.map(({ key }) => key)).toEqual(['photo', 'size']);
    expect(cut.types.map(({ name }) => name)).toEqual(['Photo', 'Size']);
  });

  it('suggests names', () => {
    expect(() => sliceSchema(schema, ['Usr'])).toThrow(UnknownNameError);
    try {
      sliceSchema(schema, ['phto']);
    } catch (error) {
      expect(error).toMatchObject({
        code: 'unknown-name',
        unknown: 'phto',
        suggestions: ['Photo', 'photo'],
      });
    }
  });

  it('takes all versions of a layered name', () => {
    const layered = parseSchema('===8===\na#1 = A;\n===9===\na#2 x:int = A; b = B;').schema;
    expect(sliceSchema(layered, ['a']).constructors.map(({ key }) => key)).toEqual(['a_8', 'a']);
    expect(sliceSchema(layered, ['a_8']).constructors.map(({ key }) => key)).toEqual(['a_8']);
  });
});

describe('merge', () => {
  const one = { file: '1.tl', text: 'boolTrue = Bool; a x:B = A; same = S;' };
  const two = { file: '2.tl', text: 'b = B; same = S;' };

  it('makes one schema of several files', () => {
    const merged = parseSchemas([one, two]);
    expect(merged.diagnostics).toEqual([]);
    expect(merged.schema.constructors.map(({ key }) => key)).toEqual(['a', 'same', 'b']);
    const schemas = [one, two].map(({ file, text }) => parseSchema(text, { file }).schema);
    expect(mergeSchemas(schemas, 'all').schema.file).toBe('all');
  });

  it('reports conflicts in the file that has them', () => {
    const { diagnostics } = parseSchemas([
      { file: '1.tl', text: '// LAYER 1\na#1 = A; b#2 = A;' },
      { file: '2.tl', text: '// LAYER 2\na#1 x:int = A; c#2 = A; d x:Nope = A' },
    ]);
    expect(diagnostics.map(({ file, code }) => [file, code])).toEqual([
      ['2.tl', 'syntax'],
      ['2.tl', 'layer-order'],
      ['2.tl', 'duplicate-name'],
      ['2.tl', 'duplicate-id'],
      ['2.tl', 'unknown-type'],
    ]);
    expect(diagnostics[2]?.hint).toBe('the first one is in 1.tl:2');
  });
});

describe('suggestions', () => {
  it('measure edits, swaps included', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('ab', 'ba')).toBe(1);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });

  it('find close names, in whatever case or namespace', () => {
    const known = ['messages.sendMessage', 'User', 'users.getUsers', 'Chat'];
    expect(suggest('sendmessage', known)).toEqual(['messages.sendMessage']);
    expect(didYouMean('user', known)).toBe('did you mean `User`?');
    expect(didYouMean('Xyzzy', known)).toBeNull();
  });
});
