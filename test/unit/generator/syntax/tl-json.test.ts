import { describe, expect, it } from 'vitest';
import { computeId } from '../../../../generator/src/schema/crc.js';
import { parseSchema } from '../../../../generator/src/schema/parse-schema.js';
import { parse } from '../../../../generator/src/syntax/parser.js';
import { print } from '../../../../generator/src/syntax/print.js';
import { parseTlJson, toTlJson } from '../../../../generator/src/syntax/tl-json.js';

const TL = `// LAYER 7

boolFalse#bc799737 = Bool;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
user#8f000000 flags:# name:flags.3?Vector<string> = User;

---functions---
invoke#da9b0d0d {X:Type} layer:int query:!X = X;
`;

describe('TL-JSON', () => {
  it('says the same as TL, both ways', () => {
    const json = toTlJson(parse(TL).tree, (one) => computeId(one));
    expect(json.constructors[2]).toEqual({
      id: String(0x8f000000 | 0),
      predicate: 'user',
      params: [
        { name: 'flags', type: '#' },
        { name: 'name', type: 'flags.3?Vector<string>' },
      ],
      type: 'User',
    });
    const { tree, diagnostics } = parseTlJson(JSON.stringify(json));
    expect(diagnostics).toEqual([]);
    expect(print(tree)).toBe(TL);
  });

  it('is detected, and takes ids as numbers and layers of entries', () => {
    const text = ' {"constructors":[{"id":-5,"predicate":"a","params":[],"type":"A","layer":"8"}]}';
    const { schema, diagnostics } = parseSchema(text);
    expect(diagnostics).toEqual([]);
    expect(schema.constructors[0]).toMatchObject({ id: 0xfffffffb, since: 8, name: 'a' });
  });

  it.each([
    ['{', 'this is not valid JSON', 'json-shape'],
    ['{"a":1}', 'this JSON is not a TL schema', 'json-shape'],
    ['{"methods":3}', '`methods` is not an array', 'json-shape'],
    ['{"methods":[3]}', 'methods[0] has no `method`', 'json-shape'],
    [
      '{"methods":[{"method":"f"}]}',
      'methods[0] (`f`) has no proper `params` and `type`',
      'json-shape',
    ],
    [
      '{"methods":[{"method":"f","id":"x","type":"A"}]}',
      'methods[0] (`f`) has a wrong `id`',
      'bad-id',
    ],
    [
      '{"methods":[{"method":"f","params":[{"name":"x","type":"<"}],"type":"A"}]}',
      'methods[0] (`f`), params[0]: expected a type, found `<`',
      'syntax',
    ],
  ])('reports %s', (text, message, code) => {
    const { diagnostics } = parseTlJson(text, 's.json');
    expect(diagnostics[0]).toMatchObject({ message, code, severity: 'error', file: 's.json' });
  });

  const entry = (more: object) => ({ id: '1', predicate: 'a', params: [], type: 'A', ...more });
  const param = (name: string, type: string) => entry({ params: [{ name, type }] });
  it.each([
    [entry({ predicate: 'a#5 = A; evil' }), 'constructors[0]: `a#5 = A; evil` is not a name'],
    [entry({ predicate: 'h {X:Type}' }), 'constructors[0]: `h {X:Type}` is not a name'],
    [entry({ predicate: '../../g.h' }), 'constructors[0]: `../../g.h` is not a name'],
    [entry({ predicate: '' }), 'constructors[0]: `` is not a name'],
    [entry({ type: 'D; e = E' }), 'unexpected `;` after the type'],
    [entry({ type: 'D /* x */' }), 'a type holds no comment'],
    [entry({ type: 'D // x' }), 'a type holds no comment'],
    [entry({ type: 'D\n---functions---' }), 'unexpected `---functions---` after the type'],
    [param('x:int y', 'int'), 'params[0]: `x:int y` is not a field name'],
    [param('a.b', 'int'), 'params[0]: `a.b` is not a field name'],
    [param('x', 'int z:long'), 'unexpected `:` after the type'],
    [param('x', 'y:int'), 'unexpected `:` after the type'],
    [param('x', 'int // '), 'a type holds no comment'],
    [param('x', 'int = A; evil'), 'unexpected `=` after the type'],
    [param('x', ''), 'expected a type, found the end of the file'],
    [param('x', '{X:Type} int'), 'expected a type, found `{`'],
    [entry({ args: [{ name: 'x', type: 'int' }] }), '(`a`): unknown key `args`'],
    [
      entry({ params: [{ name: 'x', type: 'int', more: [] }] }),
      '(`a`), params[0]: unknown key `more`',
    ],
    [entry({ layer: 'x' }), '(`a`) has a wrong `layer`'],
  ])('lets no string bring more in than it should: %j', (one, message) => {
    const { tree, diagnostics } = parseTlJson(JSON.stringify({ constructors: [one] }));
    expect(diagnostics[0]?.message).toContain(message);
    expect(diagnostics[0]?.severity).toBe('error');
    // Whatever is dropped is reported; nothing else comes in.
    expect(tree.combinators.length).toBeLessThanOrEqual(1);
  });

  it('has as many fields as params', () => {
    const params = [
      { name: '', type: '#' },
      { name: 'flags', type: '#' },
      { name: 'a', type: 'flags.31?Vector<%B>' },
      { name: 'b', type: 'Vector int' },
      { name: '', type: '4*[ int ]' },
      { name: 'q', type: '!X' },
    ];
    const text = JSON.stringify({ methods: [{ method: 'f', params, type: 'X' }] });
    const { tree, diagnostics } = parseTlJson(text);
    expect(diagnostics).toEqual([]);
    expect(print(tree)).toContain(
      'f {X:Type} # flags:# a:flags.31?Vector<%B> b:Vector<int> 4*[ int ] q:!X = X;',
    );
  });

  it('reports unknown root keys with their place; remarks are warnings, once', () => {
    const text =
      '{"version": 2, "layer": 1,\n "methods": [{"method":"f","type":"A","doc":"x"},\n' +
      ' {"method":"g","type":"A","doc":"y"}],\n "methodz": [1]}';
    expect(parseTlJson(text).diagnostics).toMatchObject([
      { severity: 'warning', message: 'version: unknown key `version` is ignored' },
      {
        severity: 'error',
        message: 'methodz: unknown key `methodz`',
        span: { line: 4, column: 2 },
      },
      { severity: 'warning', message: 'methods[0] (`f`): unknown key `doc` is ignored' },
    ]);
  });

  it('reports what JSON.parse would drop, and a wrong layer', () => {
    const text = '{"methods":[{"method":"f","type":"A","type":"B"}],\n"layer":"new","methods":[]}';
    expect(parseTlJson(text).diagnostics.map(({ message }) => message)).toEqual([
      'the key `type` is there twice',
      'the key `methods` is there twice',
      '`layer` is no layer number',
    ]);
  });

  it('places errors at their entries', () => {
    const text = '{"constructors":[\n{"predicate":"a","type":"A"},\n  {"predicate":"b","type":3}]}';
    expect(parseTlJson(text).diagnostics[0]?.span).toMatchObject({ line: 3, column: 16 });
    const odd =
      '{"layer":1,"x":["predicate",{"predicate":"b"}],"constructors":[\n' +
      '{"type":"}]\\"","params":[{"name":"predicate","type":"int"}],\n "predicate" : "\\u0062"},\n 5]}';
    expect(parseTlJson(odd).diagnostics).toMatchObject([
      { message: 'x: unknown key `x`', span: { line: 1, column: 12 } },
      { message: expect.stringContaining('type: '), span: { line: 3, column: 16 } },
      { message: 'constructors[1] has no `predicate`', span: { line: 1, column: 48 } },
    ]);
  });

  it('stays quick, whatever the size of strings and the number of keys', () => {
    const started = performance.now();
    const name = 'a'.repeat(5e6);
    const long = parseTlJson(JSON.stringify({ methods: [{ method: name, type: 'A' }] }));
    expect(long.diagnostics).toEqual([]);
    const keys = Array.from({ length: 50_000 }, (_, i) => `"\\u006b${i}":1`).join();
    expect(parseTlJson(`{"methods":[],${keys}}`).diagnostics).toHaveLength(50_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
