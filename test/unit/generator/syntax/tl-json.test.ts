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
      'expected a type, found `<`',
      'syntax',
    ],
  ])('reports %s', (text, message, code) => {
    const { diagnostics } = parseTlJson(text, 's.json');
    expect(diagnostics[0]).toMatchObject({ message, code, severity: 'error', file: 's.json' });
  });

  it('places errors at their entries', () => {
    const text = '{"constructors":[\n{"predicate":"a","type":"A"},\n  {"predicate":"b","type":3}]}';
    expect(parseTlJson(text).diagnostics[0]?.span).toMatchObject({ line: 3, column: 16 });
  });
});
