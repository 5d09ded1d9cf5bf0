import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';
import type {
  Combinator,
  Field,
  SchemaTree,
  TypeExpr,
} from '../../../../generator/src/syntax/ast.js';
import { parse } from '../../../../generator/src/syntax/parser.js';
import { print } from '../../../../generator/src/syntax/print.js';

const span = { start: 0, end: 0, line: 1, column: 1 };
const word = fc.stringMatching(/^[a-z][a-zA-Z0-9_]{0,7}$/);
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const description = fc.option(fc.stringMatching(/^[A-Za-z,.=;#]{1,9}( [A-Za-z*/]{1,9}){0,3}$/));
const condition = fc.option(fc.record({ word, bit: fc.option(fc.nat(31)) }));

const { type, field } = fc.letrec<{
  type: TypeExpr;
  named: TypeExpr;
  repeat: TypeExpr;
  field: Field;
}>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small' },
    fc.constant<TypeExpr>({ kind: 'nat', span }),
    tie('named'),
    tie('repeat'),
  ),
  named: fc
    .record({
      kind: fc.constant('named' as const),
      name,
      percent: fc.constant(false),
      bang: fc.constant(false),
      args: fc.array(tie('type'), { maxLength: 2, depthIdentifier: 'type' }),
      span: fc.constant(span),
    })
    .chain((plain) =>
      fc.constantFrom(plain, { ...plain, percent: true }, { ...plain, bang: true }),
    ),
  repeat: fc.record({
    kind: fc.constant('repeat' as const),
    count: fc.oneof(fc.nat(1000), word, fc.constant(null)),
    items: fc.array(tie('field'), { maxLength: 2, depthIdentifier: 'type' }),
    span: fc.constant(span),
  }),
  field: fc.record({
    name: fc.option(word),
    condition,
    type: tie('type'),
    description: fc.constant(null),
    span: fc.constant(span),
  }),
}));

const combinator: fc.Arbitrary<Combinator> = fc.record({
  kind: fc.constantFrom('constructor' as const, 'function' as const),
  name,
  id: fc.option(fc.nat(0xffff_ffff)),
  typeParameters: fc.array(
    fc.record({ name: word, type: fc.constantFrom('Type', '#'), span: fc.constant(span) }),
    { maxLength: 2 },
  ),
  fields: fc
    .tuple(fc.array(field, { maxLength: 4 }), fc.array(description, { minLength: 4, maxLength: 4 }))
    .map(([fields, texts]) => uniqueNames(fields, texts)),
  result: type,
  builtin: fc.constant(false),
  layer: fc.constant(null),
  description,
  span: fc.constant(span),
});

const tree: fc.Arbitrary<SchemaTree> = fc
  .record({
    combinators: fc.array(combinator, { maxLength: 6 }),
    layer: fc.option(fc.nat(999)),
    layers: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 6, maxLength: 6 }),
    layered: fc.boolean(),
    types: fc.dictionary(
      word,
      description.map((text) => text ?? 'Text'),
      { maxKeys: 3 },
    ),
  })
  .map(({ combinators, layer, layers, layered, types }) => ({
    combinators: combinators.map((one, index) => ({
      ...one,
      layer: layered ? (layers[index] ?? 1) : null,
    })),
    layer,
    typeDescriptions: new Map(Object.entries(types)),
  }));

function uniqueNames(fields: readonly Field[], texts: readonly (string | null)[]): Field[] {
  const seen = new Set<string>();
  return fields.map((one, index) => {
    if (one.name === null || seen.has(one.name)) return { ...one, name: null };
    seen.add(one.name);
    return { ...one, description: texts[index] ?? null };
  });
}

function withoutSpans(value: SchemaTree): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) => {
      if (key === 'span') return undefined;
      return part instanceof Map ? [...(part as Map<string, string>)].sort() : part;
    }),
  );
}

describe('properties of the parser', () => {
  it('print and parse give the same tree', () => {
    fc.assert(
      fc.property(tree, (original) => {
        const text = print(original);
        const { tree: again, diagnostics } = parse(text);
        expect(diagnostics).toEqual([]);
        expect(withoutSpans(again)).toEqual(withoutSpans(original));
        expect(print(again)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('takes any text without an exception, with spans inside it', () => {
    const piece = fc.constantFrom(
      '\n',
      ' ',
      '// layer 8',
      '//@a b',
      '\u0000',
      '\ud800',
      ...'a A x: int # #1 = ; < > ( ) [ ] { } * 4 ? ! % , @ . // /* */ - é flags.3? Vector'.split(
        ' ',
      ),
      ...'---functions--- ===8=== {"methods":'.split(' '),
    );
    const soup = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary', maxLength: 80 })), (text) => {
        for (const { span: place } of parseSchema(text).diagnostics) {
          expect(place.start).toBeGreaterThanOrEqual(0);
          expect(place.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '<'.repeat(1e6),
    `a x:${'Vector<'.repeat(1e5)}int = A;`,
    `a ${'('.repeat(1e6)}`,
    `a x:${'%'.repeat(1e6)}int = A;`,
    `a x:${'4*['.repeat(3e5)}`,
    '-'.repeat(1e6),
    '='.repeat(1e6),
    `--${' '.repeat(1e6)}`,
    `${'/*'.repeat(5e5)}`,
    'a = b '.repeat(1e5),
    'a\n'.repeat(3e5),
    `a ${'x:Nope '.repeat(3000)} = A;`,
    'a'.repeat(1e6),
    `a x:${'b'.repeat(1e6)} = A;`,
    `a#${'1'.repeat(1e6)} = A;`,
    `{"constructors":${'['.repeat(1e5)}`,
  ])('stays quick on hostile text %#', (text) => {
    const start = performance.now();
    parseSchema(text);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
