import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';
import type { TypeRef } from '../../../../generator/src/schema/types.js';

const good = (text: string) => {
  const { schema, diagnostics } = parseSchema(text);
  expect(diagnostics).toEqual([]);
  return schema;
};
const codes = (text: string) => parseSchema(text).diagnostics.map(({ code }) => code);
const refs = (text: string) =>
  good(text)
    .constructors.at(-1)
    ?.fields.map(({ type }) => type);

describe('resolve', () => {
  it('knows the primitive types by all their names', () => {
    const names =
      'int int32 long int64 int53 double string secureString bytes secureBytes int128 int256 int512 Bool true';
    const fields = names.split(' ').map((name, index) => `f${String(index)}:${name}`);
    expect(
      refs(`a ${fields.join(' ')} = A;`)?.map((ref) => ref.kind === 'primitive' && ref.name),
    ).toEqual(
      'int int long long int53 double string string bytes bytes int128 int256 int512 Bool true'.split(
        ' ',
      ),
    );
  });

  it('tells boxed, bare, vectors, tuples and objects apart', () => {
    const text = `salt = Salt; n.user = n.User; n.user2 = n.User;
      a b:n.User c:n.user d:%Salt e:Vector<n.User> f:vector<salt> g:%(Vector int) h:3*[ double ] i:Object j:Vector<Vector<int>> = A;`;
    const int: TypeRef = { kind: 'primitive', name: 'int' };
    const expected: TypeRef[] = [
      { kind: 'boxed', type: 'n.User' },
      { kind: 'bare', constructor: 'n.user' },
      { kind: 'bare', constructor: 'salt' },
      { kind: 'vector', boxed: true, item: { kind: 'boxed', type: 'n.User' } },
      { kind: 'vector', boxed: false, item: { kind: 'bare', constructor: 'salt' } },
      { kind: 'vector', boxed: false, item: int },
      { kind: 'tuple', count: 3, item: { kind: 'primitive', name: 'double' } },
      { kind: 'object' },
      { kind: 'vector', boxed: true, item: { kind: 'vector', boxed: true, item: int } },
    ];
    expect(refs(text)).toEqual(expected);
  });

  it('passes on what a generic argument returns', () => {
    const [method] = good('---functions--- i#1 {X:Type} q:!X = X;').methods;
    expect(method?.fields[0]?.type).toEqual({ kind: 'generic', parameter: 'X' });
    expect(method?.result).toEqual({ kind: 'generic', parameter: 'X' });
    expect(method?.typeParameters).toEqual(['X']);
  });

  it('leaves out lines that declare what is built in', () => {
    const schema =
      good(`int ? = Int; long ? = Long; object ? = Object; function ? = Function; bytes data:string = Bytes;
      boolFalse = Bool; boolTrue = Bool; true#3fedd339 = True; vector {t:Type} # [ t ] = Vector t;
      int128 4*[ int ] = Int128; int32 = Int32; secureString = SecureString; a = A;`);
    expect(schema.constructors.map(({ key }) => key)).toEqual(['a']);
    expect(schema.types.map(({ name }) => name)).toEqual(['A']);
  });

  it('names the field of a lone repetition, and other nameless fields', () => {
    expect(good('hash 8*[ int ] = Hash;').constructors[0]?.fields).toMatchObject([
      { name: 'items', type: { kind: 'tuple', count: 8 } },
    ]);
    expect(
      good('a int value1:int long = A;').constructors[0]?.fields.map(({ name }) => name),
    ).toEqual(['value1_', 'value1', 'value3']);
  });

  it('keeps namespaces, explicit ids and flags', () => {
    const [block] = good(
      'e2e.chain.block#5 mode:# a:mode.31?int b:mode?int = e2e.chain.Block;',
    ).constructors;
    expect(block).toMatchObject({ namespace: 'e2e.chain', id: 5, explicitId: true });
    expect(block?.fields.map(({ flag }) => flag)).toEqual([
      null,
      { word: 'mode', bit: 31 },
      { word: 'mode', bit: null },
    ]);
  });

  it.each([
    ['a {t:Type} x:t = Maybe t; b x:(Maybe int) = B;', ['unsupported', 'unsupported']],
    ['a {n:#} x:n*[ int ] = A n;', ['unsupported']],
    ['a x:Vector = A;', ['type-arguments']],
    ['a x:int<long> = A;', ['type-arguments']],
    ['---functions--- f q:!X = Bool;', ['type-parameter']],
    ['a = A; ---functions--- a = A;', ['duplicate-name']],
    ['a x:%Nope = A;', ['unknown-type']],
    ['a x:%Bool = A;', ['bare-type']],
    ['a = %A;', ['bare-type']],
    ['a x:2*[ int int ] = A;', ['unsupported']],
    ['a x:vector<true> = A;', ['unsupported']],
    ['a x:2*[ Vector<true> ] = A;', ['unsupported']],
    ['a x:Vector<True> = A;', []],
    ['a flags:# more:flags.0?# x:more.1?int = A;', ['unsupported']],
    ['---functions--- f {X:Type} flags:# q:flags.0?!X = X;', ['unsupported']],
    ['---functions--- f {X:Type} flags:# q:flags.0?!X p:!X = X;', []],
    ['---functions--- f {X:Type} flags:# q:flags.0?!X = Bool;', []],
    ['---functions--- f {X:Type} q:Vector<!X> = X;', ['unsupported']],
    ['---functions--- f {X:Type} q:!X = Vector<X>;', ['unsupported']],
    ['---functions--- f {X:Type} q:!X = !X;', ['type-parameter']],
    ['---functions--- f {X:Type} a:int = X;', ['unsupported']],
    ['---functions--- f {X:Type} x:X = Bool;', ['unsupported']],
    [`a = A; b#${'bcf9a2b5'} = A;`, []],
    ['===8===\na = A;\n===8===\na#1 = A;', ['duplicate-name']],
    ['===17===\na = A;\n===8===\nb = A;', ['layer-order']],
  ])('%s', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it('says what can be done with a type parameter', () => {
    const text = '---functions---\nf {X:Type} x:X = Vector<X>;';
    const [first, second] = parseSchema(text).diagnostics;
    expect(first).toMatchObject({
      message: '`X` is a type parameter: only `!X` is supported',
      span: { start: text.indexOf('X ='), line: 2 },
    });
    expect(second?.span.start).toBe(text.lastIndexOf('X'));
    const json = { constructors: [], methods: [{ method: 'f', params: [], type: 'X', id: '1' }] };
    const [undeclared] = parseSchema(JSON.stringify(json)).diagnostics;
    expect(undeclared).toMatchObject({ hint: 'for a type parameter, only `!X` is supported' });
  });

  it('notices a computed id that equals a written one', () => {
    const id = parseSchema('a = A;').schema.constructors[0]?.id ?? 0;
    const { diagnostics } = parseSchema(`b#${id.toString(16)} = A; a = A;`);
    expect(diagnostics).toMatchObject([
      { code: 'duplicate-id', hint: 'that of `a` is computed: give it one' },
    ]);
  });
});

describe('layers', () => {
  const text = `===8===
m x:C = M; c = C; old = C;
===17===
m y:int = M;
===46===
m#46 y:int z:c = M; c n:int = C; old = C;`;

  it('gives no key twice', () => {
    const tl = '===17===\na#1 = A;\n===20===\na#2 x:int = A;\na_17#3 y:long = A;\na_17_2#4 = A;';
    expect(good(tl).constructors.map(({ key, id }) => [key, id])).toEqual([
      ['a_17_3', 1],
      ['a', 2],
      ['a_17', 3],
      ['a_17_2', 4],
    ]);
  });

  it('names all but the newest after the layer they came with', () => {
    const { constructors, layers, types } = good(text);
    expect(layers).toEqual([8, 17, 46]);
    expect(constructors.map(({ key, since, until }) => [key, since, until])).toEqual([
      ['m_8', 8, 16],
      ['c_8', 8, 45],
      ['old', 8, null],
      ['m_17', 17, 45],
      ['m', 46, null],
      ['c', 46, null],
    ]);
    expect(types[0]).toMatchObject({ name: 'M', constructors: ['m_8', 'm_17', 'm'] });
  });

  it('lets a bare reference mean the constructor of its own layer', () => {
    const bare = good(
      '===8===\nc = C; a x:c = A;\n===17===\nc n:int = C; b x:c y:%C = A;',
    ).constructors;
    const targets = bare.flatMap(({ fields }) => fields.map(({ type }) => type));
    expect(targets.filter(({ kind }) => kind === 'bare')).toEqual([
      { kind: 'bare', constructor: 'c_8' },
      { kind: 'bare', constructor: 'c' },
      { kind: 'bare', constructor: 'c' },
    ]);
  });
});
